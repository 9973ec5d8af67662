/** What a fault of our side does as it begins and as it is over. */
import { sendWaiting } from './engine-orders.ts';
import { type FaultState, isCutOff, memoryOf, rememberedOf, type Scaled } from './faults.ts';
import { hideMoves, showJumps } from './moves.ts';
import { type Protection, planNext } from './protection.ts';
import type { Run } from './run-state.ts';
import { tellEngine } from './tell-engine.ts';
import type { Fault } from './timeline.ts';

/** Lets a fault begin or end at the venue's prices and time of now. Without protection there is nothing that it touches. */
export function applyFault(run: Run, fault: Fault): void {
  const { protection } = run;
  if (protection === null) return;
  const { faults } = protection.state;
  if (fault.kind === 'corrupt') corrupt(run, faults, fault);
  else {
    const before = isCutOff(faults);
    faults[fault.kind] = fault.on;
    const now = isCutOff(faults);
    if (now && !before) remember(run, protection);
    if (before && !now) comeBack(run, protection);
  }
  planNext(protection);
}

function remember({ venue }: Run, protection: Protection): void {
  const { faults } = protection.state;
  faults.memory = memoryOf(venue, faults.factors);
  protection.remembered = rememberedOf(venue, faults);
}

/**
 * The engine hears again: first of what has happened to its account, in its order and at once, then its orders that wait
 * leave. Bars and prices follow, as at any moment.
 */
function comeBack(run: Run, protection: Protection): void {
  const { faults } = protection.state;
  const { missed } = faults;
  faults.missed = [];
  faults.memory = null;
  protection.remembered = null;
  faults.unshown = true;
  hideMoves(run);
  showJumps(run);
  for (const event of missed) tellEngine(run, { ...event, time: run.venue.state.time });
  sendWaiting(run, protection.latency);
}

function corrupt(run: Run, faults: FaultState, { symbol, factor }: Fault & { kind: 'corrupt' }): void {
  for (let s = 0; s < run.path.symbols.length; s += 1) {
    if (symbol >= 0 && symbol !== s) continue;
    const jump = (factorOf(faults.jumps, s) * factor) / factorOf(faults.factors, s);
    faults.factors = withFactor(faults.factors, s, factor);
    faults.jumps = withFactor(faults.jumps, s, jump);
  }
  faults.unshown = true;
  hideMoves(run);
  showJumps(run);
}

function factorOf(scaled: readonly Scaled[], symbol: number): number {
  return scaled.find((one) => one.symbol === symbol)?.factor ?? 1;
}

function withFactor(scaled: readonly Scaled[], symbol: number, factor: number): readonly Scaled[] {
  const others = scaled.filter((one) => one.symbol !== symbol);
  return factor === 1 ? others : [...others, { symbol, factor }];
}
