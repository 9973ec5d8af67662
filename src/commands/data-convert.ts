/** `risk data convert`: what went through the data gate, as a file that any tool reads. */
import { Command } from 'commander';
import { checkTarget, convertBars } from '../io/convert-bars.ts';
import { InputError } from '../model/errors.ts';
import { dataConvertPage } from '../pages/data-convert.ts';
import type { Shell } from './command.ts';
import { dataFlags } from './data-flags.ts';
import { addPathFlags, addSharedOptions, readShared } from './flags.ts';
import { loadInputs } from './load.ts';
import { loadCommandConfig } from './load-config.ts';
import { publish, reportOf } from './publish.ts';

const flags = dataFlags(
  'ticks',
  'interval',
  'symbol',
  'reader',
  'timeOffset',
  'onBadRow',
  'stamps',
  'maxGap',
);

const examples = `
The ending of OUT says what is written: .csv, or .arrow and .feather. {symbol} in OUT stands for the name of each
symbol. Trades (--ticks) become bars with --interval.

Examples:
  $ risk data convert data/sample/BTCUSDT-1h.csv BTCUSDT-1d.arrow --interval 1d
  $ risk data convert "data/sample/*-1h.csv" "{symbol}-4h.csv" --interval 4h --on-bad-row drop`;

export function command(shell: Shell): Command {
  const self = new Command('convert')
    .description('Gated bars as a CSV or Arrow file, of another interval where one is asked for.')
    .argument('[files...]', 'bars: files, folders or globs, and last the file to write')
    .addHelpText('after', examples);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async (named: readonly string[]) => {
    const shared = readShared(self);
    const files = named.slice(0, -1);
    const ticks = self.opts<{ ticks?: readonly string[] }>().ticks ?? [];
    const out = named.at(-1);
    if (out === undefined || files.length + ticks.length === 0) throw missingNames(named);
    const target = { out, cwd: shell.cwd, inputs: [...files, ...ticks] };
    checkTarget(target);
    const asked = { path: 'data.ohlcv', value: files, origin: { layer: 'flag', text: 'arguments' } } as const;
    const config = await loadCommandConfig(shell, self, flags, [asked]);
    const loaded = await loadInputs(shell, config.values.data, { roles: ['ohlcv', 'ticks'], fromSample: [] });
    const written = await convertBars(loaded.ohlcv, target);
    const outcome = { result: { written }, fidelity: [], warnings: [] };
    const report = reportOf('data convert', outcome, loaded, { config, seed: shared.seed });
    const page = dataConvertPage(report);
    await publish(shell, shared, { report, page, graphic: () => page });
    shell.finish(0);
  });
}

function missingNames(named: readonly string[]): InputError {
  return new InputError({
    code: 'USAGE',
    message: `files to read and a file to write must be named, was ${named.length === 0 ? 'nothing' : `"${named.join(' ')}"`}`,
    remedy: 'Write risk data convert IN OUT',
  });
}
