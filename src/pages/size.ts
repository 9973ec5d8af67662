/** A size on paper: what is allowed and by which rule, every bound, what it does to wealth, and the evidence under it. */
import type { Block, Field, Page, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import { sizingReasons } from '../risk/sizing/allowed.ts';
import type { BoundName } from '../studies/size/bound-names.ts';
import type { SizeResult } from '../studies/size-result.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';
import { growthCurve, wealthFields } from './size-wealth.ts';

type SizeReport = Report<SizeResult>;

export function sizePage(report: SizeReport, { charts }: { readonly charts: boolean }): Page {
  const { result } = report;
  return {
    title: titleOf('Position size', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --journal and --ohlcv, or a bet with --win-rate, --win and --loss'),
      sizeFields(result),
      boundTable(result),
      ...literalLine(result),
      ...reasonLines(result),
      ...(charts ? charted(result) : []),
      wealthFields(result),
      ...growthCurve(result),
      ...tradeFields(result),
      ...marketFields(result),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ position }: SizeResult): string {
  const { direction, symbol, leverage } = position;
  return `${direction ?? 'a position on either side'} ${symbol ?? ''} at ${leverage}x`.replace('  ', ' ');
}

/** Every rule in the words of a table. */
const rules: Readonly<Record<BoundName, string>> = {
  'kelly-stated': 'Kelly of the stated bet',
  'kelly-stated-literal': "the same by S2's formula, as the position",
  'kelly-trades': 'Kelly of the trades',
  'kelly-trades-literal': "the same by S2's formula, as the position",
  'kelly-trades-log': 'largest mean logarithm of the trades',
  'kelly-risk-constrained': 'Kelly under a bound on the fall',
  'kelly-continuous': 'drift / variance of the market',
  'kelly-log': 'largest mean logarithm of its days',
  signal: 'signal / variance of the market',
  'dynamic-risk': 'risk by performance and volatility',
  'risk-per-trade': 'risk of one trade at its stop',
  volatility: 'volatility of equity in a day',
  'worst-fall': 'lives through the worst move',
  'position-margin': 'margin of one position',
  'position-notional': 'notional of one position',
  leverage: 'all equity as margin',
};

const stops = {
  stated: 'as stated',
  atr: 'assumed, in ATRs (guards.trade-limits.assumedStopAtrs)',
  leverage: 'assumed, 1 / leverage: no stop and no bars',
  still: 'assumed, 1 / leverage: no stop, and no ATR above 0 in the bars',
} as const;

function sizeFields({ position, notional, qty, margin, binding, size, market }: SizeResult): Block {
  const { stopFrom, stopDistance, liquidationDistance } = position;
  const loss =
    stopDistance < liquidationDistance
      ? 'without gaps and costs'
      : 'the isolated margin: liquidated before the stop';
  const entry = position.entryFrom === 'close' ? 'the last close of the bars' : '';
  const fields: Field[] = [
    { title: 'notional', unit: 'money', value: notional, note: `bound by ${binding}: ${rules[binding]}` },
    { title: 'of equity', unit: 'fraction', value: size },
    {
      title: 'quantity',
      unit: 'qty',
      value: qty === null ? null : Number(qty),
      note: qty === null ? 'needs --entry or bars' : 'rounded down to the lot',
    },
    { title: 'margin', unit: 'money', value: margin },
    { title: 'entry', unit: 'price', value: position.entry, note: entry },
    {
      title: 'distance to the stop',
      unit: 'fraction',
      value: position.stopDistance,
      note: stops[stopFrom === 'leverage' && market !== null ? 'still' : stopFrom],
    },
    { title: 'lost at the stop', unit: 'money', value: position.lossAtStop, note: loss },
    {
      title: 'distance to liquidation',
      unit: 'fraction',
      value: position.liquidationDistance,
      note: 'alone and isolated',
    },
  ];
  return { kind: 'fields', title: 'Size', fields };
}

function boundTable({ bounds, binding }: SizeResult): Block {
  return {
    kind: 'table',
    title: 'Bounds, fractions of equity: at risk, or the position itself',
    main: true,
    columns: [
      { key: 'name', title: 'bound', unit: 'text' },
      { key: 'fraction', title: 'fraction', unit: 'fraction' },
      { key: 'of', title: 'of', unit: 'text' },
      { key: 'notional', title: 'notional', unit: 'money' },
      { key: 'margin', title: 'margin', unit: 'money' },
      { key: 'binds', title: '', unit: 'text' },
      { key: 'reason', title: 'reason', unit: 'text' },
      { key: 'rule', title: 'rule', unit: 'text' },
    ],
    yields: ['rule', 'margin'],
    rows: bounds.map((one) => ({
      ...one,
      binds: one.name === binding ? 'binds' : '',
      rule: rules[one.name],
    })),
    tones: bounds.map(({ name, notional, reason }): Tone => {
      if (name === binding) return 'warn';
      return notional === null || reason === 'other-bet' ? 'dim' : 'plain';
    }),
  };
}

/** Where S2's formula decides, what would without it. */
function literalLine({ bounds, binding }: SizeResult): Block[] {
  if (!binding.endsWith('-literal')) return [];
  const others = bounds.filter(
    ({ name, notional, reason }) => notional !== null && !name.endsWith('-literal') && reason !== 'other-bet',
  );
  const next = others.reduce((least, one) => (Number(one.notional) < Number(least.notional) ? one : least));
  const text =
    "S2's formula takes the fraction that Kelly puts at risk for the position itself, and the smaller of the two sizes.";
  return [{ kind: 'text', text: `${text} Without it ${next.name} would bind.` }];
}

function reasonLines({ bounds }: SizeResult): Block[] {
  const named = new Set(bounds.flatMap(({ reason }) => (reason === null ? [] : [reason])));
  return [...named].map((reason) => ({
    kind: 'text',
    tone: 'dim',
    text: `${reason}: ${sizingReasons[reason]}`,
  }));
}

function charted({ bounds, binding }: SizeResult): Block[] {
  const set = bounds.filter(({ notional, reason }) => notional !== null && reason !== 'other-bet');
  return [
    {
      kind: 'bars',
      title: 'What each bound allows',
      x: { title: 'bound', unit: 'text' },
      y: { title: 'notional', unit: 'money' },
      bars: set.map(({ name, notional }) => ({
        label: name,
        value: Number(notional),
        tone: name === binding ? ('warn' as const) : ('plain' as const),
      })),
    },
  ];
}

function tradeFields({ trades }: SizeResult): Block[] {
  if (trades === null) return [];
  const { count, of, days, winners, losers, flat } = trades;
  return [
    {
      kind: 'fields',
      title: 'Trades, fractions of notional after costs',
      fields: [
        {
          title: 'trades',
          unit: 'count',
          value: count,
          note: `of ${of}; ${winners} won, ${losers} lost, ${flat} flat`,
        },
        { title: 'entry days', unit: 'count', value: days },
        { title: 'win rate', unit: 'fraction', value: trades.observedWinRate },
        { title: 'sized by', unit: 'fraction', value: trades.winRate },
        { title: 'average win', unit: 'fraction', value: trades.averageWin },
        { title: 'average loss', unit: 'fraction', value: trades.averageLoss },
        { title: 'mean return', unit: 'rate', value: trades.meanReturn },
        {
          title: 'mean cost in it',
          unit: 'rate',
          value: trades.meanCost,
          note: trades.feesAssumed === 0 ? "the journal's own fees" : `assumed for ${trades.feesAssumed}`,
        },
        {
          title: 'recent win rate',
          unit: 'fraction',
          value: trades.recentWinRate,
          note: 'of the last closes',
        },
        { title: 'most at once', unit: 'count', value: trades.mostAtOnce },
      ],
    },
  ];
}

function marketFields({ market }: SizeResult): Block[] {
  if (market === null) return [];
  const { symbol, from, to, returns, worstFallTime } = market;
  return [
    {
      kind: 'fields',
      title: `${symbol}, ${utcText(from)} to ${utcText(to)}, ${returns} daily returns`,
      fields: [
        { title: 'drift of a year', unit: 'fraction', value: market.meanAnnual, note: 'of a long' },
        { title: 'its standard error', unit: 'fraction', value: market.meanAnnualError },
        { title: 'volatility of a year', unit: 'fraction', value: market.volatilityAnnual },
        { title: 'volatility of a day', unit: 'fraction', value: market.volatilityDaily },
        { title: 'of the last 24 h', unit: 'fraction', value: market.volatility24h },
        {
          title: 'worst move against it',
          unit: 'fraction',
          value: market.worstFall,
          note: worstFallTime === null ? '' : `in the bar of ${utcText(worstFallTime)}`,
        },
      ],
    },
  ];
}
