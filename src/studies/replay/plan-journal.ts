/** A journal as orders at its own prices: which trades have bars, how large they are, when they come and go. */
import type { Bars } from '../../market/bars.ts';
import type { Journal, Trade } from '../../market/journal.ts';
import { requireJournalFit } from '../../market/journal-fit.ts';
import { segmentStarts } from '../../market/segments.ts';
import { matchSymbol } from '../../market/symbol.ts';
import { countHoles, type GappedBars, locate } from '../../market/trade-path.ts';
import type { Book } from '../../model/book.ts';
import { DataError } from '../../model/errors.ts';
import { money, moneyText } from '../../model/money.ts';
import type { KnownPrice } from '../../replay/known-prices.ts';
import type { Entry, Exit, Happening } from '../../replay/timeline.ts';
import type { Plan, PlanTree, ReplayInputs, Skipped } from './inputs.ts';
import { askedWindow } from './plan-book.ts';

type Used = { readonly trade: Trade; readonly bars: Bars; readonly from: number; readonly bridged: boolean };

export function planJournal(inputs: ReplayInputs, journal: Journal, tree: PlanTree): Plan {
  const config = tree.studies.replay;
  const { used, skipped, groups, total } = select(inputs, journal, tree);
  const fit = requireJournalFit(groups, inputs.ohlcv);
  if (used.length === 0) throw noTrades(total, skipped);
  const symbols = inputs.ohlcv
    .map(({ symbol }) => symbol)
    .filter((symbol) => used.some(({ bars }) => bars.symbol === symbol));
  const entries = used.map(({ trade, bars }, index) => {
    return { ...entryOf(trade, symbols.indexOf(bars.symbol), tree), trade: index };
  });
  const exits = used.map(({ trade }, entry): Exit => {
    const { exitPrice, exitSlack, feeExit } = trade;
    return { entry, price: exitPrice, feeRate: feeExit ?? null, window: exitSlack };
  });
  const ends = used.map(({ trade, bars }) =>
    Math.min(trade.exitTime + trade.exitSlack, bars.time[bars.time.length - 1]! + bars.interval),
  );
  return {
    book: accountOf(tree),
    symbols,
    from: used.reduce((first, one) => Math.min(first, one.from), Number.POSITIVE_INFINITY),
    to: ends.reduce((a, b) => Math.max(a, b)),
    exposures: used.map(({ trade, bars }, index) => ({
      symbol: bars.symbol,
      from: trade.entryTime,
      to: trade.exitTime + trade.exitSlack,
      qty: Number(entries[index]?.qty ?? 0) * (trade.direction === 'long' ? 1 : -1),
    })),
    known: knownPrices(used),
    entries,
    exits,
    happenings: used.flatMap(({ trade }, index) => happeningsOf(trade, index)),
    selection: { total, used: used.length, skipped, fit },
    fidelity: used.some(({ bridged }) => bridged) ? ['gaps-bridged'] : [],
    warnings: warningsOf(used, total, config.balance),
  };
}

type Selected = {
  readonly used: readonly Used[];
  readonly skipped: readonly Skipped[];
  readonly groups: readonly { readonly bars: Bars; readonly trades: readonly Trade[] }[];
  readonly total: number;
};

function select({ ohlcv }: ReplayInputs, journal: Journal, { data, studies }: PlanTree): Selected {
  const skipped: Skipped[] = [
    ...journal.skipped.map(({ reason, id }) => ({ reason, example: `row ${id}` })),
    ...journal.bare.map(({ id }) => ({ reason: 'no-path', example: `row ${id}` })),
  ];
  const gapped = new Map<Bars, GappedBars>(
    ohlcv.map((bars) => [bars, countHoles(bars, segmentStarts(bars, data.maxGap))]),
  );
  const names = ohlcv.map(({ symbol }) => symbol);
  const asked = askedWindow(studies.replay);
  const used: Used[] = [];
  const groups = new Map<Bars, Trade[]>();
  for (const trade of journal.trades) {
    const skip = (reason: string) => {
      skipped.push({ reason, example: `row ${trade.id} ${trade.symbol} ${trade.direction}` });
    };
    const name = matchSymbol(trade.symbol, names);
    const bars = ohlcv.find(({ symbol }) => symbol === name);
    const of = bars === undefined ? undefined : gapped.get(bars);
    if (bars === undefined || of === undefined) {
      skip('no-bars');
      continue;
    }
    const own = groups.get(bars);
    if (own === undefined) groups.set(bars, [trade]);
    else own.push(trade);
    const path = locate(of, trade);
    if (typeof path === 'string') skip(path);
    else if (trade.entryTime < asked.from || trade.exitTime + trade.exitSlack > asked.to)
      skip('outside-window');
    else used.push({ trade, bars, from: bars.time[path.from] ?? trade.entryTime, bridged: path.bridged });
  }
  return {
    used,
    skipped,
    groups: [...groups].map(([bars, trades]) => ({ bars, trades })),
    total: journal.trades.length + journal.bare.length + journal.skipped.length,
  };
}

/** Quantities that are computed and not stated have this many places. */
const QTY_PLACES = 12;

function entryOf(trade: Trade, symbol: number, { venue, studies }: PlanTree): Omit<Entry, 'trade'> {
  const { balance, notional, leverage } = studies.replay;
  const qty =
    trade.qty === undefined
      ? money(balance).times(money(notional)).div(money(trade.entryPrice))
      : money(trade.qty);
  return {
    account: 0,
    symbol,
    contract: 'linear',
    side: trade.direction === 'long' ? 1 : -1,
    qty: moneyText(qty.toDecimalPlaces(QTY_PLACES)),
    price: trade.entryPrice,
    feeRate: trade.feeEntry ?? null,
    leverage: leverage ?? trade.leverage ?? 1,
    marginMode: venue.marginMode,
    strategy: null,
    model: trade.confidence === undefined ? null : { confidence: trade.confidence },
  };
}

function happeningsOf({ entryTime, exitTime, exitSlack }: Trade, index: number): Happening[] {
  const between: Happening[] = [
    { rank: 'entry', time: entryTime, entry: index },
    { rank: 'exit', time: exitTime, exit: index },
  ];
  if (exitSlack === 0) return between;
  return [...between, { rank: 'windowEnd', time: exitTime + exitSlack, exit: index }];
}

/** Prices with an exact time. An average over several fills, and an exit known to its candle, have none. */
function knownPrices(used: readonly Used[]): KnownPrice[] {
  const known = used.flatMap(({ trade, bars: { symbol } }): KnownPrice[] => {
    const entry = { symbol, time: trade.entryTime, price: trade.entryPrice };
    const exit = { symbol, time: trade.exitTime, price: trade.exitPrice };
    const exact = trade.exitSlack === 0 && trade.exitSpan === undefined;
    return [...(trade.entrySpan === undefined ? [entry] : []), ...(exact ? [exit] : [])];
  });
  return known.toSorted((a, b) => a.time - b.time);
}

/** The account of a journal: its trades never net each other, as they did not when they happened. */
function accountOf({ venue, studies }: PlanTree): Book {
  const { balance, currency } = studies.replay;
  return {
    accounts: [
      {
        id: 'journal',
        venue: venue.name,
        currency,
        marginMode: venue.marginMode,
        positionMode: 'hedge',
        collateral: [{ asset: currency, qty: balance, haircut: 0, price: null }],
      },
    ],
    positions: [],
    orders: [],
    dailyLossLimits: [],
  };
}

function warningsOf(used: readonly Used[], total: number, balance: string): string[] {
  const warnings: string[] = [];
  const sized = used.filter(({ trade }) => trade.qty !== undefined).length;
  if (used.length / total <= 0.5)
    warnings.push(`only ${used.length} of ${total} trades have bars; see the skipped ones`);
  if (sized < used.length) {
    warnings.push(
      `${used.length - sized} of ${used.length} trades state no quantity: each has the notional of --notional times ${balance}`,
    );
  }
  return warnings;
}

function noTrades(total: number, skipped: readonly Skipped[]): DataError {
  const reasons = [...new Set(skipped.map(({ reason }) => reason))].join(', ');
  return new DataError({
    code: 'NO_TRADES',
    message: `at least one trade must have bars, was 0 of ${total}${reasons === '' ? '' : ` (${reasons})`}`,
    remedy: 'Give bars that cover the trades with --ohlcv',
  });
}
