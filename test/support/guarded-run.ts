/** Runs of a small scene beneath the product's own guards, with all that the replay study gives them to see. */
import { guardNames } from '../../src/engine/decision.ts';
import { configureGuards } from '../../src/engine/guards.ts';
import { drive } from '../../src/replay/drive.ts';
import { marketColumns } from '../../src/replay/market-columns.ts';
import { movesOf } from '../../src/replay/moves.ts';
import { nextBarIn } from '../../src/replay/next-bar.ts';
import { createProtection, type Protection, type SavedProtection } from '../../src/replay/protection.ts';
import { createRun, moneyOf, type RunPlan, reportRun } from '../../src/replay/run.ts';
import type { RunResult } from '../../src/replay/run-result.ts';
import type { Run } from '../../src/replay/run-state.ts';
import { type Venue, venueOf } from '../../src/venue/venue.ts';
import { replayTree } from './replay-study.ts';
import { planOf, type Scene } from './venue-scene.ts';

type Protect = (venue: Venue, saved?: SavedProtection) => Protection;

export type Guarded = { readonly plan: RunPlan; readonly protect: Protect };

/** All guards, configured by `settings` on top of the profiles. */
export function guardedPlan(scene: Scene, settings: readonly string[] = []): Guarded {
  const tree = replayTree(...settings);
  const plan = planOf(scene);
  const { atrPeriod, atrMethod } = tree.guards.stops;
  const columns = marketColumns(scene.bars, { atrPeriod, atrMethod, maxGap: tree.data.maxGap });
  const moves = movesOf(plan.path, columns.market);
  const protect: Protect = (venue, saved) =>
    createProtection(
      {
        guards: configureGuards(tree.guards, guardNames),
        book: scene.book,
        mode: tree.mode,
        market: columns.market,
        nextBar: nextBarIn(columns),
        moves,
        latency: tree.engine.latency * 1000,
        operatorDelay: tree.engine.operatorDelay === null ? null : tree.engine.operatorDelay * 3_600_000,
        listener: null,
      },
      venue,
      saved ?? null,
    );
  return { plan: { ...plan, protect: (venue) => protect(venue) }, protect };
}

export function protectionOf({ protection }: Run): Protection {
  if (protection === null) throw new Error('the run must be protected');
  return protection;
}

/** Everything that a run has come to: its report, what the engine said, and every fill. */
export type Told = {
  readonly report: RunResult;
  readonly log: Protection['state']['log'];
  readonly text: string;
};

export function completed({ plan }: Guarded): Told {
  const run = createRun(plan);
  const start = moneyOf(run.venue);
  drive(run);
  return toldBy(run, start);
}

export function toldBy(run: Run, start: ReturnType<typeof moneyOf>): Told {
  const report = reportRun(run, start);
  const { log, reactions } = protectionOf(run).state;
  return { report, log, text: JSON.stringify({ report, log, reactions, fills: run.fills }) };
}

/** The same run in another process: venue and engine through JSON, everything derived made anew. */
export function revived(run: Run, { protect }: Guarded): Run {
  const { world, state, prices } = run.venue;
  const { engine, state: own } = protectionOf(run);
  const saved: SavedProtection = JSON.parse(JSON.stringify({ engine: engine.state, state: own }));
  const venue = venueOf(world, JSON.parse(JSON.stringify(state)), {
    last: prices.last.slice(),
    mark: prices.mark.slice(),
  });
  return {
    ...run,
    venue,
    recorder: structuredClone(run.recorder),
    trades: structuredClone(run.trades),
    equity: run.equity.slice(),
    place: { ...run.place },
    fills: [...run.fills],
    protection: protect(venue, saved),
  };
}
