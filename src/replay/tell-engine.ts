/** From what happened to the engine, and from its decisions to orders on their way. */
import type { Decision } from '../engine/decision.ts';
import type { EngineEvent } from '../engine/event.ts';
import { nothing } from '../engine/said.ts';
import { step } from '../engine/step.ts';
import type { FillRecord } from '../model/fill.ts';
import { isCutOff, miss, reaches, viewThrough } from './faults.ts';
import { type Protection, planNext } from './protection.ts';
import type { Run } from './run-state.ts';

/**
 * Tells the engine of an event, at what it sees of the venue now; what it decides is logged and sent on its way. What does not
 * reach it may be told later.
 */
export function tellEngine(run: Run, event: EngineEvent): readonly Decision[] {
  const { protection } = run;
  if (protection === null) return nothing;
  const { engine, source, remembered, listener, state } = protection;
  if (!reaches(state.faults, event)) {
    miss(state.faults, event);
    return nothing;
  }
  engine.view = viewThrough({ source, remembered, factors: state.faults.factors }, engine.state);
  const decisions = step(engine, event);
  for (const decision of decisions) {
    state.log.push(decision);
    listener?.decision(decision);
    sendOff(run, protection, decision);
  }
  planNext(protection);
  // A broken guard ends a replay: its decision is written, there is no result (DESIGN 3).
  if (engine.failure !== null) throw engine.failure;
  return decisions;
}

/** The prices of now are an event of their own, after the venue has acted on them. */
export function showMarks(run: Run): void {
  const { protection, venue } = run;
  if (protection === null) return;
  tellEngine(run, { kind: 'marks', time: venue.state.time });
  const { faults } = protection.state;
  if (!faults.unshown || isCutOff(faults)) return;
  faults.unshown = false;
  faults.jumps = [];
}

/** Puts the order of a decision on its way. */
function sendOff({ venue }: Run, { state, latency, operatorDelay }: Protection, decision: Decision): void {
  const { effect, stands, time, guard, rule } = decision;
  if (!stands || effect === null || effect.kind === 'order' || effect.kind === 'resume') return;
  if (effect.kind === 'halt') {
    if (effect.manual && operatorDelay !== null && guard !== 'engine')
      state.resumes.push({ time: time + operatorDelay, guard, rule, since: time });
    return;
  }
  const { kind, account, symbol, side } = effect;
  state.queue.push({
    kind,
    guard,
    rule,
    account,
    symbol,
    side,
    qty: effect.kind === 'set-stop' ? 0 : effect.qty,
    price: effect.kind === 'set-stop' ? effect.price : 0,
    decided: time,
    arrives: isCutOff(state.faults) ? null : time + latency,
    cause: venue.prices.last[symbol]!,
  });
}

/** A fill as the engine hears of it. */
export function fillEvent(record: FillRecord): EngineEvent {
  const { time, account, symbol, position, opening, qty, price, cause, pnl, fee, left, shares } = record;
  return {
    kind: 'fill',
    time,
    fill: {
      account,
      symbol,
      side: opening === position > 0 ? 1 : -1,
      qty,
      price,
      cause,
      opening,
      realised: opening ? 0 : pnl - fee,
      left,
      id: shares.length === 1 ? (shares[0]?.trade ?? -1) : -1,
      position,
    },
  };
}
