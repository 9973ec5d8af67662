/** The loop of a replay with all guards beside it, and what judging each of them costs. */
import { configTree } from '../../src/commands/config-tree.ts';
import { type GuardName, guardNames } from '../../src/engine/decision.ts';
import { configureGuards } from '../../src/engine/guards.ts';
import { loadConfig } from '../../src/io/config.ts';
import { drive } from '../../src/replay/drive.ts';
import { marketColumns } from '../../src/replay/market-columns.ts';
import { movesOf } from '../../src/replay/moves.ts';
import { nextBarIn } from '../../src/replay/next-bar.ts';
import type { Path } from '../../src/replay/path.ts';
import { createProtection } from '../../src/replay/protection.ts';
import { createRun, type RunPlan } from '../../src/replay/run.ts';
import type { Run } from '../../src/replay/run-state.ts';
import { bookOf, planOf, positionOf } from '../support/venue-scene.ts';
import { bytesAnEvent } from './heap.ts';
import { randomBars } from './random-bars.ts';
import { type Claim, race, ratio, show } from './timing.ts';

const MINUTE = 60_000;
const BARS = 500_000;
const ROUNDS = 9;
const ENTRY = 30_000;
/** Far more than the position can lose, so that what is timed is watching and not acting. */
const BALANCE = 1000 * ENTRY;

export async function benchEngine(): Promise<Claim[]> {
  const warm = sceneOf(2000);
  for (let i = 0; i < 60; i += 1) {
    drive(warm(guardNames));
    plainLoop(warm([]).path);
  }
  const make = sceneOf(BARS);
  const bare = make([]);
  const timings = await race(
    [
      { name: 'plain loop', run: () => plainLoop(bare.path) },
      { name: 'drive, no guard', run: driver(() => make([])) },
      { name: 'drive, all guards', run: driver(() => make(guardNames)) },
    ],
    ROUNDS,
  );
  const small = sceneOf(BARS / 10);
  const judged = await race(
    [
      { name: 'one run with all guards', run: () => drive(small(guardNames)) },
      { name: 'counterfactual of 11 guards', run: () => counterfactual(small) },
    ],
    5,
  );
  show([...timings, ...judged]);
  const told = make(guardNames);
  const bytes = bytesAnEvent(told);
  console.log(
    `        ${told.protection?.state.log.length ?? 0} decisions in ${told.path.time.length} events`,
  );
  return [
    {
      what: 'drive with all guards against the plain loop',
      value: ratio(timings, 'drive, all guards', 'plain loop'),
      unit: 'x',
      bound: { atMost: 40 },
    },
    { what: 'heap an event, all guards', value: bytes, unit: 'bytes', bound: { atMost: 8 } },
    {
      what: 'the counterfactual of 11 guards against one run',
      value: ratio(judged, 'counterfactual of 11 guards', 'one run with all guards'),
      unit: 'x',
      bound: { atMost: 24 },
    },
  ];
}

/** Each guard alone, each left out, all and none: 24 runs. */
function counterfactual(make: (guards: readonly GuardName[]) => Run): void {
  drive(make(guardNames));
  drive(make([]));
  for (const name of guardNames) {
    drive(make([name]));
    drive(make(guardNames.filter((one) => one !== name)));
  }
}

/** A long of one coin at 1x with a stop that is never reached, under the profile of the product. */
function sceneOf(count: number): (guards: readonly GuardName[]) => Run {
  const { values } = loadConfig(configTree, { cwd: process.cwd(), file: null, overrides: [] });
  const stops = { ...values.guards.stops, type: 'percent' as const, multiplier: 95 };
  const config = { ...values.guards, stops };
  const bars = randomBars(count, MINUTE, 'COIN0USDT', 42);
  const book = bookOf([positionOf({ symbol: 'COIN0USDT', qty: '1', entry: String(ENTRY), leverage: 1 })], {
    balance: String(BALANCE),
  });
  const plan: RunPlan = planOf({ bars: [bars], book });
  const { atrPeriod, atrMethod } = stops;
  const columns = marketColumns([bars], { atrPeriod, atrMethod, maxGap: 3 });
  const moves = movesOf(plan.path, columns.market);
  return (guards) =>
    createRun({
      ...plan,
      protect:
        guards.length === 0
          ? null
          : (venue) =>
              createProtection(
                {
                  guards: configureGuards(config, guards),
                  book,
                  mode: values.mode,
                  market: columns.market,
                  nextBar: nextBarIn(columns),
                  moves,
                  latency: 30_000,
                  operatorDelay: null,
                  listener: null,
                },
                venue,
              ),
    });
}

/** Each call drives a new run, which is made before. */
function driver(make: () => Run): () => void {
  const fresh = Array.from({ length: ROUNDS + 1 }, make);
  return () => {
    const run = fresh.pop();
    if (run === undefined) throw new RangeError('a run must be left for every round');
    drive(run);
  };
}

function plainLoop({ time, mark }: Path): number {
  let equity = 0;
  let peak = Number.NEGATIVE_INFINITY;
  let drawdown = 0;
  for (let i = 0; i < time.length; i += 1) {
    equity = BALANCE + mark[i]! - ENTRY;
    if (equity > peak) peak = equity;
    else if (1 - equity / peak > drawdown) drawdown = 1 - equity / peak;
  }
  return drawdown;
}
