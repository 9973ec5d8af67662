/** What each leg has to do with the VaR and ES of the book: components that add up, what its absence changes, what offsets. */
import { sampleCovariance } from '../../math/covariance.ts';
import { mean } from '../../math/sum.ts';
import { money, moneyText } from '../../model/money.ts';
import { historicalComponents, normalComponents } from '../../risk/var/components.ts';
import { tailOf } from '../../risk/var/estimate.ts';
import { historicalOfSorted } from '../../risk/var/historical.ts';
import { normalVarEs } from '../../risk/var/normal.ts';
import type { VarConfig } from '../var-config.ts';
import type { ComponentRow, DiversificationRow } from '../var-result.ts';
import { amountText, type Scale } from './amounts.ts';
import { type Gains, totalGain } from './gains.ts';
import type { Leg } from './legs.ts';

export type SplitMethod = 'historical' | 'normal';

/** Per leg, fractions of the gross exposure. */
type Parts = {
  readonly varRaw: number;
  readonly esRaw: number;
  /** They sum to varRaw; null where the ES that shares it is 0. */
  readonly componentVar: Float64Array | null;
  readonly componentEs: Float64Array;
  readonly incrementalVar: Float64Array;
  readonly incrementalEs: Float64Array;
};

export type Split = { readonly components: ComponentRow[]; readonly diversification: DiversificationRow[] };

/** By historical simulation and by the normal distribution of the legs' gains, at every confidence. */
export function splitOf(
  legs: readonly Leg[],
  gains: Gains,
  { quantile, confidences }: Pick<VarConfig, 'quantile' | 'confidences'>,
  scale: Scale,
): Split {
  const moments = {
    mean: Float64Array.from(gains.legs, mean),
    covariance: sampleCovariance(gains.legs),
  };
  const components: ComponentRow[] = [];
  const diversification: DiversificationRow[] = [];
  for (const confidence of confidences) {
    const tail = tailOf(confidence);
    for (const method of ['historical', 'normal'] as const) {
      const parts =
        method === 'historical' ? historicalParts(gains, tail, quantile) : normalParts(gains, moments, tail);
      components.push(...rowsOf(legs, parts, { method, confidence, scale }));
      const alone = gains.legs.map((own) => aloneOf(own, { method, tail, quantile }));
      diversification.push(benefitOf(parts.varRaw, alone, { method, confidence, scale }));
    }
  }
  return { components, diversification };
}

function historicalParts(gains: Gains, tail: number, quantile: VarConfig['quantile']): Parts {
  const weights = new Float64Array(gains.legs.length).fill(1);
  const own = historicalComponents({ weights, returns: gains.legs }, tail, quantile);
  const rest = gains.legs.map((_, i) => {
    const without = totalGain(gains.legs, gains.book.length, i);
    return historicalOfSorted(without.sort(), tail, quantile);
  });
  return {
    ...own,
    incrementalVar: Float64Array.from(rest, ({ varRaw }) => own.varRaw - varRaw),
    incrementalEs: Float64Array.from(rest, ({ esRaw }) => own.esRaw - esRaw),
  };
}

type Moments = { readonly mean: Float64Array; readonly covariance: Float64Array };

function normalParts({ legs }: Gains, moments: Moments, tail: number): Parts {
  const weights = new Float64Array(legs.length).fill(1);
  const { var: ofVar, es } = normalComponents({ weights, ...moments }, tail);
  return {
    varRaw: ofVar.total,
    esRaw: es.total,
    componentVar: ofVar.component,
    componentEs: es.component,
    incrementalVar: ofVar.incremental,
    incrementalEs: es.incremental,
  };
}

type About = { readonly method: SplitMethod; readonly confidence: number; readonly scale: Scale };

function rowsOf(legs: readonly Leg[], parts: Parts, { method, confidence, scale }: About): ComponentRow[] {
  const text = (fraction: number) => amountText(fraction * scale.gross, scale.currency);
  const ofVar = parts.componentVar === null ? null : partTexts(parts.componentVar, parts.varRaw, scale);
  const ofEs = partTexts(parts.componentEs, parts.esRaw, scale);
  return legs.map(({ account, symbol, kind, exposure }, i): ComponentRow => {
    const componentVar = parts.componentVar?.[i] ?? null;
    const size = Math.abs(exposure) / scale.gross;
    return {
      method,
      confidence,
      account,
      symbol,
      kind,
      exposure: amountText(exposure, scale.currency),
      marginalVar: componentVar === null ? null : componentVar / size,
      marginalEs: parts.componentEs[i]! / size,
      componentVar: ofVar?.[i] ?? null,
      componentEs: ofEs[i] ?? '0',
      share: componentVar === null || parts.varRaw === 0 ? null : componentVar / parts.varRaw,
      incrementalVar: text(parts.incrementalVar[i]!),
      incrementalEs: text(parts.incrementalEs[i]!),
    };
  });
}

/** Parts in money that sum to their total as it is printed: the largest one takes what rounding leaves. */
function partTexts(parts: Float64Array, total: number, { gross, currency }: Scale): string[] {
  const amounts = Array.from(parts, (one) => money(amountText(one * gross, currency)));
  const largest = parts.reduce((at, one, i) => (Math.abs(one) > Math.abs(parts[at]!) ? i : at), 0);
  const others = amounts.reduce((sum, one, i) => (i === largest ? sum : sum.plus(one)), money(0));
  const rest = money(amountText(total * gross, currency)).minus(others);
  return amounts.map((one, i) => moneyText(i === largest ? rest : one));
}

function aloneOf(
  own: Float64Array,
  {
    method,
    tail,
    quantile,
  }: { readonly method: SplitMethod; readonly tail: number; readonly quantile: VarConfig['quantile'] },
): number {
  if (method === 'historical') return historicalOfSorted(own.slice().sort(), tail, quantile).varRaw;
  return normalVarEs(mean(own), Math.sqrt(sampleCovariance([own])[0]!), tail).varRaw;
}

function benefitOf(
  varRaw: number,
  alone: readonly number[],
  { method, confidence, scale }: About,
): DiversificationRow {
  const text = (fraction: number) => amountText(fraction * scale.gross, scale.currency);
  const standalone = alone.reduce((sum, one) => sum + Math.max(0, one), 0);
  const together = Math.max(0, varRaw);
  return {
    method,
    confidence,
    standalone: text(standalone),
    var: text(together),
    benefit: text(standalone - together),
    benefitShare: standalone === 0 ? null : 1 - together / standalone,
  };
}
