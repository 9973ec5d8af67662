/** Which trades are judged, and against which bars: a journal's, its entries alone, or generated ones. */
import type { Bars } from '../../market/bars.ts';
import type { BareTrade, Journal, Trade } from '../../market/journal.ts';
import { matchSymbol } from '../../market/symbol.ts';
import type { SkipReason } from '../../market/trade-path.ts';
import { InputError } from '../../model/errors.ts';
import { parseDuration } from '../../model/time.ts';
import type { BacktestStopsConfig } from '../backtest-stops-config.ts';
import { generateTrades, heldFor } from './entries.ts';

export type Skipped = { readonly reason: string; readonly example: string };

export type Selection = {
  /** Trades with bars, grouped by series in the order of the series. */
  readonly groups: readonly { readonly bars: Bars; readonly trades: readonly Trade[] }[];
  readonly bare: readonly BareTrade[];
  readonly skipped: readonly Skipped[];
  readonly total: number;
  /** Which prices are ours to model, with slippage; a journal's own happened. */
  readonly modelled: { readonly entry: boolean; readonly exit: boolean };
};

export function selectTrades(
  inputs: { readonly journal: Journal | null; readonly ohlcv: readonly Bars[] },
  config: BacktestStopsConfig,
  seed: number,
): Selection {
  const { journal, ohlcv } = inputs;
  if (journal !== null && config.entries !== null) {
    throw new InputError({
      code: 'USAGE',
      message: 'trades must come from a journal or be generated, was both --journal and --entries',
      remedy: 'Leave one of them out',
    });
  }
  return journal === null ? generated(ohlcv, config, seed) : fromJournal(journal, ohlcv, config);
}

function generated(ohlcv: readonly Bars[], config: BacktestStopsConfig, seed: number): Selection {
  const hold = parseDuration(config.hold ?? '24h') ?? Number.NaN;
  const rule = { entries: config.entries ?? 'every:24h', direction: config.direction, hold, seed };
  const { trades, skipped: signals } = generateTrades(ohlcv, rule);
  const skipped = signals.map((signal) => ({ reason: 'bars-end-before-exit', example: describe(signal) }));
  const groups = ohlcv.map((bars) => ({
    bars,
    trades: trades.filter((trade) => trade.symbol === bars.symbol),
  }));
  return {
    groups,
    bare: [],
    skipped,
    total: trades.length + skipped.length,
    modelled: { entry: true, exit: true },
  };
}

function fromJournal(journal: Journal, ohlcv: readonly Bars[], config: BacktestStopsConfig): Selection {
  const skipped: Skipped[] = journal.skipped.map(({ reason, id }) => ({ reason, example: `row ${id}` }));
  const wanted = (direction: string) => config.direction === 'both' || direction === config.direction;
  const hold = config.hold === null ? null : parseDuration(config.hold);
  const bySeries = new Map<Bars, Trade[]>(ohlcv.map((bars) => [bars, []]));
  const symbols = ohlcv.map(({ symbol }) => symbol);
  const matches = new Map<string, Bars | undefined>();
  let total = skipped.length;
  const skip = (trade: Trade, reason: SkipReason) => skipped.push({ reason, example: describe(trade) });
  for (const trade of journal.trades) {
    if (!wanted(trade.direction)) continue;
    total += 1;
    if (!matches.has(trade.symbol)) {
      const name = matchSymbol(trade.symbol, symbols);
      matches.set(
        trade.symbol,
        ohlcv.find((bars) => bars.symbol === name),
      );
    }
    const bars = matches.get(trade.symbol);
    const held = bars === undefined || hold === null ? trade : heldFor(trade, bars, hold);
    if (bars === undefined) skip(trade, 'no-bars');
    else if (held === null) skip(trade, 'bars-end-before-exit');
    else bySeries.get(bars)?.push(held);
  }
  const bare = journal.bare.filter(({ direction }) => wanted(direction));
  const groups = [...bySeries].map(([bars, trades]) => ({ bars, trades }));
  return {
    groups,
    bare,
    skipped,
    total: total + bare.length,
    modelled: { entry: false, exit: hold !== null },
  };
}

/** A trade as a reader finds it again: `row 17 SOLUSDT long`. */
export function describe(trade: {
  readonly id: number;
  readonly symbol: string;
  readonly direction: string;
}): string {
  return `row ${trade.id} ${trade.symbol} ${trade.direction}`;
}
