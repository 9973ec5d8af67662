/** The loop of a replay against the plain loop that marks the same prices: its time, how it grows, and its allocations. */
import type { Bars } from '../../src/market/bars.ts';
import { drive } from '../../src/replay/drive.ts';
import type { Path } from '../../src/replay/path.ts';
import { createRun, type RunPlan } from '../../src/replay/run.ts';
import { bracketTable } from '../../src/risk/brackets.ts';
import { bookOf, planOf, positionOf } from '../support/venue-scene.ts';
import { bytesAnEvent } from './heap.ts';
import { randomBars } from './random-bars.ts';
import { type Claim, race, ratio, show, type Timing } from './timing.ts';

const MINUTE = 60_000;
const BARS = 1_000_000;
const ROUNDS = 15;
const ENTRY = 30_000;
/** Instants between two looks at the heap: few enough that a collection hides in one of many looks. */

type Scope = 'isolated' | 'cross';

export async function benchReplay(): Promise<Claim[]> {
  warmUp();
  return [...(await oneSymbol()), ...(await tenSymbols('isolated')), ...(await tenSymbols('cross'))];
}

/** Many short runs, so that what is timed is the code that the compiler settled on, for either side. */
function warmUp(): void {
  const plans = [planFor(1, 2000, 'isolated'), planFor(10, 2000, 'isolated'), planFor(10, 2000, 'cross')];
  for (let round = 0; round < 100; round += 1) {
    for (const plan of plans) {
      plainLoop(plan.path);
      drive(createRun(plan));
    }
  }
}

async function oneSymbol(): Promise<Claim[]> {
  const plan = planFor(1, BARS, 'isolated');
  // Growth is told of short runs, of which some pass undisturbed on a machine that others use.
  const quarter = planFor(1, BARS / 4, 'isolated');
  const half = planFor(1, BARS / 2, 'isolated');
  const timings = await race(
    [
      { name: 'plain loop, one symbol', run: () => plainLoop(plan.path) },
      { name: 'drive, one isolated position', run: driver(plan) },
      { name: 'drive, a quarter of the bars', run: driver(quarter) },
      { name: 'drive, half of the bars', run: driver(half) },
    ],
    ROUNDS,
  );
  show(timings);
  perEvent(timings, 'drive, one isolated position', plan.path);
  return [
    {
      what: 'drive against the plain loop, one symbol',
      value: ratio(timings, 'drive, one isolated position', 'plain loop, one symbol'),
      unit: 'x',
      bound: { atMost: 20 },
    },
    {
      what: 'twice the bars',
      value: ratio(timings, 'drive, half of the bars', 'drive, a quarter of the bars'),
      unit: 'x the time',
      bound: { atMost: 2.2 },
    },
    ...checks('one isolated position', plan),
  ];
}

async function tenSymbols(scope: Scope): Promise<Claim[]> {
  const plan = planFor(10, BARS / 10, scope);
  const what = scope === 'isolated' ? '10 isolated positions' : '10 positions in one cross scope';
  const timings = await race(
    [
      { name: 'plain loop, 10 symbols', run: () => plainLoop(plan.path) },
      { name: `drive, ${what}`, run: driver(plan) },
    ],
    ROUNDS,
  );
  show(timings);
  perEvent(timings, `drive, ${what}`, plan.path);
  return [
    {
      what: `drive against the plain loop a mark, ${what}`,
      value: ratio(timings, `drive, ${what}`, 'plain loop, 10 symbols'),
      unit: 'x',
      bound: { atMost: 20 },
    },
    ...checks(what, plan),
  ];
}

/** Prices begin at the edge of two brackets and cross it many times. */
const table = bracketTable([
  { cap: ENTRY, rate: 0.004, maxLeverage: 125 },
  { cap: 2 * ENTRY, rate: 0.005, maxLeverage: 100 },
  { cap: 1e9, rate: 0.01, maxLeverage: 50 },
]);

/** One long a symbol at 1x, which the walk never liquidates: all steps are silent. */
function planFor(symbols: number, bars: number, scope: Scope): RunPlan {
  const names = Array.from({ length: symbols }, (_, s) => `COIN${s}USDT`);
  const position = { qty: '1', entry: String(ENTRY), leverage: 1, marginMode: scope } as const;
  return planOf({
    table,
    bars: names.map((name, s) => gapped(randomBars(bars, MINUTE, name, 42 + s))),
    book: bookOf(
      names.map((symbol) => positionOf({ symbol, ...position })),
      { balance: String(2 * ENTRY * symbols) },
    ),
  });
}

/** Every open a little off the close before it, so that each bar has four prices and a jump to its first. */
function gapped(bars: Bars): Bars {
  const { close } = bars;
  return { ...bars, open: bars.open.map((open, i) => open + (close[i]! - open) / 10) };
}

/** Each call drives a new run, which is made before: one for every round, and one for the round that warms up. */
function driver(plan: RunPlan): () => void {
  const fresh = Array.from({ length: ROUNDS + 1 }, () => createRun(plan));
  return () => {
    const run = fresh.pop();
    if (run === undefined) throw new RangeError('a run must be left for every round');
    drive(run);
  };
}

type Plain = { readonly equity: number; readonly peak: number; readonly drawdown: number };

/** Marks the same prices by hand: what every replay must do at least. */
function plainLoop({ time, symbols, mark }: Path): Plain {
  const width = symbols.length;
  const cash = 2 * ENTRY * width;
  let equity = 0;
  let peak = Number.NEGATIVE_INFINITY;
  let drawdown = 0;
  for (let i = 0; i < time.length; i += 1) {
    equity = cash;
    for (let s = 0; s < width; s += 1) equity += mark[i * width + s]! - ENTRY;
    if (equity > peak) peak = equity;
    else if (1 - equity / peak > drawdown) drawdown = 1 - equity / peak;
  }
  return { equity, peak, drawdown };
}

/** That a run was silent and came to what the plain loop came to, and what it allocated on the way. */
function checks(what: string, plan: RunPlan): Claim[] {
  const run = createRun(plan);
  const bytes = bytesAnEvent(run);
  const plain = plainLoop(plan.path);
  const { peak, maxDrawdown, total } = run.recorder;
  const apart = Math.max(
    Math.abs(total[0]! / plain.equity - 1),
    Math.abs(peak / plain.peak - 1),
    Math.abs(maxDrawdown - plain.drawdown),
  );
  return [
    { what: `heap an event, ${what}`, value: bytes, unit: 'bytes', bound: { atMost: 8 } },
    {
      what: `equity, peak and drawdown apart from the plain loop, ${what}`,
      value: apart * 1e12,
      unit: 'parts in 1e12',
      bound: { atMost: 10 },
    },
  ];
}

function perEvent(timings: readonly Timing[], name: string, { time, symbols }: Path): void {
  const ms = timings.find((timing) => timing.name === name)?.ms ?? Number.NaN;
  const event = (1e6 * ms) / time.length;
  const each = (event / symbols.length).toFixed(1);
  console.log(`        ${time.length} events, ${event.toFixed(1)} ns an event, ${each} ns a mark`);
}
