/** The bundled sample: the committed bytes follow from the seed, and show what the reports are to show. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { sampleFiles } from '../scripts/sample/files.ts';
import { coins, SEED } from '../scripts/sample/plan.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const END = Date.UTC(2025, 0, 1);
const folder = fileURLToPath(new URL('../data/sample', import.meta.url));
const textOf = (name: string) => readFileSync(`${folder}/${name}`, 'utf8');
const rowsOf = (name: string) =>
  textOf(name)
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

type Bar = { time: number; open: number; high: number; low: number; close: number; volume: number };

const bars = new Map(
  coins.map(({ symbol }) => [
    symbol,
    rowsOf(`${symbol}-1h.csv`).map((row): Bar => {
      const [time, open, high, low, close, volume] = row.map(Number) as [number, ...number[]];
      return { time, open: open!, high: high!, low: low!, close: close!, volume: volume! };
    }),
  ]),
);
const trades = rowsOf('journal.csv').map(([symbol, direction, entered, entry, left, exit, ...rest]) => {
  const [qty, leverage, confidence] = rest.map(Number);
  return {
    ...{ symbol: symbol!, direction: direction!, reason: rest[3]!, qty: qty!, leverage: leverage! },
    ...{ confidence: confidence!, from: Date.parse(entered!), to: Date.parse(left!) },
    ...{ entry: Number(entry), exit: Number(exit), stamps: [entered!, left!] },
  };
});

test('the seed makes the committed files, byte for byte, and no others', () => {
  const made = sampleFiles(SEED);
  expect([...made.keys()].sort()).toEqual(readdirSync(folder).sort());
  for (const [name, content] of made) expect(content === textOf(name), name).toBe(true);
  const other = sampleFiles(SEED + 1);
  expect(other.get('BTCUSDT-1h.csv') === made.get('BTCUSDT-1h.csv')).toBe(false);
});

test('all of it is under 3 MB, and says that it is synthetic', () => {
  const bytes = readdirSync(folder).reduce((sum, name) => sum + Buffer.byteLength(textOf(name)), 0);
  expect(bytes).toBeLessThan(3_000_000);
  expect(textOf('README.md')).toContain('synthetic');
  expect(textOf('README.md')).toContain(`seed ${SEED} `);
});

test.each(coins)('$symbol covers 2024 by the hour but for its hole, with bars that are possible', (coin) => {
  expect(textOf(`${coin.symbol}-1h.csv`).split('\n')[0]).toBe('timestamp,open,high,low,close,volume');
  const rows = bars.get(coin.symbol)!;
  const missing = (time: number) => time >= START + coin.hole.from * HOUR && time < holeEnd(coin);
  const expected = Array.from({ length: 8784 }, (_, hour) => START + hour * HOUR);
  expect(rows.map(({ time }) => time)).toEqual(expected.filter((time) => !missing(time)));
  for (const { open, high, low, close, volume } of rows) {
    expect(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close) && volume > 0).toBe(true);
  }
});

test('returns have fat tails, clustered volatility and one violent hour', () => {
  for (const { symbol } of coins) {
    const returns = returnsOf(symbol).map(([, value]) => value);
    expect(kurtosis(returns)).toBeGreaterThan(5);
    expect(correlation(...lagged(returns.map(Math.abs)))).toBeGreaterThan(0.1);
    // Not by the crash alone: with larger moves cut to 2 %, size still follows size.
    const usual = returns.map((value) => Math.min(Math.abs(value), 0.02));
    expect(correlation(...lagged(usual))).toBeGreaterThan(0.1);
    const falls = bars.get(symbol)!.map(({ open, low }) => 1 - low / open);
    expect(falls.filter((fall) => fall > 0.17)).toHaveLength(1);
  }
});

test('coins move together', () => {
  const [a, b, c] = coins.map(({ symbol }) => new Map(returnsOf(symbol)));
  for (const [x, y] of [
    [a!, b!],
    [a!, c!],
    [b!, c!],
  ] as const) {
    const times = [...x.keys()].filter((time) => y.has(time));
    const pair = [times.map((time) => x.get(time)!), times.map((time) => y.get(time)!)] as const;
    expect(correlation(...pair)).toBeGreaterThan(0.5);
  }
});

test('opens differ from the close before them, at shocks by a gap', () => {
  for (const { symbol } of coins) {
    const rows = bars.get(symbol)!;
    const jumps = rows.slice(1).map(({ open }, i) => Math.abs(open / rows[i]!.close - 1));
    expect(jumps.filter((jump) => jump > 0).length).toBeGreaterThan(0.8 * rows.length);
    expect(Math.max(...jumps)).toBeGreaterThan(0.025);
  }
});

test('funding is settled every 8 hours, capped, and higher after prices rose', () => {
  for (const { symbol } of coins) {
    const text = textOf(`${symbol}-funding.csv`);
    expect(text).toMatch(/^timestamp,funding_rate\n(?:\d{13},-?0\.00\d{6}\n)+$/);
    const rows = rowsOf(`${symbol}-funding.csv`).map(([time, rate]) => [Number(time), Number(rate)] as const);
    expect(rows.map(([time]) => time)).toEqual(Array.from({ length: 1098 }, (_, i) => START + i * 8 * HOUR));
    expect(Math.max(...rows.map(([, rate]) => Math.abs(rate)))).toBeLessThanOrEqual(0.003);
    const closes = new Map(bars.get(symbol)!.map(({ time, close }) => [time + HOUR, close]));
    const known = rows.filter(([time]) => closes.has(time) && closes.has(time - 48 * HOUR));
    const moves = known.map(([time]) => closes.get(time)! / closes.get(time - 48 * HOUR)! - 1);
    expect(
      correlation(
        known.map(([, rate]) => rate),
        moves,
      ),
    ).toBeGreaterThan(0.5);
  }
});

test('every price of the journal lies inside the bar of its time, to the tick', () => {
  for (const { symbol, from, to, entry, exit } of trades) {
    expect(barAt(symbol, from)).toSatisfy((bar: Bar) => entry >= bar.low && entry <= bar.high);
    expect(barAt(symbol, to)).toSatisfy((bar: Bar) => exit >= bar.low && exit <= bar.high);
  }
});

test('the journal has some 300 trades of both directions in all symbols, over the year', () => {
  expect(textOf('journal.csv').split('\n')[0]).toBe(
    'symbol,direction,entry_time,entry_price,exit_time,exit_price,qty,leverage,confidence,exit_reason',
  );
  expect(trades.length).toBeGreaterThan(280);
  expect(trades.length).toBeLessThan(330);
  for (const { symbol } of coins) expect(share((trade) => trade.symbol === symbol)).toBeGreaterThan(0.25);
  expect(share(({ direction }) => direction === 'long')).toBeGreaterThan(0.35);
  expect(share(({ direction }) => direction === 'short')).toBeGreaterThan(0.35);
  expect(new Set(trades.map(({ from }) => Math.floor(from / (24 * HOUR)))).size).toBeGreaterThan(100);
  expect(trades.map(({ from }) => from)).toEqual(trades.map(({ from }) => from).sort((a, b) => a - b));
  for (const { stamps, from, to, qty, leverage, confidence } of trades) {
    for (const stamp of stamps) expect(stamp).toMatch(/^2024-\d\d-\d\dT\d\d:\d\d:00Z$/);
    expect(from < to && to < END && qty > 0 && leverage >= 1).toBe(true);
    expect(confidence >= 0.5 && confidence <= 0.95).toBe(true);
  }
});

test('the journal wins a little with many small losers, and some trades end at their own stop', () => {
  const results = trades.map(
    ({ direction, entry, exit }) => (direction === 'long' ? 1 : -1) * (exit / entry - 1),
  );
  expect(mean(results)).toBeGreaterThan(0);
  expect(mean(results)).toBeLessThan(0.005);
  expect(results.filter((result) => result > 0).length / results.length).toBeLessThan(0.5);
  expect(share(({ reason }) => reason === 'stop_loss')).toBeGreaterThan(0.05);
  expect(share(({ reason }) => reason === 'stop_loss')).toBeLessThan(0.2);
  for (const reason of ['signal', 'target', 'time_exit'])
    expect(share((trade) => trade.reason === reason)).toBeGreaterThan(0.03);
  expect(share(({ from }) => from % HOUR !== 0)).toBeGreaterThan(0.4);
});

test.each(coins)('a trade of $symbol is open across the whole hole of its bars', (coin) => {
  const across = trades.filter(
    ({ symbol, from, to }) =>
      symbol === coin.symbol && from < START + coin.hole.from * HOUR && to > holeEnd(coin) + HOUR,
  );
  expect(across.length).toBeGreaterThan(0);
});

test('the books name their symbols, and were entered inside the bars of the first day', () => {
  type Position = { symbol: string; entry: string; account?: string };
  const one = parse(textOf('portfolio.yaml')) as { positions: Position[] };
  const two = parse(textOf('portfolio-two-accounts.yaml')) as {
    accounts: { id: string }[];
    positions: Position[];
  };
  for (const { symbol, entry } of [...one.positions, ...two.positions]) {
    const day = Array.from({ length: 24 }, (_, hour) => barAt(symbol, START + hour * HOUR)!);
    expect(day.some(({ low, high }) => Number(entry) >= low && Number(entry) <= high)).toBe(true);
  }
  expect(new Set(two.positions.map(({ account }) => account))).toEqual(
    new Set(two.accounts.map(({ id }) => id)),
  );
});

function holeEnd({ hole }: (typeof coins)[number]): number {
  return START + (hole.from + hole.bars) * HOUR;
}

function barAt(symbol: string, time: number): Bar | undefined {
  return bars.get(symbol)!.find((bar) => bar.time === Math.floor(time / HOUR) * HOUR);
}

function share(is: (trade: (typeof trades)[number]) => boolean): number {
  return trades.filter(is).length / trades.length;
}

/** Returns of neighbouring bars, by the time of the later one. */
function returnsOf(symbol: string): [number, number][] {
  const rows = bars.get(symbol)!;
  return rows.slice(1).flatMap(({ time, close }, i) => {
    const before = rows[i]!;
    return time - before.time === HOUR ? [[time, close / before.close - 1] as [number, number]] : [];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function kurtosis(values: readonly number[]): number {
  const centre = mean(values);
  const square = mean(values.map((value) => (value - centre) * (value - centre)));
  return mean(values.map((value) => (value - centre) ** 4)) / (square * square);
}

function lagged(values: readonly number[]): [number[], number[]] {
  return [values.slice(1), values.slice(0, -1)];
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const product = (a: readonly number[], b: readonly number[], ma: number, mb: number) =>
    mean(a.map((value, i) => (value - ma) * (b[i]! - mb)));
  return product(x, y, mx, my) / Math.sqrt(product(x, x, mx, mx) * product(y, y, my, my));
}
