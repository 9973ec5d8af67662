/** The backtest of value at risk on paper: what the tests say, which method was best, and the forecasts against what came. */
import type { Block, Cell, LinesBlock, Row, TableBlock, Tone } from '../model/page.ts';
import { formatCell } from '../report/format.ts';
import type { BacktestRow, RankingRow } from '../studies/var/backtest-result.ts';
import { MOST_REFUSED, REPLICATES } from '../studies/var/backtest-row.ts';

/** p-values below it reject. */
const SIGNIFICANCE = 0.05;

/** The parts of a report that tell of its backtest; no blocks where none was asked for. */
export function backtestBlocks(
  {
    backtests,
    ranking,
  }: { readonly backtests: readonly BacktestRow[]; readonly ranking: readonly RankingRow[] },
  charts: boolean,
): Block[] {
  if (backtests.length === 0) return [];
  return [
    testTable(backtests),
    {
      kind: 'text',
      tone: 'dim',
      text: 'An exception is a day whose loss was beyond the VaR that the window before it gave. A p-value below 5 % rejects: coverage asks whether exceptions are as many as they should be, joint also whether one makes another on the next day, spacing whether they cluster over more days; ES asks whether losses beyond VaR were as large as said. Power is the probability that the test of coverage sees twice the exceptions.',
    },
    ...reasonBlocks(backtests),
    ...rankingTables(ranking),
    ...(charts ? chartsOf(backtests) : []),
  ];
}

function testTable(backtests: readonly BacktestRow[]): TableBlock {
  return {
    kind: 'table',
    title: 'Backtest, each forecast made of the window before its day',
    columns: [
      { key: 'method', title: 'method', unit: 'text' },
      { key: 'confidence', title: 'at', unit: 'text' },
      { key: 'n', title: 'days', unit: 'count' },
      { key: 'exceptions', title: 'beyond', unit: 'count' },
      { key: 'expected', title: 'expected', unit: 'ratio' },
      { key: 'coverage', title: 'p coverage', unit: 'fraction' },
      { key: 'joint', title: 'p joint', unit: 'fraction' },
      { key: 'spacing', title: 'p spacing', unit: 'fraction' },
      { key: 'es', title: 'p ES', unit: 'fraction' },
      { key: 'light', title: 'Basel', unit: 'text' },
      { key: 'power', title: 'power', unit: 'fraction' },
      { key: 'verdict', title: 'verdict', unit: 'text' },
    ],
    // Not those that can decide the verdict.
    yields: ['spacing', 'power', 'light', 'n', 'expected'],
    rows: backtests.map(
      (row): Row => ({
        method: row.method,
        confidence: levelText(row.confidence),
        n: row.n,
        exceptions: row.exceptions,
        expected: Math.round(row.expected * 10) / 10,
        coverage: pText(row.kupiec?.pValue),
        joint: pText(row.conditional?.pValue),
        spacing: simulatedText(row.duration?.pValue),
        es: simulatedText(row.acerbiSzekely?.pValue),
        light: row.trafficLight?.zone ?? null,
        power: row.power,
        verdict: verdictText(row),
      }),
    ),
    tones: backtests.map(({ verdict }) => verdictTones[verdict]),
  };
}

/** Below a ten-thousandth digits say nothing, and take the room of what does. */
const LEAST_P = 1e-4;

function pText(value: number | null | undefined): Cell {
  if (value === undefined) return null;
  return value !== null && value < LEAST_P ? `< ${formatCell('fraction', LEAST_P)}` : value;
}

/** None of the simulations went so far: more of them could find less. */
function simulatedText(value: number | null | undefined): Cell {
  if (value === undefined || value === null) return null;
  return value * (REPLICATES + 1) < 1.5 ? `at most ${formatCell('fraction', value)}` : value;
}

const verdictTones: { readonly [verdict in BacktestRow['verdict']]: Tone } = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'warn',
};

/** 99 %, 97.5 %: without the zeros of a fraction that was measured. */
function levelText(confidence: number): string {
  return `${Math.round(confidence * 1e6) / 1e4} %`;
}

/** The verdict with what decided it; it is of the VaR, so a pass says where the ES was too small all the same. */
export function verdictText(row: BacktestRow): string {
  const { verdict, n, refused, doubtful, exceptions, expected, kupiec, christoffersen } = row;
  switch (verdict) {
    case 'pass':
      return (row.acerbiSzekely?.pValue ?? 1) < SIGNIFICANCE ? 'pass, but ES too small' : 'pass';
    case 'fail':
      if (kupiec !== null && kupiec.pValue < SIGNIFICANCE)
        return exceptions > expected ? 'fail: too many' : 'fail: too few';
      return christoffersen !== null && christoffersen.pValue < SIGNIFICANCE
        ? 'fail: one tells the next'
        : 'fail: number and order together';
    case 'inconclusive':
      if (n === 0) return 'inconclusive: no forecast';
      if (refused + doubtful > MOST_REFUSED * (n + refused))
        return refused > doubtful ? 'inconclusive: silent too often' : 'inconclusive: not valid';
      return 'inconclusive: too few days';
  }
}

/** One line for each thing that is lacking, with all who lack it. */
function reasonBlocks(backtests: readonly BacktestRow[]): Block[] {
  const told = backtests.filter(({ reason }) => reason !== null);
  const byMethod = grouped(
    told,
    ({ method, reason }) => `${method}\n${reason}`,
    ({ confidence }) => levelText(confidence),
  );
  const byLevels = grouped(
    [...byMethod],
    ([key, levels]) => `${levels.join(' and ')}\n${key.slice(key.indexOf('\n') + 1)}`,
    ([key]) => key.slice(0, key.indexOf('\n')),
  );
  return Array.from(byLevels, ([key, methods]): Block => {
    const [levels = '', reason = ''] = key.split('\n');
    return { kind: 'text', tone: 'warn', text: `${methods.join(', ')} at ${levels}: ${reason}.` };
  });
}

function grouped<T>(
  rows: readonly T[],
  key: (row: T) => string,
  name: (row: T) => string,
): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), name(row)]);
  return groups;
}

function rankingTables(ranking: readonly RankingRow[]): Block[] {
  return [...new Set(ranking.map(({ confidence }) => confidence))].map((level): Block => {
    const rows = ranking.filter(({ confidence }) => confidence === level);
    const days = rows.find(({ rank }) => rank === 1)?.n;
    const over =
      days === undefined ? '' : `, over ${formatCell('count', days)} days that each of them forecast`;
    return {
      kind: 'table',
      title: `Which forecast VaR and ES best at ${levelText(level)}${over}`,
      columns: [
        { key: 'rank', title: 'rank', unit: 'count' },
        { key: 'method', title: 'method', unit: 'text' },
        { key: 'score', title: 'FZ0', unit: 'r' },
        { key: 'difference', title: 'worse by', unit: 'r' },
        { key: 'pValue', title: 'p', unit: 'fraction' },
        { key: 'words', title: 'against the best', unit: 'text' },
      ],
      yields: ['difference'],
      rows: rows.map(({ rank, method, score, difference, pValue, reason }) => ({
        rank,
        method,
        score,
        difference: rank === 1 ? null : difference,
        pValue: pText(pValue),
        words: rank === 1 ? 'lowest mean score' : (reason ?? chanceText(pValue)),
      })),
      tones: rows.map(({ rank }) => (rank === null ? 'dim' : 'plain')),
    };
  });
}

function chanceText(pValue: number | null): string {
  if (pValue === null) return 'cannot be told';
  return pValue < SIGNIFICANCE ? 'worse by more than chance' : 'may be as good';
}

/** Of every method at the highest confidence. */
function chartsOf(backtests: readonly BacktestRow[]): LinesBlock[] {
  const highest = Math.max(...backtests.map(({ confidence }) => confidence));
  return backtests
    .filter(({ confidence, series }) => confidence === highest && series.length > 0)
    .map(({ method, confidence, series, exceptionDays }) => ({
      kind: 'lines',
      title: `${method}: VaR and ES at ${levelText(confidence)} against the returns that came`,
      x: { title: 'time', unit: 'time' },
      y: { title: 'return of the book', unit: 'fraction' },
      series: [
        { name: 'beyond VaR', style: 'points', points: points(exceptionDays, (day) => day[1]), tone: 'bad' },
        {
          name: 'within VaR',
          style: 'points',
          points: points(series, ([, one, loss]) => (one < -loss ? null : one)),
          tone: 'dim',
        },
        { name: 'VaR', style: 'line', points: points(series, (day) => -day[2]), tone: 'good' },
        {
          name: 'ES',
          style: 'line',
          points: points(series, ([, , , es]) => (es === null ? null : -es)),
          tone: 'warn',
        },
      ],
      note: 'Losses are below 0, VaR and ES as the returns that they stand for. Of each stretch of days the one is drawn that came nearest to its VaR or went farthest beyond; every exception is marked.',
    }));
}

function points<T extends readonly [number, ...unknown[]]>(
  days: readonly T[],
  value: (day: T) => number | null,
): number[] {
  return days.flatMap((day) => {
    const one = value(day);
    return one === null ? [] : [day[0], one];
  });
}
