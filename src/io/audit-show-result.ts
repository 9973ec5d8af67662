/** The decisions of an audit log that are asked for, as the report of `risk audit show` carries them. */
import { z } from 'zod';
import { type AuditDecision, type AuditFill, decisionKinds, findingFields } from './audit-record.ts';
import type { Audit } from './read-audit.ts';

const count = z.number().int().nonnegative();
const number = z.number().nullable();
const shown = z.strictObject({
  line: count.describe('Of the log, 1-based'),
  time: z.number().describe('UTC ms'),
  kind: z.enum(decisionKinds),
  guard: z.string(),
  ...findingFields,
  account: z.string().nullable().describe('null where it is about the whole book'),
  symbol: z.string().nullable(),
  side: z
    .union([z.literal(1), z.literal(-1)])
    .nullable()
    .describe('Of the position, or of the order'),
  qty: number.describe('To be closed; of an order what may pass; base, or quote for inverse'),
  price: number.describe('Of a stop'),
  until: number.describe('When a halt ends by itself, UTC ms'),
  manual: z.boolean().describe('Whether an operator alone ends it'),
  stands: z.boolean().describe('False where another guard asked for more, and got it'),
  reasons: z
    .array(z.strictObject({ guard: z.string(), ...findingFields }))
    .describe('All of an order, in order'),
  uses: z.array(z.strictObject({ guard: z.string(), limit: z.string(), use: z.number() })),
  next: z
    .strictObject({
      time: z.number(),
      qty: z.number(),
      price: z.number(),
      cause: z.string(),
      pnl: z.number(),
    })
    .nullable()
    .describe('The next fill of that account in that symbol'),
});

export const auditShowResult = z.strictObject({
  runId: z.string().describe('Of the run that the log is of'),
  decisions: count.describe('In the log, up to its first broken line'),
  matching: count.describe('Those that were asked for'),
  shown: z.array(shown).describe('The first of them'),
});

export type AuditShowResult = z.output<typeof auditShowResult>;
export type ShownDecision = AuditShowResult['shown'][number];

/** What is asked for; null asks for all. */
export type AuditQuery = {
  readonly guard: string | null;
  readonly kind: string | null;
  readonly symbol: string | null;
  /** The first and the last moment. */
  readonly from: number | null;
  readonly to: number | null;
  readonly limit: number;
};

export function showResultOf({ header, entries }: Audit, query: AuditQuery): AuditShowResult {
  const next = new Map<string, AuditFill>();
  const matching: ShownDecision[] = [];
  let decisions = 0;
  // Backwards, so that what followed is known when a decision is met.
  for (const { line, record } of entries.toReversed()) {
    if (record.kind === 'fill') {
      next.set(subjectKey(record), record);
      continue;
    }
    decisions += 1;
    if (isAsked(record, query)) matching.push(shownOf(line, record, next.get(subjectKey(record)) ?? null));
  }
  return {
    runId: header.runId,
    decisions,
    matching: matching.length,
    shown: matching.toReversed().slice(0, query.limit),
  };
}

function subjectKey({ account, symbol }: Pick<AuditFill, 'account' | 'symbol'>): string {
  return JSON.stringify([account, symbol]);
}

function isAsked({ guard, kind, symbol, time }: AuditDecision, { from, to, ...asked }: AuditQuery): boolean {
  return (
    (asked.guard === null || asked.guard === guard) &&
    (asked.kind === null || asked.kind === kind) &&
    (asked.symbol === null || asked.symbol === symbol) &&
    (from === null || time >= from) &&
    (to === null || time <= to)
  );
}

function shownOf(line: number, record: AuditDecision, fill: AuditFill | null): ShownDecision {
  const { seq: _, prev: __, effect, ...told } = record;
  return {
    line,
    ...told,
    side: effect !== null && 'side' in effect ? effect.side : null,
    qty: effect !== null && 'qty' in effect ? effect.qty : null,
    price: effect?.kind === 'set-stop' ? effect.price : null,
    until: effect?.kind === 'halt' ? effect.until : null,
    manual: effect?.kind === 'halt' && effect.manual,
    next:
      fill === null
        ? null
        : { time: fill.time, qty: fill.qty, price: fill.price, cause: fill.cause, pnl: fill.pnl },
  };
}
