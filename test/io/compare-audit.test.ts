import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/engine/decision.ts';
import { type AuditLog, type AuditRun, openAudit } from '../../src/io/audit-log.ts';
import { type AuditComparison, compareWith } from '../../src/io/compare-audit.ts';
import { readAudit } from '../../src/io/read-audit.ts';
import type { FillRecord } from '../../src/model/fill.ts';
import { decisionOf, fillOf, run, tellStory, writeStory } from '../support/audit-story.ts';
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

/** What comes of the story against its log, after the log was changed. */
async function verdict(change: Change = {}, edit: (text: string) => string = (text) => text) {
  const folder = await scratch();
  writeStory(folder);
  const file = join(folder, 'run.audit');
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
  const comparison = compareWith(await readAudit('run.audit', folder), 'run.audit');
  retell(comparison, change);
  return comparison.verdict();
}

/** The first difference in words; null where every decision is the same. */
async function difference(change: Change = {}, edit: (text: string) => string = (text) => text) {
  const { kind, text } = await verdict(change, edit);
  return kind === 'differs' ? text : null;
}

const only = <T>(number: number, change: (one: T) => T | null) => {
  return (one: T, at: number) => (at === number ? change(one) : one);
};

describe('a run against its log', () => {
  test('is identical where every decision, every fill and all terms are, and says how many', async () => {
    expect(await verdict()).toEqual({
      kind: 'identical',
      text: 'identical: 7 decisions and 2 fills of run.audit',
    });
  });

  test('of one decision says so in the singular', async () => {
    const folder = await scratch();
    const log = openAudit('run.audit', folder);
    const tell = (one: Pick<AuditLog, 'begin' | 'decision' | 'fill'>) => {
      one.begin(run);
      one.decision(decisionOf({ kind: 'alert', rule: 'monitor' }));
      one.fill(fillOf({}));
    };
    tell(log);
    log.end();
    const comparison = compareWith(await readAudit('run.audit', folder), 'run.audit');
    tell(comparison);
    expect(comparison.verdict().text).toBe('identical: 1 decision and 1 fill of run.audit');
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
    expect(comparison.verdict().text).toContain(
      'run.audit must hold a line for "2022-01-08 00:00 leverage-cap deny cap", it ends before it',
    );
  });

  test.each<[string, Partial<AuditRun>, string]>([
    ['version', { version: '9.9.9' }, 'version (0.2.0, now 9.9.9)'],
    ['configuration', { configHash: 'e'.repeat(64) }, 'configuration hash (bbbbbbbbbbbb, now eeeeeeeeeeee)'],
    ['run id', { runId: 'f'.repeat(64) }, 'run id (aaaaaaaaaaaa, now ffffffffffff)'],
    [
      'all of them',
      { version: '9.9.9', configHash: 'e'.repeat(64), runId: 'f'.repeat(64) },
      'version (0.2.0, now 9.9.9), configuration hash (bbbbbbbbbbbb, now eeeeeeeeeeee), run id (aaaaaaaaaaaa, now ffffffffffff)',
    ],
  ])('that decides alike under another %s is said to, with what is other', async (_, about, what) => {
    expect(await verdict({ run: about })).toEqual({
      kind: 'same-decisions',
      text: `every decision is the same: 7 decisions and 2 fills of run.audit; what differs: ${what}`,
    });
  });

  test('under other terms is held to its decisions all the same', async () => {
    const found = await difference({
      run: { version: '9.9.9', configHash: 'e'.repeat(64), pathHash: 'd'.repeat(64) },
      fill: only(1, (one) => ({ ...one, price: 88 })),
    });
    expect(found).toBe(
      'REPLAY_DIFFERS: the run must decide as run.audit: line 6 (seq 5) holds "2022-01-09 00:00:00.900 fill BTCUSDT 2 @ 89", ' +
        'the run has price 88 instead of 89 in "2022-01-09 00:00:00.900 fill BTCUSDT 2 @ 88"',
    );
  });

  test('along other prices is another run, even where every decision is the same', async () => {
    expect(await difference({ run: { pathHash: 'd'.repeat(64), version: '9.9.9' } })).toBe(
      'REPLAY_DIFFERS: the path of prices must be that of run.audit, cccccccccccc, was dddddddddddd; every decision is the same all the same',
    );
  });

  test.each<[string, Partial<AuditRun>, string]>([
    [
      'symbols',
      { symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] },
      'BTCUSDT, ETHUSDT, was BTCUSDT, ETHUSDT, SOLUSDT',
    ],
    ['accounts', { accounts: ['main', 'hedge', 'spare'] }, 'main, hedge, was main, hedge, spare'],
  ])('of other %s is another run as well', async (what, about, told) => {
    expect(await difference({ run: about })).toContain(
      `the ${what} must be that of run.audit, ${told}; every`,
    );
  });

  test('is not held to a log that is broken, torn, or broke off', async () => {
    expect(await difference({}, (text) => text.slice(0, -5))).toBe(
      'REPLAY_DIFFERS: run.audit must be whole, its last line is torn',
    );
    const unended = (text: string) => `${text.split('\n').slice(0, -2).join('\n')}\n`;
    expect(await difference({}, unended)).toBe(
      'REPLAY_DIFFERS: run.audit must hold the end of its run, it broke off',
    );
    // The record is broken by its text, so that nothing before it differs.
    expect(await difference({}, (text) => text.replace('"cause":"stop"', '"cause":'))).toBe(
      'REPLAY_DIFFERS: run.audit must be whole, line 6 is broken: line 6 must be JSON, is not',
    );
    expect(await difference({}, (text) => text.replace('"fills":2', '"fills":1'))).toContain(
      'run.audit must be whole, line 11 is broken: line 11 must count',
    );
  });

  test('against a broken log differs by that, and names the first decision before it that was other', async () => {
    const found = await difference({}, (text) => text.replace('"qty":0.25', '"qty":0.2'));
    expect(found).toMatch(/^REPLAY_DIFFERS: run\.audit must be whole, line 5 is broken: line 5 must name /);
    expect(found).toContain('; before it the run must decide as run.audit: line 4 (seq 3) holds');
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
