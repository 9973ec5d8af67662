/**
 * `step`: one event in, decisions out. Synchronous and total; no clock, no chance, no file. In this order:
 *
 *   1 time goes on             never back
 *   2 bases                    of the day, the week and the peak
 *   3 halts end                whose time has come, or which an operator resumes
 *   4 all guards speak         in their order
 *   5 effects combine          deny > resize (smallest) > allow; close > flip > reduce (largest)
 *   6 halts begin
 *   7 bounds are forgotten       and asked again by whoever wants them
 *
 * An order that only lowers what is held always passes, whatever stands (RULES 3; DESIGN 3).
 */
import { assert } from '../model/errors.ts';
import { MS_PER_DAY } from '../model/time.ts';
import { type Decision, type Finding, type GuardName, guardNames, type Reason } from './decision.ts';
import type { Engine } from './engine.ts';
import type { EngineEvent, EventOf } from './event.ts';
import { clearSaid, combine, decisionOf, judge, nothing, type Said } from './said.ts';
import { findPosition, type Halt } from './view.ts';

/**
 * Tells the engine of an event. `engine.view` must stand at the moment after it, with prices, positions and margins read.
 *
 * @returns what is to be done, in the order of the guards; a frozen empty array where nobody speaks
 */
export function step(engine: Engine, event: EngineEvent): readonly Decision[] {
  const { state } = engine;
  assert(
    Number.isFinite(event.time) && event.time >= state.time,
    `time must not go back, was ${event.time} after ${state.time}`,
  );
  state.time = event.time;
  const { said } = engine;
  clearSaid(said, event.time);
  keepBases(engine, event);
  const ended = endHalts(engine, event);
  const decisions = event.kind === 'order' ? gate(engine, event, said) : tell(engine, event, said);
  keepRules(engine, said);
  beginHalts(engine, said);
  engine.asked = false;
  if (ended.length === 0) return decisions;
  return [...ended, ...decisions];
}

function keepBases(engine: Engine, event: EngineEvent): void {
  const { state, view } = engine;
  const { bases } = state;
  const { total } = view;
  if (event.kind === 'transfer' && state.measured) {
    bases.day += event.amount;
    bases.weekPeak += event.amount;
    bases.peak += event.amount;
  }
  if (!Number.isFinite(total)) return;
  if (!state.measured) restartBases(engine);
  state.measured = true;
  if (event.kind === 'clock' && event.time % MS_PER_DAY === 0) {
    bases.day = total;
    if (isMonday(event.time)) bases.weekPeak = total;
  }
  bases.weekPeak = Math.max(bases.weekPeak, total);
  bases.peak = Math.max(bases.peak, total);
}

/** 1970-01-01 was a Thursday. */
function isMonday(time: number): boolean {
  return (Math.floor(time / MS_PER_DAY) + 3) % 7 === 0;
}

/**
 * Ends what has come to its end. Where an operator resumes, or a halt for a drawdown is over, the peak and the bases begin at the
 * equity of now (RULES 3.7): else the same fall would halt again at once. So does the day after a halt for its loss, which else
 * would be without a limit from there on.
 */
function endHalts(engine: Engine, event: EngineEvent): Decision[] {
  const { state } = engine;
  if (state.halts.length === 0) return [];
  const resumes = event.kind === 'operator' && event.action !== 'halt';
  const isMeant = ({ guard, rule }: Halt) =>
    resumes && (event.of === undefined || (event.of.guard === guard && event.of.rule === rule));
  const over = state.halts.filter((halt) =>
    halt.manual ? isMeant(halt) : halt.until !== null && halt.until <= event.time,
  );
  if (over.length === 0) return [];
  setHalts(
    engine,
    state.halts.filter((halt) => !over.includes(halt)),
  );
  restartAfter(engine, over);
  return over.map((halt) => resumed(event.time, halt));
}

function restartAfter(engine: Engine, over: readonly Halt[]): void {
  const { total } = engine.view;
  if (!Number.isFinite(total)) return;
  if (over.some(({ manual, rule }) => manual || rule.endsWith('drawdown'))) restartBases(engine);
  else if (over.some(({ rule }) => rule === 'daily-loss')) engine.state.bases.day = total;
}

/** How long the halt stood, against how long it was to stand by itself; milliseconds. */
function resumed(time: number, halt: Halt): Decision {
  const finding: Finding = { rule: halt.rule, severity: 'info', ...stoodFor(halt, time) };
  return decisionOf(time, halt.guard, { kind: 'resume', finding, effect: { kind: 'resume' } });
}

function stoodFor({ since, until }: Halt, time: number): Pick<Finding, 'measure' | 'observed' | 'threshold'> {
  return { measure: 'halt', observed: time - since, threshold: until === null ? null : until - since };
}

function restartBases({ state: { bases }, view: { total } }: Engine): void {
  Object.assign(bases, { day: total, weekPeak: total, peak: total });
}

/** The list is changed in place: the view shows the same one. */
function setHalts({ state }: Engine, halts: readonly Halt[]): void {
  state.halts.splice(0, state.halts.length, ...halts);
}

function beginHalts(engine: Engine, { time, halts, resumes }: Said): void {
  const { state } = engine;
  const isOf = (guard: GuardName, rule: string) => (halt: Halt) => halt.guard === guard && halt.rule === rule;
  for (const { guard, finding } of resumes) {
    setHalts(
      engine,
      state.halts.filter((halt) => !isOf(guard, finding.rule)(halt)),
    );
  }
  for (const { guard, finding, until, manual } of halts) {
    const { rule, measure, observed, threshold } = finding;
    const why = { measure, observed, threshold };
    const before = state.halts.find(isOf(guard, rule));
    const halt: Halt = { guard, rule, since: before?.since ?? time, until, manual, why };
    // A halt that is said again keeps its place: reasons of one guard stand in the order in which they began.
    if (before === undefined) setHalts(engine, [...state.halts, halt]);
    else
      setHalts(
        engine,
        state.halts.map((one) => (one === before ? halt : one)),
      );
  }
}

function keepRules({ records }: Engine, { time, rules, fired }: Said): void {
  for (const { guard, rule } of fired) {
    const record = records.get(guard)?.get(rule);
    if (record !== undefined) record.fired += 1;
  }
  for (const { guard, rule, on } of rules) {
    const record = records.get(guard)?.get(rule);
    if (record === undefined) continue;
    if (on) record.since ??= time;
    else if (record.since !== null) {
      record.brokenFor += time - record.since;
      record.since = null;
    }
  }
}

/** Tells all guards that listen to it, in their order. One that throws ends all new risk (DESIGN 3). */
function speak(engine: Engine, event: EngineEvent, said: Said): void {
  for (const guard of engine.listeners.get(event.kind) ?? []) {
    const { voice } = guard;
    voice.listener = said;
    try {
      guard.hear(engine.view, event, voice.say);
    } catch (error) {
      engine.failure ??= error instanceof Error ? error : new Error(String(error));
      const finding = failed(event);
      if (event.kind === 'order') voice.say.deny(finding);
      voice.say.halt(finding, null, true);
    }
  }
}

function failed({ time }: EngineEvent): Finding {
  return { rule: 'guard-failed', severity: 'emergency', measure: 'time', observed: time, threshold: null };
}

function tell(engine: Engine, event: EngineEvent, said: Said): readonly Decision[] {
  if (!engine.listeners.has(event.kind)) return [unknown(event)];
  speak(engine, event, said);
  return combine(said);
}

/** What a later version may send is no reason to stop: it is left aside, and said (RULES 3.12). */
function unknown({ time }: EngineEvent): Decision {
  const finding: Finding = {
    rule: 'unknown-event',
    severity: 'warning',
    measure: 'time',
    observed: time,
    threshold: null,
  };
  return decisionOf(time, 'engine', { kind: 'alert', finding, effect: null });
}

/** Judges an order. Guards see the part of it that is new risk; where none is, they are not asked. */
function gate(engine: Engine, event: EventOf<'order'>, said: Said): readonly Decision[] {
  const { state } = engine;
  const { order } = event;
  const lowers = loweringQty(engine, event);
  const opening = order.qty - lowers;
  if (opening > 0) speak(engine, { ...event, order: { ...order, qty: opening } }, said);
  const halted: Reason[] = opening > 0 ? state.halts.map(haltReason) : [];
  const decision = judge(said, { order, lowers, halted, rank: (guard) => guardNames.indexOf(guard) });
  const others = combine(said);
  return others === nothing ? [decision] : [decision, ...others];
}

/** How much of an order only lowers what is held. */
function loweringQty({ view }: Engine, { order }: EventOf<'order'>): number {
  const against = findPosition(view, { ...order, side: order.side > 0 ? -1 : 1 });
  if (order.reduceOnly) return order.qty;
  if (against === null || view.accounts[order.account]?.hedge === true) return 0;
  return Math.min(order.qty, against.qty);
}

/** What halted, not for how long: that is what a desk has to mend. */
function haltReason({ guard, rule, why }: Halt): Reason {
  return { guard, rule: `halted-${rule}`, severity: 'warning', ...why };
}
