/** `risk margin`: what a venue asks of a position or a book, and at which price it liquidates. */
import { Command } from 'commander';
import { loadVenue } from '../io/venue-files.ts';
import { marginPage } from '../pages/margin.ts';
import { margin } from '../studies/margin.ts';
import type { Shell } from './command.ts';
import { addPathFlags, addSharedOptions, type PathFlag, readShared } from './flags.ts';
import { loadInputs } from './load.ts';
import { loadCommandConfig } from './load-config.ts';
import { bookFlags, marketFlags } from './market-flags.ts';
import { numberValue } from './option-values.ts';
import { publish, reportOf } from './publish.ts';
import { venueFlags } from './venue-flags.ts';

const study = 'studies.margin';

const flags: readonly PathFlag[] = [
  {
    flags: '--direction <side>',
    path: `${study}.direction`,
    help: 'of the position',
    choices: ['long', 'short'],
  },
  { flags: '--entry <price>', path: `${study}.entry`, help: 'its entry price' },
  { flags: '--qty <n>', path: `${study}.qty`, help: 'its quantity: base, or quote notional with --inverse' },
  {
    flags: '--leverage <n>',
    path: `${study}.leverage`,
    help: 'notional / margin at entry',
    parse: numberValue,
  },
  { flags: '--symbol <name>', path: `${study}.symbol`, help: 'its symbol' },
  { flags: '--inverse', path: `${study}.inverse`, help: 'settled in coin' },
  { flags: '--balance <amount>', path: `${study}.balance`, help: 'wallet of a cross position' },
  {
    flags: '--mark <price>',
    path: `${study}.mark`,
    help: 'mark price; else that of the data, else the entry',
  },
  { flags: '--at <date>', path: `${study}.at`, help: 'the moment whose brackets hold, UTC; else the newest' },
  {
    flags: '--rate <f>',
    path: `${study}.rate`,
    help: 'funding rate per settlement, a fraction',
    parse: numberValue,
  },
  { flags: '--per <time>', path: `${study}.per`, help: 'time between settlements, such as 8h' },
  ...bookFlags.filter(({ flags: own }) => !own.startsWith('--mark')),
  ...marketFlags.filter(({ flags: own }) => !own.startsWith('--symbol')),
  ...venueFlags,
];

const examples = `
Examples:
  $ risk margin
  $ risk margin --direction long --entry 62000 --qty 10 --leverage 5 --venue binance --symbol BTCUSDT
  $ risk margin --direction short --entry 50000 --qty 10000 --leverage 10 --symbol BTCUSD --inverse --rate 0.001 --per 8h
  $ risk margin --portfolio data/sample/portfolio.yaml --ohlcv 'data/sample/*-1h.csv'`;

export function command(shell: Shell): Command {
  const self = new Command('margin')
    .description(
      'What a venue asks of a position or a book, at which price it liquidates, and what comes before.',
    )
    .addHelpText('after', examples);
  addSharedOptions(self);
  addPathFlags(self, flags);
  return self.action(async () => {
    const shared = readShared(self);
    const config = await loadCommandConfig(shell, self, flags);
    const { data, venue, studies } = config.values;
    const single = studies.margin.entry !== null;
    const loaded = await loadInputs(shell, data, {
      roles: margin.needs,
      fromSample: single ? [] : ['ohlcv', 'funding', 'portfolio'],
    });
    const names = loaded.book === null ? [venue.name] : loaded.book.accounts.map((account) => account.venue);
    const venues = await Promise.all([...new Set(names)].map(loadVenue));
    const ctx = { seed: shared.seed, progress: () => undefined };
    const outcome = margin.run({ ...loaded, venues }, config.values, ctx);
    const report = reportOf('margin', outcome, loaded, { config, seed: shared.seed });
    const page = marginPage(report);
    await publish(shell, shared, { report, page, graphic: () => page });
    shell.finish(0);
  });
}
