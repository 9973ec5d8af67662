/**
 * The accounts as columns of doubles, read at every instant of a replay: margin scopes, each with the legs that its
 * equity and its maintenance margin rest on.
 *
 * A scope is one isolated position, or what an account shares: its cash less isolated margins, the assets that count as
 * margin, and the cross positions that settle in the same asset. Amounts of a scope are in its settlement asset.
 */
import { type BracketTable, bracketOf } from './brackets.ts';

/** Kinds of legs: a linear position, an inverse one, an asset worth its price. */
export const LINEAR = 0;
export const INVERSE = 1;
export const ASSET = 2;

export type MarginView = {
  readonly scopes: number;
  /** Per scope. */
  readonly account: Int32Array;
  /** Index of the wallet in the account. */
  readonly wallet: Int32Array;
  /** Index of the isolated position in the account; -1 for a shared scope. */
  readonly position: Int32Array;
  /** Equity without its legs. */
  readonly base: Float64Array;
  /** Sum of the initial margins, 0 where the scope has no position. */
  readonly initial: Float64Array;
  /** 0 while the venue neither fills nor liquidates: its scopes are read and never suspect. */
  readonly active: Uint8Array;
  /** Symbol whose mark turns the settlement asset into the account's currency; -1: they are the same. */
  readonly rate: Int32Array;
  /** Legs of scope k: [from[k], from[k + 1]). */
  readonly from: Int32Array;
  /** Per leg. */
  readonly kind: Uint8Array;
  readonly symbol: Int32Array;
  /** Signed. */
  readonly qty: Float64Array;
  readonly entry: Float64Array;
  /** Position in the account; -1 for an asset. */
  readonly legPosition: Int32Array;
  /** The maintenance table of each leg; null for an asset. */
  readonly table: readonly (BracketTable | null)[];
  /** The bracket of each leg when it was last read: a hint. */
  readonly bracket: Int32Array;
  /** Written by `readMargin`: per scope. */
  readonly equity: Float64Array;
  readonly maintenance: Float64Array;
};

/** Relative distance of equity from maintenance within which doubles do not decide. */
export const NEAR = 1e-9;

/**
 * Reads every scope at the marks of one row: writes `equity` and `maintenance`. The hot loop of a replay.
 *
 * @param marks   prices by symbol, from `offset` on
 * @returns true where some scope with a position has an equity at, below, or within rounding of its maintenance
 */
export function readMargin(view: MarginView, marks: Float64Array, offset: number): boolean {
  const { scopes, from, kind, symbol, qty, entry, table, bracket, equity, maintenance, base, active } = view;
  let suspect = false;
  // The legs of the scopes follow one another, so one counter runs through all of them, and `from` is read once a scope.
  let leg = 0;
  for (let k = 0; k < scopes; k += 1) {
    let own = base[k]!;
    let kept = 0;
    let size = 0;
    const end = from[k + 1]!;
    for (; leg < end; leg += 1) {
      const price = marks[offset + symbol[leg]!]!;
      const signed = qty[leg]!;
      // A cell of a column costs a check of its bounds and its kind, so each is read once.
      const sort = kind[leg]!;
      if (sort === LINEAR) own += signed * (price - entry[leg]!);
      else if (sort === INVERSE) own += signed / entry[leg]! - signed / price;
      else own += signed * price;
      const rows = table[leg];
      if (rows === null || rows === undefined) continue;
      const worth = sort === LINEAR ? signed * price : signed / price;
      const notional = Math.abs(worth);
      let at = bracket[leg]!;
      // The floor of a bracket is the cap before it: one column to read, not two.
      if (notional > rows.cap[at]! || (at > 0 && notional <= rows.cap[at - 1]!)) {
        at = bracketOf(rows, notional);
        bracket[leg] = at;
      }
      kept += notional * rows.rate[at]! - rows.amount[at]!;
      size += notional;
    }
    equity[k] = own;
    maintenance[k] = kept;
    if (size > 0 && own - kept <= NEAR * size && active[k] === 1) suspect = true;
  }
  return suspect;
}

/**
 * The lowest equity / maintenance of the scopes as they were read, of one account or of all; null where none asks for
 * maintenance.
 */
export function lowestLevel(view: MarginView, account: number | null): number | null {
  let least = Number.POSITIVE_INFINITY;
  for (let scope = 0; scope < view.scopes; scope += 1) {
    const isMeant = account === null || view.account[scope] === account;
    if (isMeant && view.maintenance[scope]! > 0)
      least = Math.min(least, view.equity[scope]! / view.maintenance[scope]!);
  }
  return Number.isFinite(least) ? least : null;
}
