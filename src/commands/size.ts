/** `risk size`: how large a position may be, by every rule, and what the smallest of them does to wealth. */
import { Command } from 'commander';
import { sizePage } from '../pages/size.ts';
import { size } from '../studies/size.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { loadInputs } from './load.ts';
import { loadCommandConfig } from './load-config.ts';
import { marketFlags } from './market-flags.ts';
import { numberValue, wholeValue } from './option-values.ts';
import { publish, reportOf } from './publish.ts';

const study = 'studies.size';

const flags: readonly PathFlag[] = [
  { flags: '--journal <files...>', path: 'data.journal', help: 'own round trips: files, folders or globs' },
  { flags: '--strategy <name>', path: 'data.strategy', help: 'the strategy of a journal that holds several' },
  {
    flags: '--win-rate <f>',
    path: `${study}.winRate`,
    help: 'stated probability of a win',
    parse: numberValue,
  },
  {
    flags: '--win <f>',
    path: `${study}.win`,
    help: 'what a win brings, a fraction of notional',
    parse: numberValue,
  },
  {
    flags: '--loss <f>',
    path: `${study}.loss`,
    help: 'what a loss costs, a fraction of notional; else the distance to --stop',
    parse: numberValue,
  },
  { flags: '--equity <amount>', path: `${study}.equity`, help: 'of the account' },
  { flags: '--entry <price>', path: `${study}.entry`, help: 'entry price; else the last close of the bars' },
  { flags: '--stop <price>', path: `${study}.stop`, help: 'stop price; it tells the side as well' },
  { flags: '--leverage <n>', path: `${study}.leverage`, help: 'notional / margin', parse: numberValue },
  {
    flags: '--mmr <f>',
    path: `${study}.mmr`,
    help: 'maintenance margin rate, a fraction',
    parse: numberValue,
  },
  {
    flags: '--direction <side>',
    path: `${study}.direction`,
    help: 'which trades count, and the side of the position',
    choices: ['long', 'short', 'both'],
  },
  { flags: '--symbol <name>', path: `${study}.symbol`, help: 'the market that is sized' },
  { flags: '--lot <n>', path: `${study}.lot`, help: 'the quantity is a multiple of it' },
  {
    flags: '--kelly-fraction <f>',
    path: `${study}.share`,
    help: 'the share of every Kelly fraction that is used',
    parse: numberValue,
  },
  {
    flags: '--signal <f>',
    path: `${study}.signal`,
    help: 'confidence of a model, for signal / volatility^2; else the mean one of the trades',
    parse: numberValue,
  },
  { flags: '--confidence <f>', path: `${study}.signal`, help: 'the same as --signal', parse: numberValue },
  {
    flags: '--volatility-target <f>',
    path: `${study}.volatilityTarget`,
    help: 'standard deviation of equity in a day that is allowed',
    parse: numberValue,
  },
  {
    flags: '--max-risk <f>',
    path: 'guards.trade-limits.maxRisk',
    help: 'of equity, lost at the stop of one trade',
    parse: numberValue,
  },
  {
    flags: '--window <n>',
    path: `${study}.window`,
    help: 'the last daily returns that drift and volatility are of',
    parse: wholeValue(1),
  },
  {
    flags: '--ruin-level <f>',
    path: `${study}.ruinLevel`,
    help: 'the share of its start at which wealth counts as ruined',
    parse: numberValue,
  },
  {
    flags: '--fee-bps <n>',
    path: `${study}.feeBps`,
    help: 'fee a side where the journal has none',
    parse: numberValue,
  },
  ...marketFlags.filter(({ flags: own }) => !own.startsWith('--symbol')),
];

const examples = `
Examples:
  $ risk size
  $ risk size --win-rate 0.55 --win 0.03 --loss 0.02 --equity 50000 --entry 62000 --stop 60760 --leverage 5
  $ risk size --journal data/sample/journal.csv --ohlcv data/sample/BTCUSDT-1h.csv --direction long --html size.html`;

export function command(shell: Shell): Command {
  const self = new Command('size')
    .description(
      'How large a position may be: Kelly of trades, of a stated bet and of the market, capped; growth and ruin with their doubt.',
    )
    .addHelpText('after', examples);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async () => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    const { data, studies } = config.values;
    const stated = studies.size.winRate !== null || studies.size.win !== null;
    const loaded = await loadInputs(shell, data, {
      roles: size.needs,
      fromSample: stated ? [] : ['ohlcv', 'journal'],
    });
    const ctx = { seed: shared.seed, progress: () => undefined };
    const outcome = size.run(loaded, config.values, ctx);
    const report = reportOf('size', outcome, loaded, { config, seed: shared.seed });
    await publish(shell, shared, {
      report,
      page: sizePage(report, { charts: false }),
      graphic: () => sizePage(report, { charts: true }),
    });
    shell.finish(0);
  });
}
