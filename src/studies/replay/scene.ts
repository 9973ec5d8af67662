/** One plan, driven along paths with and without guards: what all runs of a comparison share is made once. */
import { type BookBreak, bookBreaks } from '../../engine/book-breaks.ts';
import type { GuardName } from '../../engine/decision.ts';
import { configureGuards } from '../../engine/guards.ts';
import type { Market } from '../../engine/view.ts';
import { money } from '../../model/money.ts';
import { MS_PER_HOUR } from '../../model/time.ts';
import { buildPath } from '../../replay/build-path.ts';
import { drive } from '../../replay/drive.ts';
import { movesOf } from '../../replay/moves.ts';
import type { Path, PathPolicy } from '../../replay/path.ts';
import { pathHash } from '../../replay/path-hash.ts';
import { createProtection, type Protection } from '../../replay/protection.ts';
import { createRun, moneyOf, reportRun } from '../../replay/run.ts';
import type { Legs, Run } from '../../replay/run-state.ts';
import { buildTimeline, type Timeline } from '../../replay/timeline.ts';
import type { VenueWorld } from '../../venue/venue-world.ts';
import type { Told } from './counterfactual.ts';
import type { FundingRow, Taken } from './false-trips.ts';
import { happeningsAround } from './happenings.ts';
import type { Plan, ReplayInputs, ReplayTree } from './inputs.ts';

export type Scene = {
  readonly inputs: ReplayInputs;
  readonly plan: Plan;
  readonly tree: ReplayTree;
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

export function trackOf({ inputs, plan, tree, market }: Scene, policy: PathPolicy): Track {
  const { ohlcv, mark, ticks } = inputs;
  const { symbols, exposures, known, from, to, entries, exits } = plan;
  const path = buildPath({ symbols, ohlcv, mark, ticks, exposures, known, policy, from, to });
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

export function driveTrack(scene: Scene, track: Track, choice: Choice): Driven {
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
  const startQty = startQuantities(run);
  const engine = run.protection?.engine;
  const breaks = engine === undefined ? [] : bookBreaks(engine.view, scene.tree.guards, scene.tree.mode);
  drive(run);
  const result = reportRun(run, start);
  const told: Told = {
    result,
    reactions: run.protection?.state.reactions ?? [],
    taken: takenBy(run),
    seen: {
      fills: run.fills,
      endMarks: [...run.venue.prices.last],
      end: path.time[path.time.length - 1] ?? 0,
      funding: fundingRows(timeline),
      contractOf: (symbol) => contractOf(scene, symbol),
      startQty: ({ account, symbol, side }) => startQty.get(`${account}/${symbol}/${side}`) ?? 0,
    },
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

function startQuantities({ venue }: Run): ReadonlyMap<string, number> {
  return new Map(
    venue.state.accounts.flatMap(({ positions }, account) =>
      positions.map(({ symbol, side, qty }): [string, number] => [
        `${account}/${symbol}/${side}`,
        Number(qty),
      ]),
    ),
  );
}

function contractOf({ plan }: Scene, symbol: number) {
  const name = plan.symbols[symbol];
  const held = plan.book.positions.find((one) => one.symbol === name && one.type === 'perp');
  return held?.contract ?? plan.entries.find((one) => one.symbol === symbol)?.contract ?? 'linear';
}

function fundingRows({ rows }: Timeline): FundingRow[] {
  return rows.flatMap((row): FundingRow[] => {
    if (row.rank !== 'funding' || Number.isNaN(row.stamp.mark)) return [];
    const { symbol, rate, mark } = row.stamp;
    return [{ time: row.time, symbol, rate, mark }];
  });
}

/** What each guard took out of the market: closes by its orders, its stops, and entries that it refused or shrank. */
function takenBy(run: Run): Told['taken'] {
  const taken = new Map<GuardName, Taken[]>();
  const add = (guard: GuardName, one: Taken) => {
    const own = taken.get(guard);
    if (own === undefined) taken.set(guard, [one]);
    else own.push(one);
  };
  const { protection, fills, timeline } = run;
  if (protection === null) return taken;
  for (const fill of fills) {
    const guard = fill.opening ? null : guardOf(run, fill);
    if (guard === null) continue;
    const { account, symbol, position: side, qty, time, price, fee } = fill;
    add(guard, { account, symbol, side, qty, time, price, fee, trade: null });
  }
  for (const { guard, kind, effect, time } of protection.state.log) {
    if (guard === 'engine' || (kind !== 'deny' && kind !== 'resize') || effect?.kind !== 'order') continue;
    const entry = timeline.entries.find(({ trade }) => trade === effect.id);
    if (entry === undefined) continue;
    const { account, symbol, side, price, trade } = entry;
    const qty = money(entry.qty).toNumber() - effect.qty;
    add(guard, { account, symbol, side, qty, time, price, fee: 0, trade });
  }
  return taken;
}

/** Whose order a close was: that of a reaction, or a stop that the stops rest at the venue. */
function guardOf({ protection }: Run, fill: Run['fills'][number]): GuardName | null {
  if (fill.cause === 'stop') return protection?.state.placed.includes(fill.order ?? -1) ? 'stops' : null;
  if (fill.cause !== 'engine') return null;
  const own = protection?.state.reactions.find(
    (one) =>
      one.filled === fill.time &&
      one.symbol === fill.symbol &&
      one.side === fill.position &&
      one.qty === fill.qty,
  );
  return own === undefined || own.guard === 'engine' ? null : own.guard;
}
