/** Initial margin by four methods (S3): the venue's rule, the risk of each position, of the book, the worst scenario. */
import type { Bars } from '../../market/bars.ts';
import { resampleBars } from '../../market/resample.ts';
import { baseAsset } from '../../market/symbol.ts';
import { standardDeviation } from '../../math/moments.ts';
import { normalQuantile } from '../../math/normal.ts';
import { type Money, money, moneyText, zero } from '../../model/money.ts';
import { MS_PER_DAY } from '../../model/time.ts';
import type { MarginResult } from '../margin-result.ts';
import type { MarginInputs, MarginTree } from './inputs.ts';
import type { Measured } from './measure.ts';

const PLACES = 8;
/** Fewer daily returns than this say nothing about a tail. */
const RETURNS_MIN = 30;

export function marginByMethod(
  measured: readonly Measured[],
  { ohlcv }: MarginInputs,
  { studies }: MarginTree,
): MarginResult['byMethod'] {
  const { confidence, shocks } = studies.margin;
  const position = measured.reduce((sum, { initial }) => sum.plus(initial), zero);
  const worst = worstShock(measured, shocks);
  const risk = riskOf(measured, ohlcv, normalQuantile(confidence));
  const text = (amount: Money) => moneyText(amount.toDecimalPlaces(PLACES));
  return {
    position: text(position),
    risk: risk.single === null ? null : text(money(risk.single)),
    portfolio: risk.book === null ? null : text(money(risk.book)),
    scenario: text(worst.loss),
    scenarioId: worst.id,
    reason: risk.reason,
  };
}

/** Signed notional at mark in the settlement asset. */
function exposureOf({ row }: Measured): number {
  return Number(row.notional) * (row.direction === 'long' ? 1 : -1);
}

type Risk = { readonly single: number | null; readonly book: number | null; readonly reason: string | null };

/** z times the standard deviation of a day's result: added up, and of the book with its offsets. */
function riskOf(measured: readonly Measured[], ohlcv: readonly Bars[], z: number): Risk {
  const none = (reason: string): Risk => ({ single: null, book: null, reason });
  const series = measured.map(({ row }) => ohlcv.find(({ symbol }) => symbol === row.symbol));
  const missing = measured.find((_, i) => series[i] === undefined);
  if (missing !== undefined) return none(`no bars of ${missing.row.symbol}: give --ohlcv`);
  const closes = series.flatMap((bars) => (bars === undefined ? [] : [dailyCloses(bars)]));
  const days = [...(closes[0]?.keys() ?? [])].filter((day) => closes.every((one) => one.has(day)));
  const returns = closes.map((one) => {
    const values = days.map((day) => one.get(day) ?? Number.NaN);
    return Float64Array.from(values.slice(1), (close, i) => Math.log(close / (values[i] ?? Number.NaN)));
  });
  const count = returns[0]?.length ?? 0;
  if (count < RETURNS_MIN) return none(`${count} common daily returns, at least ${RETURNS_MIN} are needed`);
  const results = new Float64Array(count);
  let single = 0;
  for (const [i, own] of returns.entries()) {
    const exposure = measured[i] === undefined ? 0 : exposureOf(measured[i]);
    single += Math.abs(exposure) * standardDeviation(own);
    for (let day = 0; day < count; day += 1) results[day] = results[day]! + exposure * own[day]!;
  }
  return { single: z * single, book: z * standardDeviation(results), reason: null };
}

/** Closes of whole UTC days by day. */
function dailyCloses(bars: Bars): Map<number, number> {
  const daily = bars.interval >= MS_PER_DAY ? bars : resampleBars(bars, MS_PER_DAY).bars;
  return new Map(Array.from(daily.time, (time, i) => [time, daily.close[i] ?? Number.NaN]));
}

function worstShock(
  measured: readonly Measured[],
  shocks: MarginTree['studies']['margin']['shocks'],
): { readonly id: string | null; readonly loss: Money } {
  let worst = { id: null as string | null, loss: zero };
  for (const { id, moves, default: other } of shocks) {
    const pnl = measured.reduce((sum, one) => {
      const asset = baseAsset(one.row.symbol);
      const move = moves.find((each) => each.asset === asset)?.move ?? other;
      // An inverse contract settles in coin: a fall by m is a loss of m / (1 + m) of its notional in coin.
      const share = one.row.contract === 'linear' ? move : move / (1 + move);
      return sum.plus(money(exposureOf(one)).times(money(share)));
    }, zero);
    if (pnl.negated().greaterThan(worst.loss)) worst = { id, loss: pnl.negated() };
  }
  return worst;
}
