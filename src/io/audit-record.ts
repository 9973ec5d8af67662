/**
 * The lines of an audit log, `risk-audit/1`: a header, then one line for each decision and each fill, then an end where the
 * run came to one. Every line is a JSON object that names its place (`seq`, 0 for the header) and the SHA-256 of the line
 * before it (`prev`, 64 zeros for the header), so that no line can be changed, added or taken out unseen.
 */
import { z } from 'zod';
import type { Decision, DecisionKind, Effect, Subject } from '../engine/decision.ts';
import type { FillRecord } from '../model/fill.ts';

export const AUDIT_SCHEMA = 'risk-audit/1';

/** What the header names as the line before it. */
export const NO_LINE = '0'.repeat(64);

export const decisionKinds = [
  'allow',
  'resize',
  'deny',
  'set-stop',
  'reduce',
  'close',
  'flip',
  'halt',
  'resume',
  'alert',
] as const satisfies readonly DecisionKind[];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const link = { seq: z.number().int().nonnegative(), prev: sha256 };
const side = z.union([z.literal(1), z.literal(-1)]);
const number = z.number().nullable();

/** What a guard saw. */
export const findingFields = {
  rule: z.string(),
  severity: z.enum(['info', 'warning', 'critical', 'emergency']),
  measure: z.string(),
  observed: number,
  threshold: number,
};

const effect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('order'), id: z.number(), side, qty: z.number() }),
  z.strictObject({ kind: z.literal('set-stop'), side, price: z.number() }),
  z.strictObject({ kind: z.enum(['reduce', 'close', 'flip']), side, qty: z.number() }),
  z.strictObject({ kind: z.literal('halt'), until: number, manual: z.boolean() }),
  z.strictObject({ kind: z.literal('resume') }),
]);

const header = z.strictObject({
  ...link,
  kind: z.literal('header'),
  schema: z.literal(AUDIT_SCHEMA),
  version: z.string(),
  runId: z.string(),
  configHash: z.string(),
  pathHash: z.string(),
  symbols: z.array(z.string()),
  accounts: z.array(z.string()),
});

const decision = z.strictObject({
  ...link,
  kind: z.enum(decisionKinds),
  time: z.number(),
  guard: z.string(),
  ...findingFields,
  account: z.string().nullable(),
  symbol: z.string().nullable(),
  effect: effect.nullable(),
  stands: z.boolean(),
  reasons: z.array(z.strictObject({ guard: z.string(), ...findingFields })),
  uses: z.array(z.strictObject({ guard: z.string(), limit: z.string(), use: z.number() })),
});

const fill = z.strictObject({
  ...link,
  kind: z.literal('fill'),
  time: z.number(),
  account: z.string().nullable(),
  symbol: z.string().nullable(),
  position: side,
  opening: z.boolean(),
  qty: z.number(),
  price: z.number(),
  cause: z.string(),
  pnl: z.number(),
  fee: z.number(),
  left: z.number(),
});

const end = z.strictObject({ ...link, kind: z.literal('end'), decisions: z.number(), fills: z.number() });

export const auditLine = z.discriminatedUnion('kind', [header, decision, fill, end]);

export type AuditHeader = z.output<typeof header>;
export type AuditDecision = z.output<typeof decision>;
export type AuditFill = z.output<typeof fill>;
export type AuditEnd = z.output<typeof end>;
export type AuditLine = z.output<typeof auditLine>;

/** A line without what chains it to the others. */
export type Unchained<L> = L extends unknown ? Omit<L, 'seq' | 'prev'> : never;

/** The names behind the indexes of decisions and fills. */
export type Names = Pick<AuditHeader, 'symbols' | 'accounts'>;

export function decisionRecord(
  { time, guard, kind, rule, severity, measure, observed, threshold, about, effect, ...rest }: Decision,
  names: Names,
): Unchained<AuditDecision> {
  const { stands, reasons, uses } = rest;
  return {
    kind,
    time,
    guard,
    rule,
    severity,
    measure,
    observed,
    threshold,
    ...subjectOf(about, names),
    effect: effect === null ? null : effectRecord(effect),
    stands,
    reasons: reasons.map((one) => ({
      guard: one.guard,
      rule: one.rule,
      severity: one.severity,
      measure: one.measure,
      observed: one.observed,
      threshold: one.threshold,
    })),
    uses: uses.map((one) => ({ guard: one.guard, limit: one.limit, use: one.use })),
  };
}

/** By name; null where it is about all of them. */
function subjectOf(
  { account, symbol }: Subject,
  { symbols, accounts }: Names,
): Pick<AuditDecision, 'account' | 'symbol'> {
  return {
    account: account === null ? null : (accounts[account] ?? null),
    symbol: symbol === null ? null : (symbols[symbol] ?? null),
  };
}

function effectRecord(effect: Effect): NonNullable<AuditDecision['effect']> {
  switch (effect.kind) {
    case 'order':
      return { kind: effect.kind, id: effect.id, side: effect.side, qty: effect.qty };
    case 'set-stop':
      return { kind: effect.kind, side: effect.side, price: effect.price };
    case 'halt':
      return { kind: effect.kind, until: effect.until, manual: effect.manual };
    case 'resume':
      return { kind: effect.kind };
    default:
      return { kind: effect.kind, side: effect.side, qty: effect.qty };
  }
}

export function fillRecord(
  { time, account, symbol, position, opening, qty, price, cause, pnl, fee, left }: FillRecord,
  { symbols, accounts }: Names,
): Unchained<AuditFill> {
  return {
    kind: 'fill',
    time,
    account: accounts[account] ?? null,
    symbol: symbols[symbol] ?? null,
    position,
    opening,
    qty,
    price,
    cause,
    pnl,
    fee,
    left,
  };
}
