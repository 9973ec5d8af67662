/** How long funding leaves a margin, on paper: a line a leverage, the document's table beside it, prices by week. */
import type { Block, Column, LinesBlock, Page, Row } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { formatCell } from '../report/format.ts';
import type { FundingTableResult, FundingTableRow } from '../studies/funding-table-result.ts';
import { provenanceBlocks, provenanceLine } from './provenance.ts';

export type FundingTablePageOptions = { readonly charts: boolean; readonly detail: boolean };

/** Weeks that the table without --detail tells. */
const WEEKS_SHOWN = 8;

export function fundingTablePage(
  report: Report<FundingTableResult>,
  { charts, detail }: FundingTablePageOptions,
): Page {
  const { result } = report;
  return {
    title: 'Days until funding liquidates',
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      mainTable(result),
      ...remarks(result),
      ...documentBlocks(result),
      ...weekTable(result, charts || detail ? Number.POSITIVE_INFINITY : WEEKS_SHOWN),
      ...(charts ? priceLines(result) : []),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ rate, per, mmr, contract, entry }: FundingTableResult): string {
  const who = rate < 0 ? 'shorts pay' : 'longs pay';
  const parts = [
    `${formatCell('rate', Math.abs(rate))} every ${formatCell('duration', per)}, ${who}`,
    `maintenance ${formatCell('fraction', mmr)}`,
    `${contract}, isolated, the mark stays at ${formatCell('price', entry)}`,
  ];
  return parts.join('; ');
}

function mainTable({ rows, rate }: FundingTableResult): Block {
  const sides = new Set(rows.map(({ direction }) => direction)).size;
  const fine = Math.abs(rate) < 0.0001 ? 'rate' : 'fraction';
  return {
    kind: 'table',
    main: true,
    columns: [
      ...(sides > 1 ? [{ key: 'direction', title: 'side', unit: 'text' } as const] : []),
      { key: 'leverage', title: 'leverage', unit: 'ratio' },
      { key: 'marginBuffer', title: 'buffer', unit: 'fraction' },
      { key: 'liquidationDistance', title: 'distance', unit: 'fraction' },
      { key: 'drainPerDayNotional', title: 'a day, notional', unit: fine },
      { key: 'drainPerDayMargin', title: 'a day, margin', unit: fine },
      { key: 'settlements', title: 'settlements', unit: 'count' },
      { key: 'days', title: 'days', unit: 'r' },
      { key: 'documentDays', title: 'S2 prints', unit: 'count' },
    ],
    yields: ['liquidationDistance', 'documentDays'],
    rows: rows.map((row): Row => {
      const { liquidationPriceByWeek: _, reason: __, ...cells } = row;
      return cells;
    }),
  };
}

function remarks({ rows }: FundingTableResult): Block[] {
  const reasons = rows.flatMap(({ direction, leverage, reason }) =>
    reason === null ? [] : [`${direction} ${formatCell('ratio', leverage)}x ${reason}`],
  );
  const text =
    'buffer: (equity - maintenance) / notional; distance: of the price. Size stays as it is and nothing is added; in practice the price ends most positions before.';
  return [
    ...reasons.map((one): Block => ({ kind: 'text', tone: 'warn', text: one })),
    { kind: 'text', tone: 'dim', text },
  ];
}

function documentBlocks({ document, rows, rate, per }: FundingTableResult): Block[] {
  const right = (leverage: number) =>
    rows.find((row) => row.leverage === leverage && row.days !== null)?.days ?? null;
  const at = `at ${formatCell('rate', Math.abs(rate))} per ${formatCell('duration', per)}`;
  return [
    {
      kind: 'table',
      title: 'The table of S2 (Understanding perpetual funding risk) beside it',
      columns: [
        { key: 'leverage', title: 'leverage', unit: 'ratio' },
        { key: 'liquidationAt', title: 'liquidation at', unit: 'fraction' },
        { key: 'drainPerDay', title: 'drain a day', unit: 'fraction' },
        { key: 'days', title: 'days', unit: 'count' },
        { key: 'ownDays', title: 'its columns give', unit: 'r' },
        { key: 'impliedDrainPerDay', title: 'days mean, a day', unit: 'fraction' },
        { key: 'right', title: `days ${at}`, unit: 'r' },
      ],
      yields: ['liquidationAt', 'drainPerDay'],
      rows: document.rows.map((row): Row => ({ ...row, right: right(row.leverage) })),
    },
    { kind: 'text', text: document.reason },
  ];
}

const nameOf = ({ direction, leverage }: FundingTableRow, several: boolean) =>
  `${several ? `${direction} ` : ''}${formatCell('ratio', leverage)}x`;

function weekTable({ rows }: FundingTableResult, most: number): Block[] {
  const several = new Set(rows.map(({ direction }) => direction)).size > 1;
  const longest = Math.max(0, ...rows.map(({ liquidationPriceByWeek }) => liquidationPriceByWeek.length));
  const weeks = Math.min(longest, most);
  if (weeks === 0) return [];
  const columns = rows.map((row, i): Column => {
    return { key: String(i), title: nameOf(row, several), unit: 'price' };
  });
  const more = weeks < longest ? ` (${longest - weeks} more with --detail)` : '';
  return [
    {
      kind: 'table',
      title: `Liquidation price after each week${more}; a dash: liquidated, or no price liquidates`,
      columns: [{ key: 'week', title: 'week', unit: 'count' }, ...columns],
      yields: columns.map(({ key }) => key).reverse(),
      rows: Array.from({ length: weeks }, (_, week): Row => {
        const prices = rows.map((row, i) => [String(i), rounded(row.liquidationPriceByWeek[week] ?? null)]);
        return { week: week + 1, ...Object.fromEntries(prices) };
      }),
    },
  ];
}

/** Six digits that count are what a table needs. */
function rounded(price: number | null): number | null {
  return price === null ? null : Number(price.toPrecision(6));
}

function priceLines({ rows, entry }: FundingTableResult): LinesBlock[] {
  const several = new Set(rows.map(({ direction }) => direction)).size > 1;
  const series = rows.flatMap((row) => {
    const points = row.liquidationPriceByWeek.flatMap((price, i) => (price === null ? [] : [i + 1, price]));
    return points.length < 4 ? [] : [{ name: nameOf(row, several), style: 'line' as const, points }];
  });
  if (series.length === 0) return [];
  return [
    {
      kind: 'lines',
      title: 'Liquidation price by week',
      x: { title: 'weeks', unit: 'count' },
      y: { title: 'price', unit: 'price' },
      series,
      marks: [{ axis: 'y', at: entry, label: 'mark' }],
    },
  ];
}
