/** All files of the sample as text, from the seed alone. */
import { createRandom } from '../../src/math/random.ts';
import { barsFile, hourBars } from './bars.ts';
import { fundingFile } from './funding.ts';
import { journalFile } from './journal.ts';
import { simulateMinutes } from './minutes.ts';
import { coins } from './plan.ts';
import { orderFile, portfolioFile, twoAccountsFile } from './portfolios.ts';
import { readmeFile } from './readme.ts';
import { tradesOf } from './trades.ts';

/** Content by file name. Each part draws from a seed of its own, so that a change of one leaves the others. */
export function sampleFiles(seed: number): Map<string, string> {
  const paths = simulateMinutes(createRandom(seed));
  const markets = coins.map((coin, i) => ({ coin, minutes: paths[i]!, bars: hourBars(paths[i]!) }));
  const volumes = createRandom(seed + 1);
  const rates = createRandom(seed + 2);
  const trader = createRandom(seed + 3);
  const sizes = createRandom(seed + 4);
  const trades = markets.flatMap((market) => tradesOf(trader, market));
  return new Map([
    ...markets.map(({ coin, bars }) => [`${coin.symbol}-1h.csv`, barsFile(volumes, coin, bars)] as const),
    ...markets.map(({ coin, bars }) => [`${coin.symbol}-funding.csv`, fundingFile(rates, bars)] as const),
    ['journal.csv', journalFile(sizes, trades)],
    ['portfolio.yaml', portfolioFile(markets)],
    ['portfolio-two-accounts.yaml', twoAccountsFile(markets)],
    ['order.yaml', orderFile(markets)],
    ['README.md', readmeFile(seed)],
  ]);
}
