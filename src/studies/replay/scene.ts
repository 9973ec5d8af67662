/** One plan, driven along paths with and without guards: what all runs of a comparison share is made once. */
import { type BookBreak, bookBreaks } from '../../engine/book-breaks.ts';
import type { GuardName } from '../../engine/decision.ts';
import { configureGuards } from '../../engine/guards.ts';
import type { Market } from '../../engine/view.ts';
import { MS_PER_HOUR } from '../../model/time.ts';
import { buildPath } from '../../replay/build-path.ts';
import { drive } from '../../replay/drive.ts';
import { movesOf } from '../../replay/moves.ts';
import type { Path, PathPolicy } from '../../replay/path.ts';
import { pathHash } from '../../replay/path-hash.ts';
import { createProtection, type Protection } from '../../replay/protection.ts';
import { createRun, moneyOf, reportRun } from '../../replay/run.ts';
import type { RunResult } from '../../replay/run-result.ts';
import type { Legs, Run } from '../../replay/run-state.ts';
import { buildTimeline, type Timeline } from '../../replay/timeline.ts';
import type { VenueWorld } from '../../venue/venue-world.ts';
import type { Told } from './counterfactual.ts';
import { happeningsAround } from './happenings.ts';
import type { Plan, ReplayInputs, RunTree } from './inputs.ts';
import { heldQuantities, seenBy } from './seen.ts';
import { takenBy } from './taken.ts';

export type Scene = {
  readonly inputs: ReplayInputs;
  readonly plan: Plan;
  readonly tree: RunTree;
  readonly world: VenueWorld;
  readonly market: Market;
  /** A search of its own for each run. */
  readonly nextBar: () => Protection['nextBar'];
};

/** A path with everything that happens along it. */
export type Track = {
  readonly path: Path;
  /** How far each last price moved to its row, in bar volatilities. */
  readonly moves: Float64Array;
  readonly hash: string;
  readonly timeline: Timeline;
  /** Whether some funding rate was the flat one of a venue. */
  readonly flat: boolean;
};

export function trackOf(scene: Scene, policy: PathPolicy): Track {
  const { ohlcv, mark, ticks } = scene.inputs;
  const { symbols, exposures, known, from, to } = scene.plan;
  return trackAlong(scene, buildPath({ symbols, ohlcv, mark, ticks, exposures, known, policy, from, to }));
}

/** What happens along a path that is made. */
export function trackAlong({ inputs, plan, tree, market }: Scene, path: Path): Track {
  const { from, to, entries, exits } = plan;
  const around = happeningsAround(inputs, plan, tree, path);
  const happenings = [...around.happenings, ...plan.happenings];
  const moves = movesOf(path, market);
  return {
    path,
    moves,
    hash: pathHash(path),
    timeline: buildTimeline(happenings, entries, exits, { from, to }),
    flat: around.flat,
  };
}

export type Choice = {
  readonly legs: Legs;
  /** The guards that speak; an empty list is no protection. */
  readonly guards: readonly GuardName[];
  /** Whether the margin level over time is kept. */
  readonly withLevels: boolean;
  /** Told of decisions and fills as they are made; null tells nobody. */
  readonly listen: ReplayInputs['listen'];
};

export type Driven = {
  readonly told: Told;
  readonly run: Run;
  readonly track: Track;
  /** Limits that the book breaks before anything has happened. */
  readonly bookBreaks: readonly BookBreak[];
};

/** A run that is over, and what it came to. */
export type Ran = {
  readonly run: Run;
  readonly result: RunResult;
  /** What the positions held at its start. */
  readonly held: ReturnType<typeof heldQuantities>;
  readonly bookBreaks: readonly BookBreak[];
};

export function runTrack(scene: Scene, track: Track, choice: Choice): Ran {
  const { legs, withLevels } = choice;
  const { world, plan, inputs } = scene;
  const { path, timeline } = track;
  const protect = protectionOf(scene, track, choice);
  const run = createRun({
    world,
    book: plan.book,
    path,
    timeline,
    legs,
    points: inputs.equityPoints,
    withLevels,
    protect,
  });
  const start = moneyOf(run.venue);
  const held = heldQuantities(run);
  const engine = run.protection?.engine;
  const breaks = engine === undefined ? [] : bookBreaks(engine.view, scene.tree.guards, scene.tree.mode);
  drive(run);
  return { run, result: reportRun(run, start), held, bookBreaks: breaks };
}

/** The same with what judging its guards needs. */
export function driveTrack(scene: Scene, track: Track, choice: Choice): Driven {
  const { run, result, held, bookBreaks: breaks } = runTrack(scene, track, choice);
  const told: Told = {
    result,
    reactions: run.protection?.state.reactions ?? [],
    taken: takenBy(run),
    seen: seenBy(run, scene.plan, held),
  };
  return { told, run, track, bookBreaks: breaks };
}

function protectionOf(
  { plan, tree, market, nextBar }: Scene,
  { moves }: Track,
  { guards, listen }: Choice,
): ((venue: Run['venue']) => Protection) | null {
  if (guards.length === 0) return null;
  const { latency, operatorDelay } = tree.engine;
  return (venue) =>
    createProtection(
      {
        guards: configureGuards(tree.guards, guards),
        book: plan.book,
        mode: tree.mode,
        market,
        nextBar: nextBar(),
        moves,
        latency: latency * 1000,
        operatorDelay: operatorDelay === null ? null : operatorDelay * MS_PER_HOUR,
        listener: listen,
      },
      venue,
    );
}
