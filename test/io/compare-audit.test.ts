import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/engine/decision.ts';
import type { AuditLog, AuditRun } from '../../src/io/audit-log.ts';
import { type AuditComparison, compareWith } from '../../src/io/compare-audit.ts';
import { readAudit } from '../../src/io/read-audit.ts';
import type { FillRecord } from '../../src/model/fill.ts';
import { run, tellStory, writeStory } from '../support/audit-story.ts';
import { scratch } from '../support/scratch.ts';

type Change = {
  /** What the run does otherwise than its log, by the number of its decision or fill from 0; null leaves it out. */
  readonly decision?: (decision: Decision, at: number) => Decision | null;
  readonly fill?: (fill: FillRecord, at: number) => FillRecord | null;
  readonly run?: Partial<AuditRun>;
};

/** Tells a comparison the story, changed on its way. */
function retell(comparison: AuditComparison, { decision, fill, run: about }: Change): void {
  let decisions = 0;
  let fills = 0;
  const log: AuditLog = {
    begin: (one) => comparison.begin({ ...one, ...about }),
    decision: (one) => {
      const told = decision === undefined ? one : decision(one, decisions);
      decisions += 1;
      if (told !== null) comparison.decision(told);
    },
    fill: (one) => {
      const told = fill === undefined ? one : fill(one, fills);
      fills += 1;
      if (told !== null) comparison.fill(told);
    },
    end: () => undefined,
    close: () => undefined,
  };
  tellStory(log);
}

/** The first difference between the story and its log, after the log was changed. */
async function difference(change: Change = {}, edit: (text: string) => string = (text) => text) {
  const folder = await scratch();
  writeStory(folder);
  const file = join(folder, 'run.audit');
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
  const comparison = compareWith(await readAudit('run.audit', folder), 'run.audit');
  retell(comparison, change);
  return comparison.difference();
}

const only = <T>(number: number, change: (one: T) => T | null) => {
  return (one: T, at: number) => (at === number ? change(one) : one);
};

describe('a run against its log', () => {
  test('is the same where every decision and fill is', async () => {
    expect(await difference()).toBeNull();
  });

  test('parts in words where one field of one decision differs: the line, what it holds, what the run has', async () => {
    expect(await difference({ decision: only(2, (one) => ({ ...one, observed: 0.28 })) })).toBe(
      'REPLAY_DIFFERS: the run must decide as run.audit: line 4 (seq 3) holds "2022-01-09 00:00 margin-ladder reduce reduce-25", ' +
        'the run has observed 0.28 instead of 0.29 in "2022-01-09 00:00 margin-ladder reduce reduce-25"',
    );
  });

  test.each<[string, Partial<Decision>]>([
    ['time', { time: 1 }],
    ['guard', { guard: 'flags' }],
    ['kind', { kind: 'close' }],
    ['rule', { rule: 'other' }],
    ['severity', { severity: 'critical' }],
    ['measure', { measure: 'other' }],
    ['threshold', { threshold: 0.31 }],
    ['effect', { effect: { kind: 'reduce', account: 0, symbol: 0, side: 1, qty: 0.250_000_000_000_001 } }],
    ['account', { about: { account: 1, symbol: 0 } }],
    ['symbol', { about: { account: 0, symbol: 1 } }],
    ['stands', { stands: false }],
    ['uses', { uses: [{ guard: 'flags', limit: 'x', use: 1 }] }],
  ])('sees a difference in %s, to the last bit', async (field, change) => {
    const found = await difference({ decision: only(2, (one) => ({ ...one, ...change })) });
    expect(found).toContain(`line 4 (seq 3) holds`);
    expect(found).toContain(`the run has ${field} `);
  });

  test.each<[string, Partial<FillRecord>]>([
    ['time', { time: 1 }],
    ['qty', { qty: 0.26 }],
    ['price', { price: 99.500_000_000_000_01 }],
    ['cause', { cause: 'stop' }],
    ['pnl', { pnl: -1.4 }],
    ['fee', { fee: 0 }],
    ['left', { left: 0 }],
    ['opening', { opening: true }],
    ['position', { position: -1 }],
  ])('sees a difference in the %s of a fill', async (field, change) => {
    const found = await difference({ fill: only(0, (one) => ({ ...one, ...change })) });
    expect(found).toContain(`line 5 (seq 4) holds`);
    expect(found).toContain(`the run has ${field} `);
  });

  test('names the first difference and none of those that follow from it', async () => {
    const shifted = await difference({ decision: only<Decision>(1, () => null) });
    expect(shifted).toContain('line 3 (seq 2) holds "2022-01-08 00:00 stops set-stop atr-stop"');
    const both: Change = { decision: (one, at) => (at > 2 ? { ...one, rule: 'x' } : one) };
    expect(await difference(both)).toContain('line 7 (seq 6)');
  });

  test('that ends before its log, or goes on behind it, differs there', async () => {
    expect(await difference({ decision: only<Decision>(6, () => null) })).toBe(
      'REPLAY_DIFFERS: the run must go on as run.audit: it ended 1 line before',
    );
    const folder = await scratch();
    writeStory(folder);
    const comparison = compareWith(await readAudit('run.audit', folder), 'run.audit');
    retell(comparison, {});
    retell(comparison, { decision: (one, at) => (at === 0 ? one : null), fill: () => null });
    expect(comparison.difference()).toContain(
      'run.audit must hold a line for "2022-01-08 00:00 leverage-cap deny cap", it ends before it',
    );
  });

  test.each<[string, Partial<AuditRun>]>([
    ['the version', { version: '9.9.9' }],
    ['the path of prices', { pathHash: 'd'.repeat(64) }],
    ['the configuration', { configHash: 'e'.repeat(64) }],
  ])('of other terms is another run, whatever it decides: %s', async (what, about) => {
    expect(await difference({ run: about })).toContain(`REPLAY_DIFFERS: ${what} must be that of run.audit`);
  });

  test('is not held to a log that is broken, torn, or broke off', async () => {
    expect(await difference({}, (text) => text.replace('"qty":0.25', '"qty":0.2'))).toContain(
      'run.audit must be whole, line 5 is broken',
    );
    expect(await difference({}, (text) => text.slice(0, -5))).toContain('its last line is torn');
    const unended = (text: string) => `${text.split('\n').slice(0, -2).join('\n')}\n`;
    expect(await difference({}, unended)).toBe(
      'REPLAY_DIFFERS: run.audit must hold the end of its run, it broke off',
    );
  });

  test('that differs from a log which broke off says where first', async () => {
    const unended = (text: string) => `${text.split('\n').slice(0, -2).join('\n')}\n`;
    const found = await difference({ decision: only(0, (one) => ({ ...one, rule: 'x' })) }, unended);
    expect(found).toContain('line 2 (seq 1) holds');
  });
});

test('names of symbols and accounts are those of the run', async () => {
  const found = await difference({ run: { symbols: [...run.symbols].reverse() } });
  expect(found).toContain('the run has symbol "BTCUSDT" instead of "ETHUSDT"');
});
