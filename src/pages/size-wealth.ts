/** What a size does to wealth, on paper: growth and ruin with their doubt. */
import type { Block, Field } from '../model/page.ts';
import { doubtReasons } from '../studies/size/doubt-reasons.ts';
import type { SizeResult } from '../studies/size-result.ts';

export function wealthFields({ growth, ruin, size }: SizeResult): Block {
  const { low, high } = growth.perTradeInterval ?? { low: null, high: null };
  const doubt = growth.reason === null ? '' : doubtReasons[growth.reason];
  const fields: Field[] = [
    { title: 'growth of a trade', unit: 'rate', value: growth.perTrade, note: doubt || 'mean logarithm' },
    { title: 'low', unit: 'rate', value: low, note: 'of the interval over entry days' },
    { title: 'high', unit: 'rate', value: high },
    {
      title: 'worlds that do not grow',
      unit: 'fraction',
      value: growth.shrinks,
      note: 'doubt about the trades',
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
      note: `within ${ruin.horizon} trades, with that doubt${howSure(ruin.probability, ruin.error, ruin.bound)}`,
    },
    {
      title: 'the same without doubt',
      unit: 'fraction',
      value: ruin.asSampled,
      note: `trades taken for the truth${howSure(ruin.asSampled, ruin.asSampledError, ruin.asSampledBound)}`,
    },
    { title: 'ever, when held', unit: 'fraction', value: ruin.ever, note: 'by the drift of the market' },
    {
      title: 'fastest size',
      unit: 'ratio',
      value: short(growth.fastest),
      note: 'x equity, without any doubt',
    },
  ];
  const told = fields.filter(({ value }) => value !== null);
  return { kind: 'fields', title: `Wealth at ${short(size)}x equity`, fields: told };
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

export function growthCurve({ growth, size }: SizeResult): Block[] {
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
          band: banded.flatMap((one) => [one.size, one.low ?? 0, one.high ?? 0]),
        },
      ],
      marks: [{ axis: 'x', at: short(size) ?? 0, label: 'size' }],
      note: 'the band is the interval over entry days',
    },
  ];
}
