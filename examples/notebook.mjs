/**
 * The tables of reports in a notebook. In one, each part below is a cell; as a script: `node examples/notebook.mjs`.
 *
 * The reports are of the bundled sample, which was generated from a seed: the numbers say nothing about any market.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { desc, op } from 'arquero';
import { tablePaths, toArquero, toDataFrame } from 'perp-risk/danfo';

// 1. Two reports. A report that `--out report.json` has written is read with JSON.parse(readFileSync('report.json', 'utf8')).
const risk = fileURLToPath(new URL('../cli.js', import.meta.resolve('perp-risk')));
const report = (...words) =>
  JSON.parse(
    execFileSync(process.execPath, [risk, ...words, '--format', 'json', '--quiet'], { maxBuffer: 2 ** 28 }),
  );
const stops = report('backtest-stops', '--multipliers', '1:3:1');
const replay = report('replay', '--to', '2024-03-01');

// 2. What tables there are, by the path that the other functions take.
console.log(
  'Tables of the replay:',
  tablePaths(replay)
    .map(({ path, rows }) => `${path} (${rows})`)
    .join(', '),
);

// 3. A curve of levels as a DataFrame: nested records are columns with dots.
const levels = toDataFrame(stops, 'levels', {
  columns: ['multiplier', 'hitRate', 'hitRateInterval.low', 'hitRateInterval.high', 'meanReturn'],
});
levels.print();

// 4. Two equity lines as one arquero table. Pairs have no names of their own, times are UTC ms unless Dates are asked for.
const line = (run) => toArquero(replay, `${run}.equity`, { columns: ['time', run], dates: ['time'] });
const gap = line('unprotected')
  .join(line('protected'), 'time')
  .derive({ gap: (row) => row.protected - row.unprotected });
gap
  .rollup({ moments: op.count(), worst: op.min('gap'), median: op.median('gap'), best: op.max('gap') })
  .print();

// 5. Which guard did how much. Money is text in a report, exact to the last digit: a number only where one is asked for.
const decisions = toArquero(replay, 'protected.decisions');
decisions
  .groupby('guard')
  .rollup({ decisions: op.sum('count') })
  .orderby(desc('decisions'))
  .print();
const ledgers = toDataFrame(replay, 'protected.ledgers', {
  columns: ['asset', 'start', 'end'],
  numbers: ['start', 'end'],
});
ledgers.print();
