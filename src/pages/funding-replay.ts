/** Recorded rates over a position on paper: the two P&Ls apart, the drain, the breaker, and the liquidation price on its way. */
import type { Block, LinesBlock, Mark, Page, Row } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import { formatCell } from '../report/format.ts';
import type { FundingReplayResult, FundingRun } from '../studies/funding-replay-result.ts';
import { breakerBlocks } from './funding-replay-breaker.ts';
import { nameOf, sideColumns, wayOf } from './funding-sides.ts';
import { moneyUnit } from './money-unit.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';

export type FundingReplayPageOptions = { readonly charts: boolean; readonly detail: boolean };

/** Marks on a chart; more of them cover it. */
const MARKS_MAX = 4;
/** Acts of the breaker and months of rates that the table without --detail tells. */
const SHOWN = 12;

export function fundingReplayPage(
  report: Report<FundingReplayResult>,
  { charts, detail }: FundingReplayPageOptions,
): Page {
  const { result } = report;
  const most = charts || detail ? Number.POSITIVE_INFINITY : SHOWN;
  return {
    title: titleOf('Funding replay', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --funding and --ohlcv'),
      resultTable(result),
      ...liquidationBlocks(result),
      fundingTable(result),
      ...reasonBlocks(result),
      ...breakerBlocks(result, most),
      rateFields(result),
      ...changeBlocks(result),
      ...monthTable(result, most),
      ...result.runs.flatMap((run) => [...pnlLines(result, run), ...priceLines(result, run)]),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ symbol, contract, leverage, notional, entry, from, to }: FundingReplayResult): string {
  const quantity = contract === 'linear' ? 'quote' : 'quote, settled in coin';
  return `${symbol} ${contract}, ${formatCell('whole', notional)} ${quantity} at ${formatCell('ratio', leverage)}x isolated, entered at ${formatCell('price', entry)}; ${utcText(from)} to ${utcText(to)}`;
}

function resultTable({ runs, asset }: FundingReplayResult): Block {
  const unit = moneyUnit(asset);
  return {
    kind: 'table',
    title: `Mark and funding, ${asset}`,
    main: true,
    columns: [
      ...sideColumns,
      { key: 'margin', title: 'margin', unit },
      { key: 'markPnl', title: 'mark P&L', unit },
      { key: 'funding', title: 'funding P&L', unit },
      { key: 'cost', title: 'trading', unit },
      { key: 'liquidationFee', title: 'liq. fee', unit },
      { key: 'endEquity', title: 'end equity', unit },
      { key: 'fundingShare', title: 'funding share', unit: 'fraction' },
    ],
    yields: ['liquidationFee', 'cost', 'way', 'margin'],
    tones: runs.map(({ liquidation }) => (liquidation === null ? 'plain' : 'bad')),
    rows: runs.map((run): Row => {
      const { margin, markPnl, funding, cost, liquidationFee, endEquity, fundingShare, direction } = run;
      return {
        direction,
        way: wayOf(run),
        margin,
        markPnl,
        funding,
        cost,
        liquidationFee,
        endEquity,
        fundingShare,
      };
    }),
  };
}

function liquidationBlocks({ runs, asset }: FundingReplayResult): Block[] {
  return runs.flatMap((run): Block[] => {
    const { liquidation } = run;
    if (liquidation === null) return [];
    const { time, cause, price } = liquidation;
    const how =
      cause === 'price'
        ? `the price reached ${formatCell('price', price)}`
        : `funding took its margin, the mark at ${formatCell('price', price)}`;
    const short =
      Number(run.shortfall) > 0
        ? ` The venue bears ${formatCell(moneyUnit(asset), run.shortfall)} ${asset} beyond its margin.`
        : '';
    const text = `${nameOf(run)}: liquidated ${utcText(time)}, ${how}. Its figures end there.${short}`;
    return [{ kind: 'text', tone: 'bad', text }];
  });
}

function fundingTable({ runs }: FundingReplayResult): Block {
  return {
    kind: 'table',
    title: 'Funding',
    columns: [
      ...sideColumns,
      { key: 'fundingOfNotional', title: 'of notional', unit: 'fraction' },
      { key: 'fundingOfMargin', title: 'of margin', unit: 'fraction' },
      { key: 'worst7d', title: 'worst 7 d', unit: 'fraction' },
      { key: 'worst30d', title: 'worst 30 d', unit: 'fraction' },
      { key: 'breakEvenDrift', title: 'break-even', unit: 'fraction' },
      { key: 'breakEvenDriftPerDay', title: 'a day', unit: 'rate' },
      { key: 'firstLiquidationPrice', title: 'liq. at entry', unit: 'price' },
      { key: 'lastLiquidationPrice', title: 'liq. at end', unit: 'price' },
    ],
    yields: ['breakEvenDriftPerDay', 'way', 'firstLiquidationPrice'],
    rows: runs.map((run): Row => {
      const { worst7d, worst30d, liquidation: _, breaker: __, curve: ___, ...rest } = run;
      return {
        ...rest,
        way: wayOf(run),
        worst7d: worst7d?.ofNotional ?? null,
        worst30d: worst30d?.ofNotional ?? null,
        firstLiquidationPrice: priceText(run.firstLiquidationPrice),
        lastLiquidationPrice: priceText(run.lastLiquidationPrice),
      };
    }),
  };
}

/** Six digits that count are what a table needs. */
function priceText(price: number | null): number | null {
  return price === null ? null : Number(price.toPrecision(6));
}

function reasonBlocks({ runs }: FundingReplayResult): Block[] {
  const reasons = runs.flatMap((run) =>
    [
      ['worst 7 d', run.worst7dReason],
      ['worst 30 d', run.worst30dReason],
    ].flatMap(([what, why]) => (why === null ? [] : [`${nameOf(run)}, ${what}: ${why}`])),
  );
  const worst = runs.flatMap((run) => {
    const { worst7d, worst30d } = run;
    const at = (days: number, one: FundingRun['worst7d']) =>
      one === null ? [] : [`${days} d ${utcText(one.from)} to ${utcText(one.to)}`];
    const both = [...at(7, worst7d), ...at(30, worst30d)];
    return both.length === 0 ? [] : [`${nameOf(run)}, worst: ${both.join('; ')}`];
  });
  const meaning =
    'break-even: the move of the price that brings what funding took, at constant leverage the drift that keeps the equity; worst: of the notional at entry; liq.: the liquidation price.';
  return [...worst, ...reasons, meaning].map((text): Block => ({ kind: 'text', tone: 'dim', text }));
}

function rateFields({ rates, tradeCost, terms, marks }: FundingReplayResult): Block {
  const { settlements, sum, mean8h, lowest, highest, cap, atCap, capReason } = rates;
  return {
    kind: 'fields',
    title: 'Rates',
    fields: [
      { title: 'settlements', unit: 'count', value: settlements, note: `marks: ${marks}` },
      { title: 'their sum', unit: 'rate', value: sum, note: 'what a long of one constant notional pays' },
      { title: 'mean per 8 h', unit: 'rate', value: mean8h },
      { title: 'lowest', unit: 'rate', value: lowest.rate, note: timesText(lowest.count) },
      { title: 'highest', unit: 'rate', value: highest.rate, note: timesText(highest.count) },
      {
        title: 'cap',
        unit: 'rate',
        value: cap,
        note: cap === null ? (capReason ?? '') : `of ${terms}; at it or beyond ${timesText(atCap ?? 0)}`,
      },
      {
        title: 'cost of a trade',
        unit: 'rate',
        value: tradeCost,
        note: 'taker fee and half the spread; no impact',
      },
    ],
  };
}

function timesText(count: number): string {
  return count === 1 ? 'once' : `${formatCell('count', count)} times`;
}

function changeBlocks({ rates }: FundingReplayResult): Block[] {
  const changes = rates.intervalChanges.map(
    ({ time, from, to }) =>
      `${utcText(time)} from ${formatCell('duration', from)} to ${formatCell('duration', to)}`,
  );
  const every = `Settled every ${formatCell('duration', rates.interval)}`;
  const text = changes.length === 0 ? `${every} throughout.` : `${every} at first; ${changes.join('; ')}.`;
  return [{ kind: 'text', text }];
}

function monthTable({ rates }: FundingReplayResult, most: number): Block[] {
  const { months } = rates;
  const shown = months.slice(-Math.min(months.length, most));
  const more = shown.length < months.length ? ` (${months.length - shown.length} before with --detail)` : '';
  return [
    {
      kind: 'table',
      title: `Sums of rates by month${more}; + longs pay`,
      columns: [
        { key: 'month', title: 'month', unit: 'text' },
        { key: 'settlements', title: 'settlements', unit: 'count' },
        { key: 'sum', title: 'sum', unit: 'rate' },
      ],
      rows: shown,
    },
  ];
}

function pnlLines({ asset }: FundingReplayResult, run: FundingRun): LinesBlock[] {
  const { curve, breaker } = run;
  if (curve.length < 3) return [];
  const points = (key: 'markPnl' | 'funding') => curve.flatMap((point) => [point.time, point[key]]);
  const marks = (breaker?.acts ?? []).slice(0, MARKS_MAX).map(({ left }): Mark => {
    return { axis: 'x', at: left, label: `breaker: ${breaker?.action}` };
  });
  return [
    {
      kind: 'lines',
      title: `${nameOf(run)}: cumulative P&L, ${asset}`,
      x: { title: 'time', unit: 'time' },
      y: { title: 'P&L', unit: moneyUnit(asset) },
      series: [
        { name: 'mark', style: 'line', points: points('markPnl') },
        { name: 'funding', style: 'line', points: points('funding'), tone: 'warn' },
      ],
      marks,
    },
  ];
}

function priceLines({ entry }: FundingReplayResult, run: FundingRun): LinesBlock[] {
  const { curve, liquidation } = run;
  const prices = curve.flatMap(({ time, liquidationPrice }) =>
    liquidationPrice === null ? [] : [time, liquidationPrice],
  );
  if (curve.length < 3 || prices.length < 6) return [];
  const ended: Mark[] =
    liquidation === null ? [] : [{ axis: 'x', at: liquidation.time, label: 'liquidated' }];
  return [
    {
      kind: 'lines',
      title: `${nameOf(run)}: liquidation price against the mark`,
      x: { title: 'time', unit: 'time' },
      y: { title: 'price', unit: 'price' },
      series: [
        { name: 'mark', style: 'line', points: curve.flatMap(({ time, mark }) => [time, mark]) },
        { name: 'liquidation price', style: 'line', points: prices, tone: 'bad' },
      ],
      marks: [{ axis: 'y', at: entry, label: 'entry' }, ...ended],
    },
  ];
}
