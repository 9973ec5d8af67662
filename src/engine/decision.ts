/**
 * What the engine says. A decision names the guard and the rule, what was observed against which threshold, and what is
 * to be done; whoever drives the engine sends the orders and feeds back their fills.
 */

/** In order of precedence: where several guards deny, the first of them is the reason (DESIGN 3). */
export const guardNames = [
  'emergency-stop',
  'account-levels',
  'margin-ladder',
  'circuit-breakers',
  'funding-breaker',
  'stops',
  'session-limits',
  'leverage-cap',
  'portfolio-limits',
  'trade-limits',
  'flags',
] as const;

export type GuardName = (typeof guardNames)[number];

/** S1, alerting: four levels. */
export type Severity = 'info' | 'warning' | 'critical' | 'emergency';

/** What a finding is about; null is all accounts, and all symbols. */
export type Subject = { readonly account: number | null; readonly symbol: number | null };

export const wholeBook: Subject = Object.freeze({ account: null, symbol: null });

/** Why a guard speaks. */
export type Finding = {
  /** The rule of the guard, kebab-case: `daily-loss`. It is the reason code of the decision. */
  readonly rule: string;
  readonly severity: Severity;
  /** What was looked at: `marginRemaining`, `dailyLoss`, `fundingRate8h`. */
  readonly measure: string;
  readonly observed: number | null;
  readonly threshold: number | null;
  /** The whole book where it is left out. */
  readonly about?: Subject;
};

export type Effect =
  | {
      readonly kind: 'order';
      readonly id: number;
      readonly account: number;
      readonly symbol: number;
      /** +1 buys, -1 sells. */
      readonly side: 1 | -1;
      /** What may pass, >= 0. */
      readonly qty: number;
    }
  | {
      readonly kind: 'set-stop';
      readonly account: number;
      readonly symbol: number;
      /** Of the position that it protects. */
      readonly side: 1 | -1;
      readonly price: number;
    }
  | {
      readonly kind: 'reduce' | 'close' | 'flip';
      readonly account: number;
      readonly symbol: number;
      /** Of the position. */
      readonly side: 1 | -1;
      /** > 0: what is to be closed. */
      readonly qty: number;
    }
  /** Denies new risk. */
  | { readonly kind: 'halt'; readonly until: number | null; readonly manual: boolean }
  | { readonly kind: 'resume' };

export type DecisionKind =
  | 'allow'
  | 'resize'
  | 'deny'
  | 'set-stop'
  | 'reduce'
  | 'close'
  | 'flip'
  | 'halt'
  | 'resume'
  | 'alert';

/** How much of a limit is used once an order has filled: 1 is all of it. */
export type Use = {
  readonly guard: GuardName;
  readonly limit: string;
  readonly use: number;
  /** The same without the order; left out where the limit is one on the order itself. */
  readonly before?: number;
};

export type Reason = Finding & { readonly guard: GuardName };

export type Decision = {
  readonly time: number;
  readonly guard: GuardName | 'engine';
  readonly kind: DecisionKind;
  readonly rule: string;
  readonly severity: Severity;
  readonly measure: string;
  readonly observed: number | null;
  readonly threshold: number | null;
  /** That of its effect, where it has one. */
  readonly about: Subject;
  readonly effect: Effect | null;
  /** False where another guard asked for more of the same position, and its effect was taken instead. */
  readonly stands: boolean;
  /** Of an order: every reason in order of precedence, and the use of each limit; empty for others. */
  readonly reasons: readonly Reason[];
  readonly uses: readonly Use[];
};
