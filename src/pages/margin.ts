/** What the venue asks on paper: one position as fields, a book as a table; the ladder, the methods, the path. */
import type { Block, Page, Row } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import type { MarginPosition, MarginResult } from '../studies/margin-result.ts';
import { moneyUnit } from './money-unit.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';

export function marginPage(report: Report<MarginResult>): Page {
  const { result } = report;
  const [only, ...more] = result.positions;
  return {
    title: titleOf('Margin', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --portfolio and --ohlcv, or a position with --entry and --qty'),
      ...(only !== undefined && more.length === 0 ? positionBlocks(only) : bookBlocks(result)),
      ...result.positions.flatMap((one) => ladderTable(one, more.length > 0)),
      methodTable(result),
      ...pathFields(result),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ positions }: MarginResult): string {
  const terms = [...new Set(positions.map(({ bracket }) => bracket?.terms ?? ''))].join(', ');
  const [only, ...more] = positions;
  if (only === undefined || more.length > 0) return `${positions.length} positions, margined by ${terms}`;
  const { direction, qty, symbol, leverage, marginMode } = only;
  return `${direction} ${qty.replace('-', '')} ${symbol} at ${leverage}x ${marginMode}, margined by ${terms}`;
}

function positionBlocks(one: MarginPosition): Block[] {
  const { bracket } = one;
  const money = moneyUnit(one.asset);
  const rate = bracket === null ? null : bracket.rate;
  return [
    {
      kind: 'fields',
      fields: [
        { title: 'entry', unit: 'price', value: one.entry },
        { title: 'mark', unit: 'price', value: one.mark },
        { title: `notional, ${one.asset}`, unit: money, value: one.notional },
        {
          title: 'maintenance rate',
          unit: 'fraction',
          value: rate,
          note:
            bracket === null
              ? ''
              : `bracket ${bracket.index}, up to ${bracket.cap}, at most ${bracket.maxLeverage}x`,
        },
        { title: 'initial margin', unit: money, value: one.initialMargin },
        { title: 'maintenance margin', unit: money, value: one.maintenanceMargin },
        { title: 'available margin', unit: money, value: one.availableMargin },
        {
          title: 'margin level',
          unit: 'ratio',
          value: one.marginLevel,
          note: 'equity / maintenance; the venue acts at 1',
        },
        {
          title: 'margin remaining',
          unit: 'fraction',
          value: one.marginRemaining,
          note: 'of the initial margin',
        },
        { title: 'margin buffer', unit: 'fraction', value: one.marginBuffer, note: 'of the notional' },
        {
          title: 'liquidation price',
          unit: 'price',
          value: one.liquidationPrice,
          note: one.liquidationPrice === null ? 'no price liquidates it' : '',
        },
        { title: 'distance to it', unit: 'fraction', value: one.liquidationDistance, note: 'of the mark' },
        {
          title: 'distance in ATRs',
          unit: 'r',
          value: one.distanceAtr,
          note: one.distanceAtr === null ? 'needs --ohlcv' : '',
        },
        { title: 'bankruptcy price', unit: 'price', value: one.bankruptcyPrice },
        {
          title: 'settlements left',
          unit: 'count',
          value: one.fundingSettlements,
          note: 'of funding, at a flat mark',
        },
        { title: 'days left', unit: 'ratio', value: one.fundingDays },
      ],
    },
  ];
}

function bookBlocks(result: MarginResult): Block[] {
  const money = moneyUnit(result.positions[0]?.asset ?? 'USDT');
  return [
    {
      kind: 'fields',
      title: 'Book',
      fields: [
        { title: 'notional', unit: money, value: result.notional },
        { title: 'initial margin', unit: money, value: result.initialMargin },
        { title: 'maintenance margin', unit: money, value: result.maintenanceMargin },
        { title: 'available margin', unit: money, value: result.availableMargin },
        {
          title: 'lowest margin level',
          unit: 'ratio',
          value: result.marginLevel,
          note: 'the venue acts at 1',
        },
        { title: 'lowest margin remaining', unit: 'fraction', value: result.marginRemaining },
        { title: 'soonest end by funding, days', unit: 'ratio', value: result.fundingDays },
      ],
    },
    {
      kind: 'table',
      title: 'Positions',
      main: true,
      columns: [
        { key: 'symbol', title: 'symbol', unit: 'text' },
        { key: 'qty', title: 'quantity', unit: 'qty' },
        { key: 'marginMode', title: 'margin', unit: 'text' },
        { key: 'leverage', title: 'leverage', unit: 'ratio' },
        { key: 'entry', title: 'entry', unit: 'price' },
        { key: 'mark', title: 'mark', unit: 'price' },
        { key: 'notional', title: 'notional', unit: money },
        { key: 'maintenanceMargin', title: 'maintenance', unit: money },
        { key: 'marginLevel', title: 'level', unit: 'ratio' },
        { key: 'liquidationPrice', title: 'liquidation', unit: 'price' },
        { key: 'liquidationDistance', title: 'distance', unit: 'fraction' },
        { key: 'fundingDays', title: 'days left', unit: 'ratio' },
      ],
      yields: ['maintenanceMargin', 'leverage', 'entry', 'fundingDays', 'notional', 'marginMode'],
      rows: result.positions.map((one): Row => {
        const { bracket: _, ladder: __, ...row } = one;
        return { ...row, marginLevel: rounded(one.marginLevel), qty: Number(one.qty) };
      }),
    },
  ];
}

/** Four digits of a ratio are what a table needs. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}

function ladderTable({ symbol, ladder }: MarginPosition, named: boolean): Block[] {
  if (ladder.length === 0) return [];
  return [
    {
      kind: 'table',
      title: named ? `Ladder of ${symbol}` : 'Ladder on the margin that remains',
      columns: [
        { key: 'rung', title: 'remaining', unit: 'fraction' },
        { key: 'action', title: 'action', unit: 'text' },
        { key: 'price', title: 'price', unit: 'price' },
        { key: 'reached', title: 'before liquidation', unit: 'text' },
      ],
      rows: ladder.map(({ rung, action, price, reachable }) => ({
        rung,
        action,
        price,
        reached: price === null ? 'no price does it' : reachable ? 'yes' : 'no',
      })),
      tones: ladder.map(({ price, reachable }) => (reachable || price === null ? 'plain' : 'bad')),
    },
  ];
}

function methodTable({ byMethod, positions }: MarginResult): Block {
  const { position, risk, portfolio, scenario, scenarioId, reason } = byMethod;
  return {
    kind: 'table',
    title: 'Initial margin by method',
    columns: [
      { key: 'method', title: 'method', unit: 'text' },
      { key: 'amount', title: 'amount', unit: moneyUnit(positions[0]?.asset ?? 'USDT') },
      { key: 'note', title: 'how', unit: 'text' },
    ],
    rows: [
      {
        method: 'position',
        amount: position,
        note: "notional / leverage, the venue's own: it liquidates by this",
      },
      { method: 'risk', amount: risk, note: reason ?? 'normal loss of a day, position by position' },
      {
        method: 'portfolio',
        amount: portfolio,
        note: reason ?? 'normal loss of a day of the book, with offsets',
      },
      { method: 'scenario', amount: scenario, note: `loss in ${scenarioId ?? 'no shock'}` },
    ],
  };
}

function pathFields({ path }: MarginResult): Block[] {
  if (path === null) return [];
  return [
    {
      kind: 'fields',
      title: `Held through the bars, ${utcText(path.from)} to ${utcText(path.to)}`,
      fields: [
        { title: 'margin level at the end', unit: 'ratio', value: rounded(path.projectedMarginLevel) },
        { title: 'lowest margin level', unit: 'ratio', value: rounded(path.stressedMarginLevel) },
        { title: 'liquidations', unit: 'count', value: path.liquidations },
      ],
    },
  ];
}
