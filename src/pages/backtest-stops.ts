/** The stop study on paper: the level table, the curve with its target, the recommendation in one sentence. */
import type { Block, Column, Page, Row, Series, Tone } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import type { BacktestStopsResult, LevelResult } from '../studies/backtest-stops-result.ts';
import { excursionCharts, perTradeTable } from './backtest-stops-trades.ts';
import { provenanceBlocks, provenanceLine, sampleBlocks, titleOf } from './provenance.ts';

type StopReport = Report<BacktestStopsResult>;

export type StopPageOptions = {
  /** With the charts that only a graphic page can show; they need `perTrade`. */
  readonly charts: boolean;
  /** With the table of single trades. */
  readonly detail: boolean;
};

export function backtestStopsPage(report: StopReport, { charts, detail }: StopPageOptions): Page {
  const { result } = report;
  return {
    title: titleOf('Stop backtest', report),
    subtitle: subtitleOf(result),
    provenance: provenanceLine(report),
    blocks: [
      ...sampleBlocks(report, ' with --journal and --ohlcv'),
      ...tradeBlocks(result),
      levelTable(result),
      curve(result),
      ...recommendationBlocks(result),
      excursionTable(result),
      ...(charts ? excursionCharts(result) : []),
      ...breakdownTables(result),
      ...(detail ? perTradeTable(result) : []),
      ...provenanceBlocks(report),
    ],
  };
}

const stopNames: Readonly<Record<BacktestStopsResult['stop']['type'], string>> = {
  atr: 'ATR stop',
  percent: 'percent stop',
  'trailing-atr': 'trailing ATR stop',
  chandelier: 'chandelier stop',
  adaptive: 'adaptive stop',
};

function subtitleOf({ stop, levels }: BacktestStopsResult): string {
  const first = levels[0]?.multiplier;
  const last = levels.at(-1)?.multiplier;
  const range = first === last ? `${first}` : `${first} to ${last}`;
  const base = stop.type === 'percent' ? '% of entry' : `x ATR(${stop.period}, ${stop.method})`;
  const distance = stop.type === 'adaptive' ? `${range} x adaptive distance` : `${range} ${base}`;
  return `${stopNames[stop.type]} at ${distance}, trigger ${stop.trigger}, ${stop.intrabar} inside bars`;
}

function tradeBlocks({ trades }: BacktestStopsResult): Block[] {
  const fit = trades.journalFit;
  const blocks: Block[] = [
    {
      kind: 'fields',
      fields: [
        { title: 'trades judged', unit: 'count', value: trades.used, note: `of ${trades.total}` },
        { title: 'entry days', unit: 'count', value: trades.days },
        ...(fit === null
          ? []
          : [
              {
                title: 'journal prices inside their bars',
                unit: 'fraction',
                value: fit.share,
                note: `${fit.inside} of ${fit.prices}`,
              } as const,
            ]),
        { title: 'trades over bridged gaps', unit: 'count', value: trades.gapsInside },
      ],
    },
  ];
  if (trades.skipped.length > 0) {
    blocks.push({
      kind: 'table',
      title: 'Skipped trades',
      columns: [
        { key: 'reason', title: 'reason', unit: 'text' },
        { key: 'count', title: 'trades', unit: 'count' },
        { key: 'examples', title: 'for example', unit: 'text' },
      ],
      rows: trades.skipped.map(({ reason, count, examples }) => ({
        reason,
        count,
        examples: examples.join('; '),
      })),
    });
  }
  return blocks;
}

const levelColumns: readonly Column[] = [
  { key: 'multiplier', title: 'multiple', unit: 'ratio' },
  { key: 'hits', title: 'hits', unit: 'count' },
  { key: 'hitRate', title: 'hit rate', unit: 'fraction' },
  { key: 'low', title: 'low', unit: 'fraction' },
  { key: 'high', title: 'high', unit: 'fraction' },
  { key: 'hitRateOptimistic', title: 'optimistic', unit: 'fraction' },
  { key: 'hitRateUncensored', title: 'uncensored', unit: 'fraction' },
  { key: 'censored', title: 'censored', unit: 'count' },
  { key: 'stoppedWinners', title: 'winners hit', unit: 'count' },
  { key: 'gapFills', title: 'gap fills', unit: 'count' },
  { key: 'ambiguous', title: 'ambiguous', unit: 'count' },
  { key: 'meanReturn', title: 'mean return', unit: 'rate' },
  { key: 'meanReturnUnstopped', title: 'unstopped', unit: 'rate' },
  { key: 'meanStopDistance', title: 'distance', unit: 'fraction' },
  { key: 'beyondLiquidation', title: 'beyond liq.', unit: 'fraction' },
  { key: 'liquidated', title: 'liquidated', unit: 'count' },
  { key: 'meanReturnOnMargin', title: 'on margin', unit: 'fraction' },
  { key: 'verdict', title: 'verdict', unit: 'text' },
];

const leverageKeys = ['beyondLiquidation', 'liquidated', 'meanReturnOnMargin'];

const verdictTones: Readonly<Record<LevelResult['verdict'], Tone>> = {
  keep: 'good',
  increase: 'bad',
  inconclusive: 'plain',
};

function levelTable({ levels, recommendedMultiplier }: BacktestStopsResult): Block {
  const leveraged = levels.some(({ beyondLiquidation }) => beyondLiquidation !== null);
  return {
    kind: 'table',
    title: 'Levels',
    main: true,
    columns: levelColumns.filter(({ key }) => leveraged || !leverageKeys.includes(key)),
    yields: [
      'ambiguous',
      'gapFills',
      'meanStopDistance',
      'stoppedWinners',
      'censored',
      'meanReturnUnstopped',
      'liquidated',
      'hits',
      'hitRateUncensored',
      'hitRateOptimistic',
    ],
    rows: levels.map((level) => levelRow(level, recommendedMultiplier)),
    tones: levels.map(({ verdict }) => verdictTones[verdict]),
  };
}

function levelRow(level: LevelResult, recommended: number | null): Row {
  const {
    hitRateInterval,
    hitRateUncensoredInterval: _,
    hitRateUncensoredReason: __,
    verdict,
    ...numbers
  } = level;
  return {
    ...numbers,
    low: hitRateInterval.low,
    high: hitRateInterval.high,
    verdict: level.multiplier === recommended ? `${verdict}, recommended` : verdict,
  };
}

function curve({ stop, curve: points, targetHitRate, recommendedMultiplier }: BacktestStopsResult): Block {
  const line = (value: (point: BacktestStopsResult['curve'][number]) => number | null) =>
    points.flatMap((point) => {
      const y = value(point);
      return y === null ? [] : [point.multiplier, y];
    });
  const series: Series[] = [
    {
      name: `hit rate (${stop.intrabar})`,
      style: 'line',
      points: line(({ hitRate }) => hitRate),
      band: points.flatMap(({ multiplier, low, high }) =>
        low === null || high === null ? [] : [multiplier, low, high],
      ),
    },
    {
      name: 'optimistic',
      style: 'line',
      tone: 'dim',
      points: line(({ hitRateOptimistic }) => hitRateOptimistic),
      band: points.flatMap(({ multiplier, hitRate, hitRateOptimistic }) => [
        multiplier,
        hitRateOptimistic,
        hitRate,
      ]),
    },
    {
      name: 'uncensored (Kaplan-Meier)',
      style: 'line',
      tone: 'good',
      points: line(({ hitRateUncensored }) => hitRateUncensored),
    },
  ];
  return {
    kind: 'lines',
    title: 'Hit rate by stop multiple',
    x: { title: 'multiple', unit: 'ratio' },
    y: { title: 'hit rate', unit: 'fraction' },
    series,
    marks: [
      { axis: 'y', at: targetHitRate, label: 'target' },
      ...(recommendedMultiplier === null
        ? []
        : [{ axis: 'x', at: recommendedMultiplier, label: 'recommended' } as const]),
    ],
    note: 'Bands: 95 % interval over entry days; between optimistic and pessimistic lies what a bar does not tell.',
  };
}

function recommendationBlocks(result: BacktestStopsResult): Block[] {
  const {
    recommendedMultiplier,
    recommendedMultiplierReason: why,
    robustMultiplier,
    largestSafeMultiplier,
  } = result;
  const text =
    recommendedMultiplier === null
      ? `No multiple is recommended: ${why}.`
      : `Recommended: ${recommendedMultiplier}, ${why}.`;
  const robust =
    robustMultiplier === null
      ? `None is robust: ${result.robustMultiplierReason}.`
      : `Robust: ${robustMultiplier}, ${result.robustMultiplierReason}.`;
  const blocks: Block[] = [
    { kind: 'text', tone: recommendedMultiplier === null ? 'bad' : 'good', text },
    { kind: 'text', text: robust },
  ];
  if (result.levels.some(({ beyondLiquidation }) => beyondLiquidation !== null)) {
    const safe = largestSafeMultiplier === null ? 'none' : `${largestSafeMultiplier}`;
    blocks.push({
      kind: 'text',
      text: `Largest multiple inside liquidation: ${safe}, ${result.largestSafeMultiplierReason}.`,
    });
  }
  return blocks;
}

function excursionTable({ excursion }: BacktestStopsResult): Block {
  const row = (title: string, quantiles: BacktestStopsResult['excursion']['maeAtr']) => ({
    title,
    ...quantiles,
  });
  return {
    kind: 'table',
    title: `Excursions in units of the stop (${excursion.unit})`,
    columns: [
      { key: 'title', title: '', unit: 'text' },
      ...(['p50', 'p75', 'p90', 'p95', 'p99'] as const).map((key) => ({
        key,
        title: key,
        unit: 'r' as const,
      })),
    ],
    rows: [
      row('adverse (MAE, all bars touched)', excursion.maeAtr),
      row('adverse of winners', excursion.maeAtrOfWinners),
      row('favourable (MFE, whole bars)', excursion.mfeAtr),
    ],
  };
}

function breakdownTables({ breakdowns }: BacktestStopsResult): Block[] {
  return breakdowns.map(({ by, multiplier, rows }) => ({
    kind: 'table',
    title: `By ${by}, at ${multiplier}`,
    columns: [
      { key: 'key', title: by, unit: 'text' },
      { key: 'trades', title: 'trades', unit: 'count' },
      { key: 'hits', title: 'hits', unit: 'count' },
      { key: 'hitRate', title: 'hit rate', unit: 'fraction' },
      { key: 'low', title: 'low (iid)', unit: 'fraction' },
      { key: 'high', title: 'high (iid)', unit: 'fraction' },
      { key: 'meanReturn', title: 'mean return', unit: 'rate' },
      { key: 'meanReturnUnstopped', title: 'unstopped', unit: 'rate' },
    ],
    rows: rows.map(({ iid, ...row }) => ({ ...row, ...iid })),
  }));
}
