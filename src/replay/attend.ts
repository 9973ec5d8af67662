/**
 * What the engine's side of a run does at one moment besides prices: news of fills, orders that arrive, bars that have
 * completed, operators, and moments that a guard asked for.
 */

import type { EngineEvent } from '../engine/event.ts';
import type { Halt } from '../engine/view.ts';
import { assert } from '../model/errors.ts';
import { arriveOne } from './engine-orders.ts';
import { isCutOff } from './faults.ts';
import { planNext } from './protection.ts';
import type { Run } from './run-state.ts';
import { fillEvent, tellEngine } from './tell-engine.ts';

/**
 * Takes the news of the venue, and lets the orders of the engine that are due arrive, until there is neither.
 *
 * @returns whether an order arrived, so that the venue has to look again
 */
export function pump(run: Run): boolean {
  const { venue, fills, protection } = run;
  let arrived = false;
  for (;;) {
    const record = venue.fills.shift();
    if (record !== undefined) {
      fills.push(record);
      protection?.listener?.fill(record);
      tellEngine(run, fillEvent(record));
    } else if (arriveOne(run)) {
      arrived = true;
      if (protection !== null) planNext(protection);
    } else return arrived;
  }
}

/** Tells of the bars that a guard wants and that have completed by now; of a gap in sight the last one stands for all. */
export function tellBars(run: Run): void {
  const { protection, venue } = run;
  if (protection === null || isCutOff(protection.state.faults)) return;
  const { engine, state, nextBar } = protection;
  const { time } = venue.state;
  // What has completed by now was told by now; whoever asks twice at one moment asks no guard for its bounds.
  if (time === state.barsUntil) return;
  const symbols = engine.view.symbols.length;
  for (let symbol = 0; engine.watch.bars && symbol < symbols; symbol += 1) {
    if (nextBar(symbol, state.barsUntil, engine.watch) > time) continue;
    tellEngine(run, { kind: 'bar-close', time, symbol });
  }
  state.barsUntil = time;
  planNext(protection);
}

/** Operators whose time has come, and the moment that a guard asked for; both wait for a process that is dead. */
export function tellClock(run: Run): void {
  const { protection, venue } = run;
  if (protection === null || protection.state.faults.crash) return;
  const { engine, state } = protection;
  const { time } = venue.state;
  const due = state.resumes.filter((one) => one.time <= time);
  state.resumes = state.resumes.filter((one) => one.time > time);
  for (const { guard, rule, since } of due) {
    const stands = engine.state.halts.some(
      (one) => one.manual && one.guard === guard && one.rule === rule && one.since === since,
    );
    if (stands) tellEngine(run, resumeOf(time, { guard, rule }));
  }
  if (engine.watch.wake > time) return;
  tellEngine(run, { kind: 'clock', time });
  assert(engine.watch.wake > time, 'a guard that was woken asks for a later moment');
}

function resumeOf(time: number, of: Pick<Halt, 'guard' | 'rule'>): EngineEvent {
  const why = 'the configured delay is over';
  return { kind: 'operator', time, action: 'resume', of, who: 'operator', why };
}
