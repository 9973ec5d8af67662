/** A run that is over, as the judgement of another looks at it: its fills by trade, the funding by symbol, how it ended. */
import { positionKey } from '../../engine/view.ts';
import { firstAtOrAfter } from '../../market/bars.ts';
import type { FillRecord } from '../../model/fill.ts';
import type { Path } from '../../replay/path.ts';
import type { Run } from '../../replay/run-state.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { walletIndex } from '../../venue/margin-view.ts';
import type { FundingRow, Settlement, Taken, Without } from './false-trips.ts';
import type { Plan } from './inputs.ts';

/** What the positions hold now, by their keys. */
export function heldQuantities({ venue }: Run): ReadonlyMap<string, number> {
  return new Map(
    venue.state.accounts.flatMap(({ positions }, account) =>
      positions.map(({ symbol, side, qty }): [string, number] => [
        positionKey({ account, symbol, side }),
        Number(qty),
      ]),
    ),
  );
}

/** What was traded. */
type Traded = Pick<Plan, 'symbols' | 'book' | 'entries'>;

/** @param held  the quantities at the start of the run */
export function seenBy(run: Run, plan: Traded, held: ReadonlyMap<string, number>): Without {
  const { path, timeline, fills, venue } = run;
  // Most runs are never asked: their tables are made when they are.
  const byTrade = once(() => fillsByTrade(fills));
  const bySymbol = once(() => fundingBySymbol(timeline, path));
  return {
    fillsOf: (trade) => byTrade().get(trade) ?? [],
    endMarks: [...venue.prices.mark],
    end: path.time[path.time.length - 1] ?? 0,
    fundingOf: (symbol, from, to) => {
      const own = bySymbol().get(symbol);
      if (own === undefined) return [];
      const first = firstAtOrAfter(own.time, from);
      let end = first;
      while (end < own.time.length && own.time[end]! <= to) end += 1;
      return own.rows.slice(first, end);
    },
    settlementOf: (position) => settlementOf(run, plan, position),
    startQty: (position) => held.get(positionKey(position)) ?? 0,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function fillsByTrade(fills: readonly FillRecord[]): ReadonlyMap<number, readonly FillRecord[]> {
  const found = new Map<number, FillRecord[]>();
  for (const fill of fills) {
    for (const trade of new Set(fill.shares.map((share) => share.trade))) {
      const own = found.get(trade);
      if (own === undefined) found.set(trade, [fill]);
      else own.push(fill);
    }
  }
  return found;
}

type Settlements = { readonly time: Float64Array; readonly rows: readonly FundingRow[] };

function fundingBySymbol({ rows }: Timeline, path: Path): ReadonlyMap<number, Settlements> {
  const found = new Map<number, FundingRow[]>();
  for (const row of rows) {
    if (row.rank !== 'funding') continue;
    const { symbol, venue, rate, mark } = row.stamp;
    const { time } = row;
    const stamp = { time, venue, rate, mark: Number.isNaN(mark) ? markAt(path, symbol, time) : mark };
    const own = found.get(symbol);
    if (own === undefined) found.set(symbol, [stamp]);
    else own.push(stamp);
  }
  return new Map(
    [...found].map(([symbol, own]) => [
      symbol,
      { time: Float64Array.from(own, ({ time }) => time), rows: own },
    ]),
  );
}

/** The mark of a moment between two instants of the path, on the straight line between them. */
function markAt({ time, mark, symbols }: Path, symbol: number, at: number): number {
  const row = firstAtOrAfter(time, at);
  const markOf = (instant: number) => mark[instant * symbols.length + symbol] ?? Number.NaN;
  const after = time[row];
  const before = time[row - 1];
  if (after === undefined || before === undefined) return markOf(Math.min(row, time.length - 1));
  return markOf(row - 1) + (markOf(row) - markOf(row - 1)) * ((at - before) / (after - before));
}

/** How positions in a symbol are valued: that of the book, else of the trades. */
function settlementOf(
  { venue }: Run,
  plan: Traded,
  { account, symbol }: Pick<Taken, 'account' | 'symbol'>,
): Settlement {
  const name = plan.symbols[symbol];
  const held = plan.book.positions.find((one) => one.symbol === name && one.type === 'perp');
  const traded = plan.entries.find((one) => one.symbol === symbol);
  const contract = held?.contract ?? traded?.contract ?? 'linear';
  const own = venue.state.accounts[account];
  const index = own === undefined ? -1 : walletIndex(venue.world, own, { contract, symbol });
  return { contract, venue: own?.venue ?? -1, coin: (own?.wallets[index]?.symbol ?? -1) >= 0 };
}
