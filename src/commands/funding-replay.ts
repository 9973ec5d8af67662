/** `risk funding replay`: recorded rates over a position that is held; mark and funding apart. */
import { Command } from 'commander';
import { fundingReplayPage } from '../pages/funding-replay.ts';
import { fundingReplay } from '../studies/funding-replay.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { fundedFlags } from './funding-flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { fundedDataFlags, loadFunding } from './load-funding.ts';
import { numberValue, wholeValue } from './option-values.ts';
import { publish, reportOf } from './publish.ts';

const study = 'studies.funding.replay';
const guard = 'guards.funding-breaker';

const flags: readonly PathFlag[] = [
  ...fundedFlags('perp', 'direction'),
  {
    flags: '--leverage <n>',
    path: `${study}.leverage`,
    help: 'notional / margin at entry',
    parse: numberValue,
  },
  {
    flags: '--notional <amount>',
    path: `${study}.notional`,
    help: 'in quote at entry; with --inverse the quantity',
  },
  ...fundedFlags('inverse', 'sizing', 'flat', 'from', 'to'),
  {
    flags: '--threshold <f>',
    path: `${guard}.maxRate8h`,
    help: 'of the funding breaker: rate as of 8 hours, exclusive',
    parse: numberValue,
  },
  {
    flags: '--periods <k>',
    path: `${guard}.settlements`,
    help: 'of the funding breaker: the k-th in a row acts',
    parse: wholeValue(1),
  },
  {
    flags: '--action <what>',
    path: `${guard}.action`,
    help: 'of the funding breaker',
    choices: ['close', 'flip'],
  },
  ...fundedDataFlags,
];

/** Points of a curve in a report without --detail. */
const CURVE_POINTS = 240;

const help = `
The mark of a settlement is that of --mark, else the open of the bar that begins there, else the last price. A position pays when its entry
<= stamp <= its end. Brackets, cap and fees are the venue's at entry. The breaker acts after a settlement has been paid, and comes back
after one that it would not have minded; nothing of ours takes time here: risk replay has latency and fills.

Examples:
  $ risk funding replay
  $ risk funding replay --funding data/sample/SOLUSDT-funding.csv --ohlcv data/sample/SOLUSDT-1h.csv --direction both --leverage 3
  $ risk funding replay --sizing both --threshold 0.0003 --periods 1 --action flip --html funding.html
  $ risk funding replay --flat 50000 --perp BTCUSDT --from 2024-03-01 --to 2024-03-31`;

export function command(shell: Shell): Command {
  const self = new Command('replay')
    .description('Recorded rates over a position: what the mark brought and what funding did, apart.')
    .addHelpText('after', help);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async () => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    const loaded = await loadFunding(shell, config.values);
    const { seed, detail } = shared;
    const curvePoints = detail ? Number.POSITIVE_INFINITY : CURVE_POINTS;
    const ctx = { seed, progress: () => undefined };
    const outcome = fundingReplay.run({ ...loaded, curvePoints }, config.values, ctx);
    const report = reportOf('funding replay', outcome, loaded, { config, seed });
    await publish(shell, shared, {
      report,
      page: fundingReplayPage(report, { charts: false, detail }),
      graphic: () => fundingReplayPage(report, { charts: true, detail }),
    });
    shell.finish(0);
  });
}
