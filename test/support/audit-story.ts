/** A small audit log: two limits and a reduction, the fills that followed, a halt. */
import { type Decision, type Effect, wholeBook } from '../../src/engine/decision.ts';
import { type AuditLog, openAudit } from '../../src/io/audit-log.ts';
import type { FillRecord } from '../../src/model/fill.ts';

const DAY = 86_400_000;
export const START = 19_000 * DAY; // 2022-01-08

export function decisionOf(decision: Partial<Decision> & Pick<Decision, 'kind' | 'rule'>): Decision {
  const { effect = null } = decision;
  const isPlaced = effect !== null && 'symbol' in effect;
  return {
    time: START,
    guard: 'margin-ladder',
    severity: 'warning',
    measure: 'marginRemaining',
    observed: 0.29,
    threshold: 0.3,
    about: isPlaced ? { account: effect.account, symbol: effect.symbol } : wholeBook,
    effect: null,
    stands: true,
    reasons: [],
    uses: [],
    ...decision,
  };
}

export function fillOf(fill: Partial<FillRecord>): FillRecord {
  return {
    time: START,
    account: 0,
    symbol: 0,
    position: 1,
    opening: false,
    qty: 0.25,
    price: 99.5,
    cause: 'engine',
    order: null,
    pnl: -1.5,
    fee: 0.01,
    left: 0.75,
    shares: [],
    ...fill,
  };
}

const order: Effect = { kind: 'order', id: 7, account: 0, symbol: 1, side: -1, qty: 0 };
const reduce: Effect = { kind: 'reduce', account: 0, symbol: 0, side: 1, qty: 0.25 };
const stop: Effect = { kind: 'set-stop', account: 1, symbol: 0, side: 1, price: 90 };

export const run = {
  version: '0.2.0',
  runId: 'a'.repeat(64),
  configHash: 'b'.repeat(64),
  pathHash: 'c'.repeat(64),
  symbols: ['BTCUSDT', 'ETHUSDT'],
  accounts: ['main', 'hedge'],
};

const reason = { rule: 'cap', severity: 'info', measure: 'leverage', observed: 12, threshold: 10 } as const;

/** Nine records between the header and the end. */
export function tellStory(log: AuditLog): void {
  log.begin(run);
  const denied = { kind: 'deny', guard: 'leverage-cap', ...reason, effect: order } as const;
  const uses = [{ guard: 'leverage-cap', limit: 'cap', use: 1.2 }] as const;
  log.decision(decisionOf({ ...denied, reasons: [{ ...reason, guard: 'leverage-cap' }], uses }));
  log.decision(decisionOf({ kind: 'set-stop', rule: 'atr-stop', guard: 'stops', effect: stop }));
  log.decision(decisionOf({ kind: 'reduce', rule: 'reduce-25', effect: reduce, time: START + DAY }));
  log.fill(fillOf({ time: START + DAY + 500 }));
  log.fill(fillOf({ time: START + DAY + 900, account: 1, cause: 'stop', qty: 2, left: 0, price: 89 }));
  const halt = { kind: 'halt', until: null, manual: true } as const;
  const broken = { rule: 'daily-loss', guard: 'circuit-breakers' } as const;
  log.decision(decisionOf({ kind: 'halt', ...broken, effect: halt, time: START + 2 * DAY }));
  const yielding = { kind: 'reduce', rule: 'reduce-50', effect: reduce, stands: false } as const;
  log.decision(decisionOf({ ...yielding, time: START + 2 * DAY }));
  log.decision(decisionOf({ kind: 'alert', ...broken, time: START + 2 * DAY, observed: null }));
  log.decision(decisionOf({ kind: 'resume', ...broken, effect: { kind: 'resume' }, time: START + 3 * DAY }));
}

/** The log as a file in a folder. */
export function writeStory(folder: string, name = 'run.audit'): void {
  const log = openAudit(name, folder);
  tellStory(log);
  log.end();
}
