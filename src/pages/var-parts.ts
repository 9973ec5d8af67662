/** Who carries the loss of a book, what offsets, and what a crisis makes of it. */
import type { Block, Row } from '../model/page.ts';
import { utcText } from '../model/utc-text.ts';
import { formatCell } from '../report/format.ts';
import type { VarResult } from '../studies/var-result.ts';
import { moneyUnit } from './money-unit.ts';

export function diversificationBlock({ portfolio, diversification, methods }: VarResult): Block {
  const { currency } = portfolio;
  const money = moneyUnit(currency);
  return {
    kind: 'table',
    title: `What offsets, ${currency}`,
    columns: [
      { key: 'method', title: 'method', unit: 'text' },
      { key: 'confidence', title: 'at', unit: 'fraction' },
      { key: 'standalone', title: 'each alone', unit: money },
      { key: 'var', title: 'together', unit: money },
      { key: 'benefit', title: 'benefit', unit: money },
      { key: 'benefitShare', title: 'share', unit: 'fraction' },
      { key: 'state', title: 'state', unit: 'text' },
    ],
    rows: diversification.map((one) => ({ ...one, state: splitState(one, methods) })),
  };
}

/** A part is worth what the VaR is that it is a part of. */
function splitState(
  { method, confidence }: Pick<VarResult['diversification'][number], 'method' | 'confidence'>,
  methods: VarResult['methods'],
): string {
  const whole = methods.find((one) => one.method === method && one.confidence === confidence);
  if (whole === undefined) return 'not judged';
  return whole.valid ? 'ok' : 'not valid';
}

export function componentBlocks({ portfolio, components, methods }: VarResult): Block[] {
  const { currency } = portfolio;
  const money = moneyUnit(currency);
  const several = new Set(components.map(({ account }) => account)).size > 1;
  return [
    {
      kind: 'table',
      title: `Components, ${currency}: they sum to the VaR and the ES of the book`,
      columns: [
        { key: 'method', title: 'method', unit: 'text' },
        { key: 'confidence', title: 'at', unit: 'fraction' },
        ...(several ? [{ key: 'account', title: 'account', unit: 'text' } as const] : []),
        { key: 'symbol', title: 'position', unit: 'text' },
        { key: 'exposure', title: 'exposure', unit: money },
        { key: 'componentVar', title: 'VaR', unit: money },
        { key: 'share', title: 'share', unit: 'fraction' },
        { key: 'componentEs', title: 'ES', unit: money },
        { key: 'marginalVar', title: 'marginal', unit: 'fraction' },
        { key: 'incrementalVar', title: 'incremental', unit: money },
        { key: 'state', title: 'state', unit: 'text' },
      ],
      rows: components.map(
        ({ kind, ...one }): Row => ({
          ...one,
          symbol: named(one.symbol, kind),
          state: splitState(one, methods),
        }),
      ),
      yields: ['componentEs', 'exposure', 'marginalVar', 'share'],
    },
    {
      kind: 'text',
      tone: 'dim',
      text: 'Marginal: what the VaR rises by for one more of exposure. Incremental: the VaR less that without the position; these do not add up. Historical VaR is shared as its ES is.',
    },
  ];
}

/** A perp is the rule. */
export function named(symbol: string, kind: VarResult['components'][number]['kind']): string {
  return kind === 'perp' ? symbol : `${symbol} ${kind}`;
}

export function crisisBlocks({ portfolio, crisis }: VarResult): Block[] {
  if (crisis === null) return [];
  const money = moneyUnit(portfolio.currency);
  return [
    {
      kind: 'table',
      title: `Normal, with a correlation of at least ${crisis.correlation} between coins, ${portfolio.currency}`,
      columns: [
        { key: 'confidence', title: 'at', unit: 'fraction' },
        { key: 'sampleVar', title: 'VaR of the window', unit: money },
        { key: 'var', title: 'VaR in the crisis', unit: money },
        { key: 'sampleEs', title: 'ES of the window', unit: money },
        { key: 'es', title: 'ES in the crisis', unit: money },
      ],
      rows: crisis.rows.map((one) => ({ ...one })),
    },
  ];
}

export function stressedBlocks({ portfolio, stressed }: VarResult): Block[] {
  if (stressed === null) return [];
  const { currency } = portfolio;
  const money = moneyUnit(currency);
  const { scenario, title, returns, worst, worstAt, mapping } = stressed;
  const reasons = [...new Set(stressed.rows.flatMap(({ reason }) => reason?.split('; ') ?? []))];
  const ways = mapping.map(({ symbol, by, of, joined }) =>
    by === 'points'
      ? `${symbol} by its own ${joined ? 'points, joined' : 'prices'}`
      : of === ''
        ? `${symbol} stands still`
        : `${symbol} by ${of} (${by})`,
  );
  return [
    {
      kind: 'table',
      title: `Stressed, ${scenario}: ${title}`,
      columns: [
        { key: 'confidence', title: 'at', unit: 'fraction' },
        { key: 'var', title: `VaR, ${currency}`, unit: money },
        { key: 'varFraction', title: 'of equity', unit: 'fraction' },
        { key: 'es', title: `ES, ${currency}`, unit: money },
        { key: 'esFraction', title: 'of equity', unit: 'fraction' },
        { key: 'state', title: 'state', unit: 'text' },
      ],
      rows: stressed.rows.map(({ reason, valid, varRaw: _, ...one }): Row => {
        return { ...one, state: valid ? (reason === null ? 'ok' : 'see') : 'not valid' };
      }),
      tones: stressed.rows.map(({ valid, reason }) => (valid ? (reason === null ? 'plain' : 'warn') : 'bad')),
    },
    ...reasons.map((text): Block => ({ kind: 'text', tone: 'warn', text })),
    {
      kind: 'text',
      tone: 'dim',
      text: `${returns} overlapping periods, ${utcText(stressed.from)} to ${utcText(stressed.to)}; the worst, ${formatCell(money, worst)} ${currency}, ends ${utcText(worstAt)}. ${ways.join(', ')}.`,
    },
  ];
}

export function parameterBlock({ methods }: VarResult): Block {
  const seen = new Set<string>();
  const rows = methods.flatMap(({ method, parameters }): Row[] => {
    if (seen.has(method)) return [];
    seen.add(method);
    return parameters.map(({ name, value, standardError }) => ({ method, name, value, standardError }));
  });
  return {
    kind: 'table',
    title: 'Parameters, of returns per unit of gross exposure',
    columns: [
      { key: 'method', title: 'method', unit: 'text' },
      { key: 'name', title: 'parameter', unit: 'text' },
      { key: 'value', title: 'value', unit: 'ratio' },
      { key: 'standardError', title: 'standard error', unit: 'ratio' },
    ],
    rows,
  };
}
