/** The margin scopes of an account by names that last, as their indexes do not. */
import type { Subject } from './decision.ts';
import { type PositionView, positionKey, type View } from './view.ts';

export type KeyedScope = {
  readonly key: string;
  readonly scope: number;
  readonly positions: readonly PositionView[];
};

/** Several guards ask of one view. */
const known = new WeakMap<View, readonly KeyedScope[]>();

/** The scopes that hold positions, by names that last: an isolated one is its position, a cross one its wallet. */
export function scopeKeys(view: View): readonly KeyedScope[] {
  const before = known.get(view);
  if (before !== undefined) return before;
  const found = keysOf(view);
  known.set(view, found);
  return found;
}

function keysOf({ positions, margin }: View): KeyedScope[] {
  const found = new Map<number, PositionView[]>();
  for (const one of positions) {
    const own = found.get(one.scope);
    if (own === undefined) found.set(one.scope, [one]);
    else own.push(one);
  }
  return [...found].map(([scope, own]) => {
    const [first] = own;
    const isolated = first?.isolated === true;
    const key = isolated ? positionKey(first) : `${margin.account[scope]!}/cross/${margin.wallet[scope]!}`;
    return { key, scope, positions: own };
  });
}

/** Whom a finding on a scope is about: the position of an isolated one, the account of a cross one. */
export function scopeSubject({ margin }: View, scope: number, positions: readonly PositionView[]): Subject {
  const [first] = positions;
  return { account: margin.account[scope]!, symbol: first?.isolated === true ? first.symbol : null };
}

/** Whether a scope can be measured: it cannot before the first price of each of its symbols. */
export function isReadable({ margin }: View, scope: number): boolean {
  return Number.isFinite(margin.equity[scope]) && Number.isFinite(margin.maintenance[scope]);
}
