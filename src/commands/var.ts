/** `risk var`: what a book as it stands may lose over a horizon, by eight methods. */
import { Command } from 'commander';
import { loadVenue } from '../io/venue-files.ts';
import { InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { varPage } from '../pages/var.ts';
import { varMethods } from '../studies/var/methods.ts';
import { valueAtRisk } from '../studies/var.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { loadVar } from './load-var.ts';
import { marketFlags } from './market-flags.ts';
import { numberValue, textList, wholeValue } from './option-values.ts';
import { progressOf } from './progress.ts';
import { publish, reportOf } from './publish.ts';
import { venueFlags } from './venue-flags.ts';

const study = 'studies.var';

/** What leaving the book costs; nothing else of the venue is asked by flags. */
const costs: readonly string[] = [
  'venue.fees.taker',
  'venue.slippage.halfSpreadBps',
  'venue.slippage.impactCoefficient',
  'venue.slippage.impactExponent',
];

const flags: readonly PathFlag[] = [
  {
    flags: '--portfolio <file>',
    path: 'data.portfolio',
    help: 'a portfolio file: accounts, positions (default: the example book)',
    parse: textList,
  },
  {
    flags: '--confidence <list>',
    path: `${study}.confidences`,
    help: 'such as 0.95,0.99',
    parse: numberList,
  },
  {
    flags: '--horizon <time>',
    path: `${study}.horizon`,
    help: 'of the loss: 1h to 10d; days overlap above 1d',
  },
  {
    flags: '--window <n>',
    path: `${study}.window`,
    help: 'returns that are looked at: 252, or 365 for a market that never closes',
    parse: wholeValue(1),
  },
  {
    flags: '--method <list>',
    path: `${study}.methods`,
    help: `all, or of ${varMethods.join(', ')}`,
    parse: methodList,
  },
  {
    flags: '--returns <kind>',
    path: `${study}.returns`,
    help: 'simple values every position anew, log is exposure times log move',
    choices: ['simple', 'log'],
  },
  {
    flags: '--quantile <kind>',
    path: `${study}.quantile`,
    help: 'of historical and fhs, between two returns or the worse or the better of them',
    choices: ['linear', 'lower', 'higher'],
  },
  {
    flags: '--stressed <scenario>',
    path: `${study}.stressed`,
    help: 'also over the window of a scenario: covid',
  },
  {
    flags: '--backtest',
    path: `${study}.backtest`,
    help: 'test every method by rolling forecasts over the whole history',
  },
  {
    flags: '--correlation <which>',
    path: `${study}.correlation`,
    help: 'crisis: also with at least 0.9 between coins',
    choices: ['sample', 'crisis'],
  },
  {
    flags: '--proxy <pairs>',
    path: `${study}.proxies`,
    help: 'SOLUSDT=BTCUSDT: whose moves a symbol takes where it has none',
    parse: textList,
  },
  {
    flags: '--sqrt-time',
    path: `${study}.sqrtTime`,
    help: 'one day times the root of the days, beside a longer horizon',
  },
  { flags: '--lambda <x>', path: `${study}.lambda`, help: 'decay of ewma', parse: numberValue },
  {
    flags: '--innovations <kind>',
    path: `${study}.innovations`,
    help: 'of the GARCH model behind garch, fhs and evt',
    choices: ['normal', 'student-t'],
  },
  {
    flags: '--resample <n>',
    path: `${study}.replicates`,
    help: 'resampled histories behind intervals; 0: none',
    parse: wholeValue(),
  },
  {
    flags: '--refits <n>',
    path: `${study}.refits`,
    help: 'refits behind the intervals of garch, fhs and evt; 0: none',
    parse: wholeValue(),
  },
  {
    flags: '--paths <n>',
    path: `${study}.paths`,
    help: 'simulated ways behind the probability of a liquidation; 0: none',
    parse: wholeValue(),
  },
  ...marketFlags,
  ...venueFlags.filter(({ path }) => costs.includes(path)),
];

const help = `
Without --portfolio the example book is asked about, without --ohlcv the bars of the sample. A loss is positive, over one horizon,
in the currency of the account and as a fraction of its equity; "varRaw" below 0 is a gain, printed as no loss.

Examples:
  $ risk var
  $ risk var --confidence 0.99 --window 365 --components
  $ risk var --portfolio data/sample/portfolio.yaml --ohlcv 'data/sample/*-1h.csv' --method historical,fhs
  $ risk var --horizon 10d --sqrt-time --method historical,normal,garch
  $ risk var --backtest --method historical,ewma,fhs
  $ risk var --stressed covid --correlation crisis --html var.html`;

function numberList(text: string): readonly number[] {
  return textList(text).map(numberValue);
}

/** Names of methods; `all` for every one. */
function methodList(text: string): readonly string[] {
  const names = textList(text);
  if (names.includes('all')) return varMethods;
  for (const name of names) {
    if (varMethods.some((one) => one === name)) continue;
    const near = nearestName(name, varMethods);
    throw new InputError({
      code: 'USAGE',
      message: `--method must be all or of ${varMethods.join(', ')}, was ${name}`,
      remedy: near === null ? 'Name one of them' : `Did you mean ${near}?`,
    });
  }
  return [...new Set(names)];
}

export function command(shell: Shell): Command {
  const self = new Command('var')
    .description(
      'Value at risk and expected shortfall of a book as it stands: eight methods, what they rest on, who carries the loss, and how probable a liquidation is.',
    )
    .addHelpText('after', help);
  addSharedOptions(self);
  addPathFlags(self, flags);
  self.option('--components', 'print what each position contributes, marginal and incremental beside it');
  return self.action(async () => {
    const shared = readShared(self);
    const { components } = self.opts<{ components?: boolean }>();
    const config = await loadCommandConfig(shell, self, flags);
    const loaded = await loadVar(shell, config.values);
    const names = new Set(loaded.book.accounts.map(({ venue }) => venue));
    const venues = await Promise.all([...names].map(loadVenue));
    const progress = progressOf(shell, shared.quiet, 'estimating');
    const ctx = { seed: shared.seed, progress: progress.step };
    const outcome = valueAtRisk.run({ ...loaded, venues }, config.values, ctx);
    progress.end();
    const report = reportOf('var', outcome, loaded, { config, seed: shared.seed });
    const csv = shared.format === 'csv';
    const isShown = components === true || shared.detail;
    await publish(shell, shared, {
      report,
      page: varPage(report, { components: isShown, detail: shared.detail, charts: false, csv }),
      graphic: () => varPage(report, { components: true, detail: true, charts: true, csv: false }),
    });
    shell.finish(0);
  });
}
