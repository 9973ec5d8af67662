/** `risk backtest-stops`: how often a stop would have been hit, for every multiplier, on the same trades. */
import { Command } from 'commander';
import { backtestStopsPage } from '../pages/backtest-stops.ts';
import { backtestStops } from '../studies/backtest-stops.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { loadInputs } from './load.ts';
import { loadCommandConfig } from './load-config.ts';
import { marketFlags } from './market-flags.ts';
import { numberAsList, numbersOrRange, numberValue, textList, wholeValue } from './option-values.ts';
import { progressOf } from './progress.ts';
import { publish, reportOf } from './publish.ts';

const study = 'studies.backtest-stops';

const flags: readonly PathFlag[] = [
  ...marketFlags,
  { flags: '--journal <files...>', path: 'data.journal', help: 'own round trips: files, folders or globs' },
  {
    flags: '--journal-offset <time>',
    path: 'data.journalOffset',
    help: 'how far the stamps of the journal alone are ahead of UTC',
  },
  { flags: '--strategy <name>', path: 'data.strategy', help: 'the strategy of a journal that holds several' },
  { flags: '--multiplier <m>', path: `${study}.multipliers`, help: 'one stop level', parse: numberAsList },
  {
    flags: '--multipliers <list>',
    path: `${study}.multipliers`,
    help: 'levels: 1,2,3 or 0.5:6:0.1',
    parse: numbersOrRange,
  },
  {
    flags: '--stop <type>',
    path: 'guards.stops.type',
    help: 'how the distance is made',
    choices: ['atr', 'percent', 'trailing-atr', 'chandelier', 'adaptive'],
  },
  {
    flags: '--atr-period <n>',
    path: 'guards.stops.atrPeriod',
    help: 'bars of the ATR',
    parse: wholeValue(1),
  },
  {
    flags: '--atr-method <name>',
    path: 'guards.stops.atrMethod',
    help: 'wilder is TA-Lib, wilder-tv TradingView',
    choices: ['wilder', 'wilder-tv', 'sma', 'ema'],
  },
  {
    flags: '--target-hit-rate <f>',
    path: `${study}.targetHitRate`,
    help: 'a fraction, 0.15 for 15 %',
    parse: numberValue,
  },
  {
    flags: '--trigger <rule>',
    path: `${study}.trigger`,
    help: 'touch: low <= stop; through: low < stop',
    choices: ['touch', 'through'],
  },
  {
    flags: '--intrabar <policy>',
    path: `${study}.intrabar`,
    help: 'the order of prices inside a bar where it decides',
    choices: ['pessimistic', 'optimistic', 'ohlc', 'olhc', 'nearest-extreme'],
  },
  {
    flags: '--take-profit <m>',
    path: `${study}.takeProfit`,
    help: 'take-profit in multiples of the stop unit',
    parse: numberValue,
  },
  {
    flags: '--leverage <n>',
    path: `${study}.leverage`,
    help: "leverage of every trade instead of the journal's",
    parse: numberValue,
  },
  {
    flags: '--mmr <f>',
    path: `${study}.mmr`,
    help: 'maintenance margin rate, a fraction',
    parse: numberValue,
  },
  {
    flags: '--fee-bps <n>',
    path: `${study}.feeBps`,
    help: 'fee a side where the journal has none of its own',
    parse: numberValue,
  },
  {
    flags: '--slippage-bps <n>',
    path: `${study}.slippageBps`,
    help: 'slippage of modelled fills',
    parse: numberValue,
  },
  {
    flags: '--entries <rule>',
    path: `${study}.entries`,
    help: 'generated entries: every:24h, breakout:20, random:N (N a symbol)',
  },
  {
    flags: '--direction <side>',
    path: `${study}.direction`,
    help: 'which trades count',
    choices: ['long', 'short', 'both'],
  },
  {
    flags: '--hold <time>',
    path: `${study}.hold`,
    help: 'holding time, such as 24h; beside a journal it replaces the exits',
  },
  {
    flags: '--confidence <f>',
    path: `${study}.confidence`,
    help: 'model confidence of trades that state none',
    parse: numberValue,
  },
  {
    flags: '--by <keys>',
    path: `${study}.by`,
    help: 'breakdowns at one level (asked, else recommended): symbol,direction,month,hour,regime',
    parse: textList,
  },
];

const examples = `
Examples:
  $ risk backtest-stops --multiplier 2
  $ risk backtest-stops --multipliers 0.5:6:0.1 --leverage 10 --by symbol,direction --html stops.html
  $ risk backtest-stops --entries breakout:20 --hold 48h --stop trailing-atr --multipliers 1:5:0.5`;

export function command(shell: Shell): Command {
  const self = new Command('backtest-stops')
    .description('How often a stop would have been hit, for every multiplier, on the same trades.')
    .addHelpText('after', examples);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async () => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    const { data, studies } = config.values;
    const sampled =
      studies['backtest-stops'].entries === null ? (['ohlcv', 'journal'] as const) : (['ohlcv'] as const);
    const loaded = await loadInputs(shell, data, { roles: backtestStops.needs, fromSample: sampled });
    const progress = progressOf(shell, shared.quiet, 'judging trades');
    const ctx = { seed: shared.seed, progress: progress.step };
    const outcome = backtestStops.run(loaded, config.values, ctx);
    progress.end();
    const full = reportOf('backtest-stops', outcome, loaded, { config, seed: shared.seed });
    const { perTrade: _, ...brief } = full.result;
    await publish(shell, shared, {
      report: shared.detail ? full : { ...full, result: brief },
      page: backtestStopsPage(full, { charts: false, detail: shared.detail }),
      graphic: () => backtestStopsPage(full, { charts: true, detail: shared.detail }),
    });
    shell.finish(0);
  });
}
