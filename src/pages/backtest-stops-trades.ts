/** Single trades of the stop study: excursions as charts, and the table of --detail. */
import type { Bar, Block } from '../model/page.ts';
import type { BacktestStopsResult, TradeResult } from '../studies/backtest-stops-result.ts';

const BINS = 40;

/** MAE against outcome, and how excursions are spread; nothing where the result carries no single trades. */
export function excursionCharts({ perTrade, excursion }: BacktestStopsResult): Block[] {
  if (perTrade === undefined || perTrade.length === 0) return [];
  const points = (keep: (trade: TradeResult) => boolean) =>
    perTrade.filter(keep).flatMap(({ maeAtr, returnUnstopped }) => [maeAtr, returnUnstopped]);
  const favourable = perTrade.flatMap(({ mfeAtr }) => (mfeAtr === null ? [] : [mfeAtr]));
  return [
    {
      kind: 'lines',
      title: 'Adverse excursion against outcome without a stop',
      x: { title: `MAE (${excursion.unit})`, unit: 'r' },
      y: { title: 'return', unit: 'fraction' },
      series: [
        {
          name: 'winners',
          style: 'points',
          tone: 'good',
          points: points(({ returnUnstopped }) => returnUnstopped > 0),
        },
        {
          name: 'losers',
          style: 'points',
          tone: 'bad',
          points: points(({ returnUnstopped }) => returnUnstopped <= 0),
        },
      ],
      note: 'A stop at multiple m takes out every point to its right; green points there are winners that it would cost.',
    },
    histogram(
      'Adverse excursions',
      perTrade.map(({ maeAtr }) => maeAtr),
      excursion.unit,
    ),
    histogram('Favourable excursions', favourable, excursion.unit),
  ];
}

function histogram(title: string, values: readonly number[], unit: string): Block {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  // The largest excursions of a crash would leave one bar for all others: the last bin takes everything above.
  const sorted = Float64Array.from(values).sort();
  const end = sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0;
  const width = (end > 0 ? end : 1) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor(value / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const bars: Bar[] = counts.map((value, bin) => ({ from: bin * width, to: (bin + 1) * width, value }));
  return {
    kind: 'bars',
    title,
    x: { title: unit, unit: 'r' },
    y: { title: 'trades', unit: 'count' },
    bars,
    ...(largest > end
      ? { note: `The last bar holds everything above; the largest is ${largest.toFixed(1)}.` }
      : {}),
  };
}

/** The rows of --detail. */
export function perTradeTable({ perTrade, levels }: BacktestStopsResult): Block[] {
  if (perTrade === undefined) return [];
  return [
    {
      kind: 'table',
      title: `Trades (levels hit of ${levels.length})`,
      columns: [
        { key: 'id', title: 'row', unit: 'count' },
        { key: 'symbol', title: 'symbol', unit: 'text' },
        { key: 'direction', title: 'side', unit: 'text' },
        { key: 'entryTime', title: 'entry', unit: 'time' },
        { key: 'entryPrice', title: 'at', unit: 'price' },
        { key: 'exitTime', title: 'exit', unit: 'time' },
        { key: 'exitPrice', title: 'at', unit: 'price' },
        { key: 'maeAtr', title: 'MAE', unit: 'r' },
        { key: 'mfeAtr', title: 'MFE', unit: 'r' },
        { key: 'levelsHit', title: 'levels hit', unit: 'count' },
        { key: 'returnUnstopped', title: 'unstopped', unit: 'rate' },
      ],
      yields: ['exitTime', 'exitPrice', 'mfeAtr', 'levelsHit'],
      rows: perTrade.map(({ censored: _, ...row }) => row),
    },
  ];
}
