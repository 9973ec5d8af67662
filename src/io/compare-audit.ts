/** Holds a run to the log of another: decision by decision, fill by fill. */
import type { Decision } from '../engine/decision.ts';
import type { FillRecord } from '../model/fill.ts';
import { utcText } from '../model/utc-text.ts';
import type { AuditRun } from './audit-log.ts';
import {
  type AuditDecision,
  type AuditFill,
  type AuditHeader,
  decisionRecord,
  fillRecord,
  type Names,
  type Unchained,
} from './audit-record.ts';
import type { Audit, AuditEntry } from './read-audit.ts';

/** What a run turned out to be beside its log. */
export type AuditVerdict = {
  /** `same-decisions`: under another version, configuration or run id every decision and fill is the same. */
  readonly kind: 'identical' | 'same-decisions' | 'differs';
  /** In one line: how many were the same and what else is other, or the first difference. */
  readonly text: string;
};

export type AuditComparison = {
  readonly begin: (run: AuditRun) => void;
  readonly decision: (decision: Decision) => void;
  readonly fill: (fill: FillRecord) => void;
  /** After the run. */
  readonly verdict: () => AuditVerdict;
};

/** What is decided is held to the log whatever its header says: the header tells why, never whether. */
export function compareWith(audit: Audit, file: string): AuditComparison {
  const { header, entries, fault } = audit;
  let at = 0;
  let about: AuditRun = header;
  let names: Names = header;
  let found: string | null = null;
  const next = (record: Line) => {
    const entry = entries[at];
    at += 1;
    if (found !== null) return;
    if (entry !== undefined) found = lineDifference(entry, record, file);
    // What stands behind a broken or a torn line is not known.
    else if (fault === null && audit.torn === 0)
      found = `${file} must hold a line for "${sentenceOf(record)}", it ends before it`;
  };
  return {
    begin: (run) => {
      about = run;
      names = { symbols: [...run.symbols], accounts: [...run.accounts] };
    },
    decision: (decision) => next(decisionRecord(decision, names)),
    fill: (fill) => next(fillRecord(fill, names)),
    verdict: () => {
      const difference =
        fault === null
          ? (found ?? restDifference(audit, at, file) ?? pathDifference(header, about, file))
          : `${file} must be whole, line ${fault.line} is broken: ${fault.text}${found === null ? '' : `; before it ${found}`}`;
      if (difference !== null) return { kind: 'differs', text: `REPLAY_DIFFERS: ${difference}` };
      const count = countText(entries, file);
      const terms = otherTerms(header, about);
      if (terms.length === 0) return { kind: 'identical', text: `identical: ${count}` };
      const text = `every decision is the same: ${count}; what differs: ${terms.join(', ')}`;
      return { kind: 'same-decisions', text };
    },
  };
}

function lineDifference({ line, record: whole }: AuditEntry, record: Line, file: string): string | null {
  const { seq, prev: _, ...logged } = whole;
  if (JSON.stringify(logged) === JSON.stringify(record)) return null;
  const was = `line ${line} (seq ${seq}) holds "${sentenceOf(logged)}"`;
  return `the run must decide as ${file}: ${was}, the run ${fieldOf(logged, record)} in "${sentenceOf(record)}"`;
}

/** What the log holds behind the last line of the run, or lacks. */
function restDifference({ entries, torn, end }: Audit, at: number, file: string): string | null {
  const rest = entries.length - at;
  if (rest > 0)
    return `the run must go on as ${file}: it ended ${rest} ${rest === 1 ? 'line' : 'lines'} before`;
  if (torn > 0) return `${file} must be whole, its last line is torn`;
  return end === null ? `${file} must hold the end of its run, it broke off` : null;
}

/** Other prices, or other names of what was decided on: another run, even where every decision is the same. */
function pathDifference(header: AuditHeader, run: AuditRun, file: string): string | null {
  const parts: readonly (readonly [string, string, string])[] = [
    ['symbols', header.symbols.join(', '), run.symbols.join(', ')],
    ['accounts', header.accounts.join(', '), run.accounts.join(', ')],
    ['path of prices', shortHash(header.pathHash), shortHash(run.pathHash)],
  ];
  const parted = parts.find(([, logged, own]) => logged !== own);
  if (parted === undefined) return null;
  const [what, logged, own] = parted;
  return `the ${what} must be that of ${file}, ${logged}, was ${own}; every decision is the same all the same`;
}

function otherTerms(header: AuditHeader, run: AuditRun): string[] {
  const term = (what: string, logged: string, own: string, short = (text: string) => text) =>
    logged === own ? [] : [`${what} (${short(logged)}, now ${short(own)})`];
  return [
    ...term('version', header.version, run.version),
    ...term('configuration hash', header.configHash, run.configHash, shortHash),
    ...term('run id', header.runId, run.runId, shortHash),
  ];
}

function shortHash(hash: string): string {
  return hash.slice(0, 12);
}

function countText(entries: readonly AuditEntry[], file: string): string {
  const fills = entries.filter(({ record }) => record.kind === 'fill').length;
  const decisions = entries.length - fills;
  const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  return `${many(decisions, 'decision')} and ${many(fills, 'fill')} of ${file}`;
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
