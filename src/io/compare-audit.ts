/** Holds a run to the log of another: decision by decision, fill by fill. */
import type { Decision } from '../engine/decision.ts';
import type { FillRecord } from '../model/fill.ts';
import { utcText } from '../model/utc-text.ts';
import type { AuditRun } from './audit-log.ts';
import {
  type AuditDecision,
  type AuditFill,
  decisionRecord,
  fillRecord,
  type Names,
  type Unchained,
} from './audit-record.ts';
import type { Audit } from './read-audit.ts';

export type AuditComparison = {
  readonly begin: (run: AuditRun) => void;
  readonly decision: (decision: Decision) => void;
  readonly fill: (fill: FillRecord) => void;
  /** The first difference in words; null where there is none. */
  readonly difference: () => string | null;
};

export function compareWith({ header, entries, fault, torn, end }: Audit, file: string): AuditComparison {
  let at = 0;
  let names: Names = { symbols: [], accounts: [] };
  let found: string | null = null;
  const differs = (text: string) => {
    found ??= text;
  };
  const next = (record: Unchained<AuditDecision> | Unchained<AuditFill>) => {
    const entry = entries[at];
    at += 1;
    if (found !== null) return;
    if (entry === undefined) {
      differs(`${file} must hold a line for "${sentenceOf(record)}", it ends before it`);
      return;
    }
    const { seq, prev, ...logged } = entry.record;
    if (JSON.stringify(logged) === JSON.stringify(record)) return;
    const was = `line ${entry.line} (seq ${seq}) holds "${sentenceOf(logged)}"`;
    differs(
      `the run must decide as ${file}: ${was}, the run ${fieldOf(logged, record)} in "${sentenceOf(record)}"`,
    );
  };
  return {
    begin: ({ version, configHash, pathHash, symbols, accounts }) => {
      names = { symbols: [...symbols], accounts: [...accounts] };
      if (fault !== null) differs(`${file} must be whole, line ${fault.line} is broken: ${fault.text}`);
      if (torn > 0) differs(`${file} must be whole, its last line is torn`);
      const same = (what: string, logged: string, own: string) => {
        if (logged !== own) differs(`${what} must be that of ${file}, ${logged}, was ${own}`);
      };
      same('the version', header.version, version);
      same('the path of prices', header.pathHash, pathHash);
      same('the configuration', header.configHash, configHash);
    },
    decision: (decision) => next(decisionRecord(decision, names)),
    fill: (fill) => next(fillRecord(fill, names)),
    difference: () => {
      const rest = entries.length - at;
      if (rest > 0)
        differs(`the run must go on as ${file}: it ended ${rest} ${rest === 1 ? 'line' : 'lines'} before`);
      if (end === null && found === null) differs(`${file} must hold the end of its run, it broke off`);
      return found === null ? null : `REPLAY_DIFFERS: ${found}`;
    },
  };
}

type Line = Unchained<AuditDecision> | Unchained<AuditFill>;

function sentenceOf(record: Line): string {
  const when = utcText(record.time);
  return record.kind === 'fill'
    ? `${when} fill ${record.symbol} ${record.qty} @ ${record.price}`
    : `${when} ${record.guard} ${record.kind} ${record.rule}`;
}

/** The first field in which two records part. */
function fieldOf(logged: Line, own: Line): string {
  const a = Object.entries(logged);
  const b = new Map(Object.entries(own));
  const parted = a.find(([key, value]) => JSON.stringify(value) !== JSON.stringify(b.get(key)));
  if (parted === undefined) return 'has other fields';
  const [key, value] = parted;
  return `has ${key} ${JSON.stringify(b.get(key))} instead of ${JSON.stringify(value)}`;
}
