/** What each position of the book came to over a scenario, with protection and without. */
import type { Book, Contract } from '../../model/book.ts';
import { money } from '../../model/money.ts';
import { walletIndex } from '../../venue/margin-view.ts';
import { unrealised } from '../../venue/position.ts';
import type { Ran } from '../replay/scene.ts';
import type { ScenarioResult } from '../stress-result.ts';
import type { Pair } from './pair.ts';

/**
 * Realised less fees, and what is still open at the end less what was open at the start, in the account's currency; funding
 * stands apart. What is made in another coin counts at the mark of its moment.
 */
export function positionResults(book: Book, { guarded, bare }: Pair): ScenarioResult['positions'] {
  const places = book.positions.map(({ account, symbol }) => ({ account, symbol }));
  const unique = places.filter(
    (one, i) =>
      places.findIndex(({ account, symbol }) => account === one.account && symbol === one.symbol) === i,
  );
  return unique.map((place) => ({
    ...place,
    unprotected: resultOf(book, bare, place),
    protected: resultOf(book, guarded, place),
  }));
}

type Place = { readonly account: string; readonly symbol: string };

function resultOf(book: Book, { run }: Ran, { account, symbol }: Place): number {
  const index = book.accounts.findIndex(({ id }) => id === account);
  const s = run.path.symbols.indexOf(symbol);
  const { prices } = run.venue;
  const first = run.path.mark[s] ?? Number.NaN;
  const last = prices.mark[s] ?? Number.NaN;
  const booked = run.fills
    .filter((one) => one.account === index && one.symbol === s)
    .reduce((sum, { pnl, fee }) => sum + pnl - fee, 0);
  const held = run.venue.state.accounts[index]?.positions.filter((one) => one.symbol === s) ?? [];
  const own = book.positions.filter((one) => one.account === account && one.symbol === symbol);
  const openAtEnd = held.reduce(
    (sum, one) => sum + unrealised(one, last).toNumber() * rateOf(run, index, one, prices.mark),
    0,
  );
  const openAtStart = own.reduce((sum, { type, contract, qty, entry }) => {
    const size = money(qty).toNumber();
    const price = money(entry).toNumber();
    if (type === 'spot') return sum + size * first;
    if (contract === 'linear') return sum + size * (first - price);
    const rate = rateOf(run, index, { contract, symbol: s }, run.path.mark);
    return sum + (size / price - size / first) * rate;
  }, 0);
  const spot = own
    .filter(({ type }) => type === 'spot')
    .reduce((sum, { qty }) => sum + money(qty).toNumber() * last, 0);
  return booked + openAtEnd + spot - openAtStart;
}

/** What a unit of the asset that a contract settles in is worth in the account's currency; `marks` begins with a row. */
function rateOf(
  { venue }: Ran['run'],
  index: number,
  position: { readonly contract: Contract; readonly symbol: number },
  marks: Float64Array,
): number {
  const account = venue.state.accounts[index];
  const wallet = account?.wallets[walletIndex(venue.world, account, position)];
  return wallet === undefined || wallet.symbol < 0 ? 1 : marks[wallet.symbol]!;
}
