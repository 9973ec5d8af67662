/** Gathers what guards say about one event, and makes decisions of it: all guards speak, effects combine (DESIGN 3). */
import {
  type Decision,
  type DecisionKind,
  type Effect,
  type Finding,
  type GuardName,
  type Reason,
  type Use,
  wholeBook,
} from './decision.ts';
import type { OrderIntent } from './event.ts';
import type { Say } from './guard.ts';
import { type PositionView, positionKey } from './view.ts';

/** One effect on a position, with who asked for it. */
type Asked = {
  readonly guard: GuardName;
  readonly kind: 'reduce' | 'close' | 'flip';
  readonly position: PositionView;
  readonly qty: number;
  readonly finding: Finding;
  readonly place: number;
};

type Limited = { readonly guard: GuardName; readonly qty: number; readonly finding: Finding };

export type HaltWish = {
  readonly guard: GuardName;
  readonly finding: Finding;
  readonly until: number | null;
  readonly manual: boolean;
};

export type Said = {
  time: number;
  /** In the order in which they were said. */
  readonly decisions: Decision[];
  readonly asked: Asked[];
  /** Denials are limits of 0. */
  readonly limits: Limited[];
  readonly uses: Use[];
  readonly halts: HaltWish[];
  readonly resumes: { readonly guard: GuardName; readonly finding: Finding }[];
  readonly rules: { readonly guard: GuardName; readonly rule: string; readonly on: boolean }[];
  readonly fired: { readonly guard: GuardName; readonly rule: string }[];
};

export function createSaid(time: number): Said {
  return {
    time,
    decisions: [],
    asked: [],
    limits: [],
    uses: [],
    halts: [],
    resumes: [],
    rules: [],
    fired: [],
  };
}

/** Makes ready for the next event: nothing has been said of it. */
export function clearSaid(said: Said, time: number): void {
  const { decisions, asked, limits, uses, halts, resumes, rules, fired } = said;
  for (const list of [decisions, asked, limits, uses, halts, resumes, rules, fired]) list.length = 0;
  said.time = time;
}

/** The voice of one guard: what it says now goes to whoever listens now. Made once, since it is a dozen functions. */
export type Voice = { readonly say: Say; listener: Said };

export function createVoice(guard: GuardName): Voice {
  const voice = { listener: createSaid(Number.NaN) };
  const tell = (kind: DecisionKind, finding: Finding, effect: Effect | null) => {
    const said = voice.listener;
    said.fired.push({ guard, rule: finding.rule });
    said.decisions.push(decisionOf(said.time, guard, { kind, finding, effect }));
  };
  const ask = (kind: Asked['kind'], position: PositionView, qty: number, finding: Finding) => {
    const said = voice.listener;
    said.fired.push({ guard, rule: finding.rule });
    said.asked.push({ guard, kind, position, qty, finding, place: said.decisions.length });
    const { account, symbol, side } = position;
    const effect: Effect = { kind, account, symbol, side, qty };
    said.decisions.push(decisionOf(said.time, guard, { kind, finding, effect }));
  };
  const limit = (qty: number, finding: Finding) => {
    voice.listener.fired.push({ guard, rule: finding.rule });
    voice.listener.limits.push({ guard, qty, finding });
  };
  const say: Say = {
    alert: (finding) => tell('alert', finding, null),
    deny: (finding) => limit(0, finding),
    resize: (qty, finding) => limit(Math.max(0, qty), finding),
    use: (name, use, before) => {
      voice.listener.uses.push({ guard, limit: name, use, ...(before === undefined ? {} : { before }) });
    },
    reduce: (position, qty, finding) => ask('reduce', position, Math.min(qty, position.qty), finding),
    close: (position, finding) => ask('close', position, position.qty, finding),
    flip: (position, finding) => ask('flip', position, position.qty, finding),
    setStop: ({ account, symbol, side }, price, finding) =>
      tell('set-stop', finding, { kind: 'set-stop', account, symbol, side, price }),
    halt: (finding, until, manual) => {
      voice.listener.halts.push({ guard, finding, until, manual });
      tell('halt', finding, { kind: 'halt', until, manual });
    },
    resume: (finding) => {
      voice.listener.resumes.push({ guard, finding });
      tell('resume', finding, { kind: 'resume' });
    },
    on: (rule, on) => {
      voice.listener.rules.push({ guard, rule, on });
    },
  };
  return Object.assign(voice, { say });
}

export type Spoken = {
  readonly kind: DecisionKind;
  readonly finding: Finding;
  readonly effect: Effect | null;
};

export function decisionOf(
  time: number,
  guard: Decision['guard'],
  { kind, finding, effect }: Spoken,
): Decision {
  const { rule, severity, measure, observed, threshold, about = wholeBook } = finding;
  return {
    time,
    guard,
    kind,
    rule,
    severity,
    measure,
    observed,
    threshold,
    about: effect !== null && 'symbol' in effect ? { account: effect.account, symbol: effect.symbol } : about,
    effect,
    stands: true,
    reasons: [],
    uses: [],
  };
}

const strength = { close: 3, flip: 2, reduce: 1 } as const;

/**
 * The decisions of an event that is no order. Of several effects on one position the strongest stands: close before flip
 * before reduce, the largest of reductions; the first guard of the list on a tie. A stop of a position that is closed at
 * the same moment does not stand either.
 */
export function combine({ decisions, asked }: Said): readonly Decision[] {
  if (decisions.length === 0) return nothing;
  const standing = new Map<string, Asked>();
  for (const one of asked) {
    const key = positionKey(one.position);
    const best = standing.get(key);
    const rank = best === undefined ? 1 : strength[one.kind] - strength[best.kind] || one.qty - best.qty;
    if (rank > 0) standing.set(key, one);
  }
  const places = new Set([...standing.values()].map(({ place }) => place));
  return decisions.map((decision, place) => {
    const { effect } = decision;
    if (effect === null || effect.kind === 'order' || effect.kind === 'halt' || effect.kind === 'resume')
      return decision;
    const strongest = standing.get(positionKey(effect));
    const stands =
      effect.kind === 'set-stop' ? strongest === undefined || strongest.kind === 'reduce' : places.has(place);
    return stands ? decision : { ...decision, stands };
  });
}

export const nothing: readonly Decision[] = Object.freeze([]);

/** What an order adds to what is held against it, and the halts that stand. */
export type Gate = {
  readonly order: OrderIntent;
  /** The part of it that only lowers what is held; it always passes. */
  readonly lowers: number;
  readonly halted: readonly Reason[];
  /** The order of the guards. */
  readonly rank: (guard: GuardName) => number;
};

/** The one decision on an order: deny before resize (the smallest) before allow, all reasons in order of the guards. */
export function judge(said: Said, { order, lowers, halted, rank }: Gate): Decision {
  const opening = order.qty - lowers;
  const spoken = said.limits.map(({ guard, finding }): Reason => ({ ...finding, guard }));
  const reasons = [...halted, ...spoken].toSorted((a, b) => rank(a.guard) - rank(b.guard));
  const least = said.limits.reduce((qty, one) => Math.min(qty, one.qty), halted.length > 0 ? 0 : opening);
  const allowed = lowers + Math.min(opening, least);
  const kind = allowed <= 0 ? 'deny' : allowed < order.qty ? 'resize' : 'allow';
  const first = kind === 'allow' ? undefined : firstOf(said, reasons, halted, least);
  const finding: Finding = first ?? {
    rule: 'within-limits',
    severity: 'info',
    measure: 'qty',
    observed: order.qty,
    threshold: null,
  };
  const { id, account, symbol, side } = order;
  const effect: Effect = { kind: 'order', id, account, symbol, side, qty: allowed };
  const decision = decisionOf(said.time, first?.guard ?? 'engine', { kind, finding, effect });
  return { ...decision, reasons, uses: [...said.uses] };
}

/** The reason that decides: the first of those that allow least. */
function firstOf(
  said: Said,
  reasons: readonly Reason[],
  halted: readonly Reason[],
  least: number,
): Reason | undefined {
  const deciding = said.limits
    .filter(({ qty }) => qty <= least)
    .map(({ guard, finding }) => `${guard} ${finding.rule}`);
  return reasons.find((one) => halted.includes(one) || deciding.includes(`${one.guard} ${one.rule}`));
}
