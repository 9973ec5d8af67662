/** The breaker over a history on paper: the best cell beside its rivals, the net of every cell, and what it is made of. */
import type { Block, HeatmapBlock, Page, Row } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../model/utc-text.ts';
import { formatCell } from '../report/format.ts';
import type { BreakerRun, FundingBreakerResult } from '../studies/funding-breaker-result.ts';
import { nameOf, sideColumns, wayOf } from './funding-sides.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';

export type FundingBreakerPageOptions = { readonly charts: boolean; readonly detail: boolean };

export function fundingBreakerPage(
  report: Report<FundingBreakerResult>,
  { charts, detail }: FundingBreakerPageOptions,
): Page {
  const { result } = report;
  return {
    title: titleOf('Funding breaker over a history', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --funding and --ohlcv'),
      ...result.runs.flatMap((run) => runBlocks(run, result)),
      ...meaningBlocks(result),
      ...(detail || charts ? [cellTable(result)] : []),
      ...provenanceBlocks(report),
    ],
  };
}

function subtitleOf({ symbol, contract, from, to, settlements, action }: FundingBreakerResult): string {
  return `${symbol} ${contract}, ${formatCell('count', settlements)} settlements from ${utcText(from)} to ${utcText(to)}; the breaker acts by ${action}; fractions of the notional`;
}

const rateText = (rate: number) => formatCell('rate', rate);

function runBlocks(run: BreakerRun, result: FundingBreakerResult): Block[] {
  const { held, best } = run;
  const own = run.cells.find(
    ({ threshold, periods }) => threshold === best?.threshold && periods === best.periods,
  );
  return [
    {
      kind: 'fields',
      title: nameOf(run),
      fields: [
        { title: 'mark P&L, held', unit: 'fraction', value: held.markPnl },
        { title: 'funding P&L, held', unit: 'fraction', value: held.funding },
        {
          title: 'best threshold',
          unit: 'rate',
          value: best?.threshold ?? null,
          note: best === null ? 'no cell acts' : `per 8 h, ${timesText(best.periods)}`,
        },
        ...(own === undefined
          ? []
          : ([
              {
                title: 'acts',
                unit: 'count',
                value: own.triggers,
                note: `${own.settlementsAway} settlements away`,
              },
              { title: 'funding saved', unit: 'fraction', value: own.fundingSaved },
              {
                title: 'mark missed',
                unit: 'fraction',
                value: own.markPnlMissed,
                note: '- is a loss avoided',
              },
              { title: 'leaving', unit: 'fraction', value: own.exitCost },
              { title: 'coming back', unit: 'fraction', value: own.reentryCost },
              { title: 'net', unit: 'fraction', value: own.net },
              {
                title: 'reality check p',
                unit: 'r',
                value: run.realityCheckPValue,
                note:
                  run.realityCheckPValue === null
                    ? 'the history is too short'
                    : `of the best of ${run.cells.length} cells being luck`,
              },
            ] as const)),
      ],
    },
    { kind: 'text', tone: toneOf(run), text: `${run.verdict}: ${run.reason}.` },
    ...comparisonTable(run, result),
    ...heatmap(run, result),
  ];
}

function toneOf({ verdict }: BreakerRun) {
  return verdict === 'better-than-none' ? 'good' : 'warn';
}

function timesText(periods: number): string {
  return periods === 1 ? 'at once' : `${periods} in a row`;
}

function comparisonTable(run: BreakerRun, { intervalLevel }: FundingBreakerResult): Block[] {
  if (run.comparisons.length === 0) return [];
  const level = formatCell('fraction', intervalLevel).replace('.00', '');
  return [
    {
      kind: 'table',
      title: `The best cell against others: net less net, ${level} interval`,
      columns: [
        { key: 'against', title: 'against', unit: 'text' },
        { key: 'threshold', title: 'threshold', unit: 'rate' },
        { key: 'periods', title: 'in a row', unit: 'count' },
        { key: 'difference', title: 'better by', unit: 'fraction' },
        { key: 'low', title: 'low', unit: 'fraction' },
        { key: 'high', title: 'high', unit: 'fraction' },
        { key: 'pValue', title: 'p', unit: 'r' },
        { key: 'apart', title: 'apart', unit: 'text' },
      ],
      yields: ['pValue'],
      rows: run.comparisons.map(
        ({ differenceInterval, distinguishable, against, ...rest }): Row => ({
          ...rest,
          against: against === 'none' ? 'no breaker' : against,
          low: differenceInterval?.[0] ?? null,
          high: differenceInterval?.[1] ?? null,
          apart: distinguishable === null ? null : distinguishable ? 'yes' : 'no',
        }),
      ),
    },
    {
      kind: 'text',
      tone: 'dim',
      text: `"Apart" is a p below ${formatCell('fraction', 1 - intervalLevel).replace('.00', '')} and an interval without 0. The best cell was chosen because it came first, which no interval here knows, and the reality check does: it draws the best of all cells anew (White 2000), against no breaker alone.`,
    },
  ];
}

/** The net of every cell that acts, without the thresholds at which none does. */
function heatmap(run: BreakerRun, { thresholds, periods }: FundingBreakerResult): HeatmapBlock[] {
  if (run.best === null) return [];
  const rows = thresholds.map((threshold, t) => ({
    name: rateText(threshold),
    values: periods.map((_, p) => {
      const cell = run.cells[t * periods.length + p];
      return cell === undefined || cell.triggers === 0 ? null : cell.net;
    }),
  }));
  const last = rows.findLastIndex(({ values }) => values.some((value) => value !== null));
  const quiet = rows.length - 1 - last;
  const above = quiet === 0 ? '' : ` Above ${rows[last]?.name ?? ''} none acts.`;
  return [
    {
      kind: 'heatmap',
      title: `${nameOf(run)}: net by threshold and settlements in a row`,
      corner: 'threshold',
      unit: 'fraction',
      columns: periods.map(timesText),
      rows: rows.slice(0, last + 1),
      note: `P&L with the breaker less P&L without, a fraction of the notional; a dash: it never acts.${above}`,
    },
  ];
}

function meaningBlocks({ tradeCost, meanBlock }: FundingBreakerResult): Block[] {
  const text = `It acts after the settlement that completes the count has been paid, and comes back after one that it would not have minded. Each trade costs ${rateText(tradeCost)} of what is traded (taker fee and half the spread, no impact); it takes no time, and nobody is liquidated. Blocks of ${meanBlock} settlements on average are drawn, the same for both sides of a comparison.`;
  return [{ kind: 'text', tone: 'dim', text }];
}

function cellTable({ runs }: FundingBreakerResult): Block {
  return {
    kind: 'table',
    title: 'Every cell',
    main: true,
    columns: [
      ...sideColumns,
      { key: 'threshold', title: 'threshold', unit: 'rate' },
      { key: 'periods', title: 'in a row', unit: 'count' },
      { key: 'triggers', title: 'acts', unit: 'count' },
      { key: 'settlementsAway', title: 'away', unit: 'count' },
      { key: 'fundingSaved', title: 'funding saved', unit: 'fraction' },
      { key: 'markPnlMissed', title: 'mark missed', unit: 'fraction' },
      { key: 'exitCost', title: 'leaving', unit: 'fraction' },
      { key: 'reentryCost', title: 'coming back', unit: 'fraction' },
      { key: 'net', title: 'net', unit: 'fraction' },
    ],
    yields: ['way', 'settlementsAway', 'reentryCost', 'exitCost'],
    rows: runs.flatMap((run) =>
      run.cells.map((cell): Row => ({ direction: run.direction, way: wayOf(run), ...cell })),
    ),
  };
}
