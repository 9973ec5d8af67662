/** `risk check`: the gateway for one order: allow, resize or deny, with every reason. */
import { Command } from 'commander';
import { refuseMode } from '../engine/check-config.ts';
import { loadVenue } from '../io/venue-files.ts';
import { checkPage } from '../pages/check.ts';
import { check } from '../studies/check.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { guardFlags } from './guard-flags.ts';
import { loadInputs } from './load.ts';
import { loadCommandConfig } from './load-config.ts';
import { bookFlags, marketFlags } from './market-flags.ts';
import { numberValue, textList } from './option-values.ts';
import { publish, reportOf } from './publish.ts';
import { venueFlags } from './venue-flags.ts';

const study = 'studies.check';

/** Flags of the engine, the book and the venue that say nothing about one order. */
const elsewhere =
  /^--(latency|operator-delay|funding|flat-funding|venue|margin-mode|liquidation|liquidation-fee|maker-fee)\b/;

const flags: readonly PathFlag[] = [
  {
    flags: '--order <file>',
    path: 'data.order',
    help: 'an order file: symbol, side, quantity, and what else is known of it',
    parse: textList,
  },
  {
    flags: '--at <date>',
    path: `${study}.at`,
    help: 'the moment at which it is judged, UTC; else the end of the data',
  },
  {
    flags: '--day-equity <amount>',
    path: `${study}.dayEquity`,
    help: 'equity at 00:00 UTC, for the loss of the day',
    parse: numberValue,
  },
  {
    flags: '--week-peak <amount>',
    path: `${study}.weekPeak`,
    help: 'highest equity since Monday, for the drawdown of the week',
    parse: numberValue,
  },
  {
    flags: '--peak <amount>',
    path: `${study}.peak`,
    help: 'highest equity so far, for the drawdown',
    parse: numberValue,
  },
  ...[...bookFlags, ...marketFlags, ...guardFlags, ...venueFlags].filter(
    ({ flags: own }) => !elsewhere.test(own),
  ),
];

/** The order is denied. */
const EXIT_DENIED = 1;

const help = `
The engine of "risk replay" stands at one moment of the portfolio and is asked.
Prices, ATR, correlation and volume are those of the files; without files the
marks of the portfolio and the price of the order count. Every rule that cannot
be judged is named. The exit code is 1 where the order is denied; one that is
allowed, or cut to what fits, ends with 0.

Examples:
  $ risk check
  $ risk check --order data/sample/order.yaml --portfolio data/sample/portfolio.yaml --ohlcv 'data/sample/*-1h.csv'
  $ risk check --set guards.trade-limits.onExceed=resize --set guards.portfolio-limits.onExceed=resize
  $ risk check --mode conservative --day-equity 112500 --peak 115000`;

export function command(shell: Shell): Command {
  const self = new Command('check')
    .description(
      'Whether the guards let one order pass: allow, resize or deny, with all reasons and the use of each limit.',
    )
    .addHelpText('after', help);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async () => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    refuseMode(config.values);
    const loaded = await loadInputs(shell, config.values.data, {
      roles: check.needs,
      fromSample: ['order', 'portfolio', 'ohlcv'],
    });
    const names = loaded.book === null ? [] : loaded.book.accounts.map((account) => account.venue);
    const venues = await Promise.all([...new Set(names)].map(loadVenue));
    const ctx = { seed: shared.seed, progress: () => undefined };
    const outcome = check.run({ ...loaded, venues }, config.values, ctx);
    const report = reportOf('check', outcome, loaded, { config, seed: shared.seed });
    const page = checkPage(report);
    await publish(shell, shared, { report, page, graphic: () => page });
    shell.finish(outcome.result.verdict === 'deny' ? EXIT_DENIED : 0);
  });
}
