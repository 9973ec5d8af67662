/** The headline level by symbol, direction, month, hour of entry or regime. */
import { desc, op, table } from 'arquero';
import { wilson } from '../../math/wilson.ts';
import { civilDate, MS_PER_DAY, MS_PER_HOUR } from '../../model/time.ts';
import type { BacktestStopsConfig, BreakdownKey } from '../backtest-stops-config.ts';
import type { BacktestStopsResult } from '../backtest-stops-result.ts';
import { type JudgedTrade, type Judgement, returnAt } from './judge.ts';

type Breakdown = BacktestStopsResult['breakdowns'][number];
type Row = Breakdown['rows'][number];

/** One table for each asked key, at one multiplier; rows in the order of their keys, symbols by the number of trades. */
export function breakdowns(
  judgement: Judgement,
  { by, intervalLevel }: BacktestStopsConfig,
  headline: { readonly multiplier: number; readonly level: number },
): Breakdown[] {
  if (by.length === 0) return [];
  const { trades } = judgement;
  const hit = trades.map(({ fate }) => (fate.reached > headline.level ? 1 : 0));
  const stopped = trades.map((trade) => returnAt(judgement, trade, headline.multiplier));
  const unstopped = trades.map((trade) => trade.unstopped);
  return by.map((name) => {
    const grouped = table({ key: trades.map((trade) => keyOf(name, trade)), hit, stopped, unstopped })
      .groupby('key')
      .rollup({
        trades: op.count(),
        hits: op.sum('hit'),
        meanReturn: op.mean('stopped'),
        meanReturnUnstopped: op.mean('unstopped'),
      });
    const ordered = name === 'symbol' ? grouped.orderby(desc('trades'), 'key') : grouped.orderby('key');
    const rows = (ordered.objects() as Omit<Row, 'hitRate' | 'iid'>[]).map((row) =>
      finish(row, intervalLevel),
    );
    return { by: name, multiplier: headline.multiplier, rows };
  });
}

function finish(
  { key, trades, hits, meanReturn, meanReturnUnstopped }: Omit<Row, 'hitRate' | 'iid'>,
  level: number,
): Row {
  const iid = wilson(hits, trades, level);
  return { key, trades, hits, hitRate: hits / trades, iid, meanReturn, meanReturnUnstopped };
}

function keyOf(by: BreakdownKey, { trade, regime }: JudgedTrade): string {
  switch (by) {
    case 'symbol':
      return trade.symbol;
    case 'direction':
      return trade.direction;
    case 'regime':
      return regime ?? 'unknown';
    case 'month':
      return trade.entryTime === undefined ? 'undated' : monthOf(trade.entryTime);
    case 'hour':
      return trade.entryTime === undefined ? 'undated' : hourOf(trade.entryTime);
  }
}

function monthOf(time: number): string {
  const { year, month } = civilDate(time);
  return `${year}-${String(month).padStart(2, '0')}`;
}

function hourOf(time: number): string {
  const hour = Math.floor((time - Math.floor(time / MS_PER_DAY) * MS_PER_DAY) / MS_PER_HOUR);
  return `${String(hour).padStart(2, '0')}:00`;
}
