/** Pictures of a value at risk: the returns with its lines, who carries it, how the symbols move together. */
import type { Bar, Block, Mark } from '../model/page.ts';
import { formatCell } from '../report/format.ts';
import type { VarResult } from '../studies/var-result.ts';
import { moneyUnit } from './money-unit.ts';
import { named } from './var-parts.ts';

/** A cloud of eight methods at two confidences is no picture: lines are of the method that assumes least. */
export function distributionBlocks({ window, methods, portfolio }: VarResult): Block[] {
  const shown = methods.find(({ var: value, valid }) => value !== null && valid)?.method ?? null;
  const gross = Number(portfolio.grossExposure);
  const lines = methods.filter(({ method, varRaw }) => method === shown && varRaw !== null);
  const marks = lines.flatMap(({ confidence, varRaw, es }): Mark[] => [
    { axis: 'x', at: -Number(varRaw) / gross, label: `VaR ${percent(confidence)}` },
    ...(es === null
      ? []
      : [{ axis: 'x', at: -Number(es) / gross, label: `ES ${percent(confidence)}` } as const]),
  ]);
  const beyond = marks.filter(({ label }) => label.startsWith('VaR')).map(({ at }) => at);
  const points = window.distribution.flatMap(({ from, to, count }) => [from, count, to, count]);
  return [
    {
      kind: 'lines',
      title: `Returns of the window with VaR and ES by ${shown ?? 'no method'}`,
      x: { title: 'gain per unit of gross exposure', unit: 'fraction' },
      y: { title: 'returns', unit: 'count' },
      series: [{ name: 'returns', style: 'line', points }],
      marks,
      note:
        beyond.length === 0
          ? ''
          : `What lies left of ${formatCell('fraction', Math.max(...beyond))} is a loss beyond the VaR.`,
    },
  ];
}

/** The share of each position in the VaR at the highest confidence. */
export function barBlocks({ components, portfolio }: VarResult): Block[] {
  const highest = Math.max(...components.map(({ confidence }) => confidence));
  const several = new Set(components.map(({ account }) => account)).size > 1;
  return (['historical', 'normal'] as const).map((method): Block => {
    const rows = components.filter((one) => one.method === method && one.confidence === highest);
    const bars = rows.map(({ account, symbol, kind, componentVar, componentEs }): Bar => {
      const value = Number(componentVar ?? componentEs);
      const label = several ? `${named(symbol, kind)}, ${account}` : named(symbol, kind);
      return { label, value, tone: value < 0 ? 'good' : 'bad' };
    });
    return {
      kind: 'bars',
      title: `Components of the ${method} VaR at ${percent(highest)}`,
      x: { title: 'position', unit: 'text' },
      y: { title: portfolio.currency, unit: moneyUnit(portfolio.currency) },
      bars,
      note: 'Below 0: it lowers the VaR of the book.',
    };
  });
}

export function matrixBlocks({ correlation }: VarResult): Block[] {
  const { symbols, pearson, spearman, lowerTail, tailShare } = correlation;
  if (symbols.length < 2) return [];
  const block = (title: string, values: readonly (readonly (number | null)[])[]): Block => ({
    kind: 'heatmap',
    title,
    corner: '',
    unit: 'r',
    columns: symbols,
    rows: symbols.map((name, i) => ({ name, values: values[i] ?? [] })),
  });
  return [
    block('Correlation (Pearson)', pearson),
    block('Rank correlation (Spearman)', spearman),
    block(`Lower tails: how often one is in its worst ${percent(tailShare)} when the other is`, lowerTail),
  ];
}

function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(6))} %`;
}
