/** What `risk audit verify` finds, as its report carries it. */
import { z } from 'zod';
import type { Audit } from './read-audit.ts';

const count = z.number().int().nonnegative();
const time = z.number().nullable().describe('UTC ms; null without records');

export const auditVerifyResult = z.strictObject({
  verdict: z.enum(['intact', 'broken']),
  run: z
    .strictObject({
      version: z.string(),
      runId: z.string(),
      configHash: z.string(),
      pathHash: z.string(),
      symbols: z.array(z.string()),
      accounts: z.array(z.string()),
    })
    .describe('What the header says'),
  lines: count.describe('Whole lines of the file'),
  decisions: count.describe('Up to the first broken line, like all that follows'),
  fills: count,
  from: time,
  to: time,
  finished: z.boolean().describe('Whether the run came to its end; false where it was killed, or broke off'),
  torn: count.describe('Bytes of a last line that was cut off, which is no fault'),
  fault: z
    .strictObject({
      line: count.describe('1-based'),
      why: z
        .enum(['unreadable', 'field', 'seq', 'prev', 'count', 'after-end'])
        .describe(
          'No JSON; not the fields of its kind; not its place; not the hash before it; an end that counts other than what stands before it; behind the end',
        ),
      text: z.string(),
    })
    .nullable()
    .describe('The first broken line'),
  head: z
    .string()
    .describe(
      'SHA-256 of the last line that the chain holds; kept elsewhere, it shows what is missing at the end',
    ),
});

export type AuditVerifyResult = z.output<typeof auditVerifyResult>;

export function verifyResultOf({
  header,
  entries,
  end,
  fault,
  torn,
  lines,
  head,
  input,
}: Audit): AuditVerifyResult {
  const { version, runId, configHash, pathHash, symbols, accounts } = header;
  const fills = entries.filter(({ record }) => record.kind === 'fill').length;
  return {
    verdict: fault === null ? 'intact' : 'broken',
    run: { version, runId, configHash, pathHash, symbols, accounts },
    lines,
    decisions: entries.length - fills,
    fills,
    from: input.from,
    to: input.to,
    finished: end !== null,
    torn,
    fault,
    head,
  };
}
