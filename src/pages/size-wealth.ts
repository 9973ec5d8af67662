/** What a size does to wealth, on paper: growth and ruin with their doubt. */
import type { Block, Field } from '../model/page.ts';
import { doubtReasons } from '../studies/size/doubt-reasons.ts';
import type { SizeResult } from '../studies/size-result.ts';

export function wealthFields(result: SizeResult): Block {
  const { growth, ruin, size } = result;
  const said = inconclusive(result);
  const { low, high } = growth.perTradeInterval ?? { low: null, high: null };
  const doubt = growth.reason === null ? '' : doubtReasons[growth.reason];
  const fields: Field[] = [
    { title: 'growth of a trade', unit: 'rate', value: growth.perTrade, note: doubt || 'mean logarithm' },
    { title: 'low', unit: 'rate', value: low, note: `of ${intervalOf(result)}` },
    { title: 'high', unit: 'rate', value: high },
    {
      title: 'worlds that do not grow',
      unit: 'fraction',
      value: growth.shrinks,
      note: `doubt about the trades${said}`,
    },
    {
      title: 'growth of a year, held',
      unit: 'fraction',
      value: growth.annual,
      note: 'by the drift of the market',
    },
    {
      title: `falls to ${ruin.level} of the start`,
      unit: 'fraction',
      value: ruin.probability,
      note: `within ${ruin.horizon} trades, with that doubt${said}${howSure(ruin.probability, ruin.error, ruin.bound)}`,
    },
    {
      title: 'the same without doubt',
      unit: 'fraction',
      value: ruin.asSampled,
      note: `trades taken for the truth${said}${howSure(ruin.asSampled, ruin.asSampledError, ruin.asSampledBound)}`,
    },
    { title: 'ever, when held', unit: 'fraction', value: ruin.ever, note: 'by the drift of the market' },
    {
      title: 'fastest size',
      unit: 'ratio',
      value: short(growth.fastest),
      note: isCautious(result) ? 'x equity, at the win rate that is sized by' : 'x equity, without any doubt',
    },
  ];
  const told = fields.filter(({ value }) => value !== null);
  return { kind: 'fields', title: `Wealth at ${short(size)}x equity`, fields: told };
}

/** Whether growth is of a lower bound of the win rate. */
function isCautious({ growth: { reason } }: SizeResult): boolean {
  return reason === 'few-trades' || reason === 'no-loser';
}

function inconclusive({ growth: { reason } }: SizeResult): string {
  return reason === 'few-days' ? ', inconclusive' : '';
}

/** Trades without times or of one day cannot be drawn by days. */
function intervalOf(result: SizeResult): string {
  const by = (result.trades?.days ?? 0) > 1 ? 'entry days' : 'single trades';
  return `the interval over ${by}${inconclusive(result)}`;
}

/** Four digits are what a ratio needs on paper. */
function short(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}

/** A spread of 0 over paths is no certainty: where none fell, or all, a bound at 95 % stands for the error. */
function howSure(probability: number | null, error: number | null, bound: number | null): string {
  const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
  if (bound !== null)
    return probability === 0
      ? `; no path fell: below ${percent(bound)}`
      : `; all fell: above ${percent(bound)}`;
  return error === null ? '' : `, +- ${percent(error)}`;
}

export function growthCurve(result: SizeResult): Block[] {
  const { growth, size } = result;
  const { curve } = growth;
  if (curve.length === 0) return [];
  const known = curve.filter(({ growth: one }) => one !== null);
  const banded = known.filter(({ low, high }) => low !== null && high !== null);
  return [
    {
      kind: 'lines',
      title: 'Growth of a trade by size',
      x: { title: 'notional / equity', unit: 'ratio' },
      y: { title: 'mean logarithm', unit: 'rate' },
      series: [
        {
          name: 'growth',
          style: 'line',
          points: known.flatMap((one) => [one.size, one.growth ?? 0]),
          ...(banded.length === 0
            ? {}
            : { band: banded.flatMap((one) => [one.size, one.low ?? 0, one.high ?? 0]) }),
        },
      ],
      marks: [{ axis: 'x', at: short(size) ?? 0, label: 'size' }],
      note: banded.length === 0 ? 'at the win rate that is sized by' : `the band is ${intervalOf(result)}`,
    },
  ];
}
