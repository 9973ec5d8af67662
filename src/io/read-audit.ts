/** Reads an audit log, and holds each of its lines to the one before it. */
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { DataError } from '../model/errors.ts';
import type { ReportInput } from '../model/report.ts';
import {
  AUDIT_SCHEMA,
  type AuditDecision,
  type AuditEnd,
  type AuditFill,
  type AuditHeader,
  type AuditLine,
  auditLine,
  NO_LINE,
} from './audit-record.ts';
import { fileChunks } from './file-chunks.ts';

/** Why a line cannot be trusted. */
export type AuditFault = {
  /** 1-based. */
  readonly line: number;
  readonly why: 'unreadable' | 'field' | 'seq' | 'prev' | 'count' | 'after-end';
  /** What must hold and what was. */
  readonly text: string;
};

export type AuditEntry = { readonly line: number; readonly record: AuditDecision | AuditFill };

export type Audit = {
  readonly header: AuditHeader;
  /** Decisions and fills in the order of the file, up to the first fault. */
  readonly entries: readonly AuditEntry[];
  /** What the run said when it came to its end; null where it broke off, and behind a fault. */
  readonly end: AuditEnd | null;
  /** The first line that is broken; null where the chain holds. */
  readonly fault: AuditFault | null;
  /** Bytes of a last line that was cut off; 0 where the file ends with a whole one. */
  readonly torn: number;
  /** Whole lines of the file. */
  readonly lines: number;
  /** SHA-256 of the last line that the chain holds: kept elsewhere, it shows whether lines at the end were taken out. */
  readonly head: string;
  readonly input: ReportInput;
};

type Chain = {
  header: AuditHeader | null;
  readonly entries: AuditEntry[];
  end: AuditEnd | null;
  fault: AuditFault | null;
  lines: number;
  head: string;
};

const NEWLINE = 10;

/**
 * @param path  relative to `cwd` or absolute
 * @throws DataError FILE_MISSING; FILE_EMPTY where there is no whole line; FILE_FORMAT where the first one is no header
 */
export async function readAudit(path: string, cwd: string): Promise<Audit> {
  const chain: Chain = { header: null, entries: [], end: null, fault: null, lines: 0, head: NO_LINE };
  const whole = createHash('sha256');
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of fileChunks(resolve(cwd, path))) {
    whole.update(chunk);
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      takeLine(chain, Buffer.concat([rest, chunk.subarray(from, to)]), path);
      rest = new Uint8Array(0);
      from = to + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  const { header, lines } = chain;
  if (header === null) throw noLines(path);
  const input = inputOf(path, { ...chain, header }, whole.digest('hex'));
  return { ...chain, header, lines, torn: rest.length, input };
}

/** Behind a fault lines are counted alone: nothing holds them to what was before. */
function takeLine(chain: Chain, bytes: Uint8Array, path: string): void {
  chain.lines += 1;
  if (chain.fault !== null) return;
  const line = chain.lines;
  const read = parseLine(bytes);
  if (line === 1) {
    if (typeof read === 'string' || read.kind !== 'header') throw noHeader(path);
    chain.header = read;
  }
  const fault =
    typeof read === 'string' ? faultOf(read, line) : (linkFault(chain, read) ?? countFault(chain, read));
  if (fault !== null || typeof read === 'string') {
    chain.fault = fault;
    return;
  }
  chain.head = createHash('sha256').update(bytes).digest('hex');
  if (read.kind === 'end') chain.end = read;
  else if (read.kind !== 'header') chain.entries.push({ line, record: read });
}

/** A line as a record, or what is wrong with its fields; an empty text where it is no JSON at all. */
function parseLine(bytes: Uint8Array): AuditLine | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return UNREADABLE;
  }
  const read = auditLine.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'is none of the schema'}`;
}

const UNREADABLE = '';

function faultOf(text: string, line: number): AuditFault {
  if (text === UNREADABLE) {
    return { line, why: 'unreadable', text: `line ${line} must be JSON, is not` };
  }
  return { line, why: 'field', text: `line ${line} must have the fields of its kind, ${text}` };
}

/** Whether a record stands where it says, behind the line that it names. */
function linkFault({ lines: line, head, end }: Chain, { kind, seq, prev }: AuditLine): AuditFault | null {
  if (end !== null) {
    return { line, why: 'after-end', text: `nothing may follow the end of a run, line ${line} does` };
  }
  if (kind === 'header' && line > 1) {
    return { line, why: 'field', text: `a log must have one header, line ${line} is another` };
  }
  if (seq !== line - 1) {
    const told = `line ${line} must be number ${line - 1} of the log, says ${seq}`;
    return { line, why: 'seq', text: `${told}: lines were taken out, added or moved` };
  }
  if (prev === head) return null;
  const before =
    line === 1 ? 'nothing stands before it' : `line ${line - 1} or what it says of it was changed`;
  const told = `line ${line} must name the SHA-256 of the line before it, names another`;
  return { line, why: 'prev', text: `${told}: ${before}` };
}

/** Nothing stands behind the end and holds its hash; what it counts holds it. */
function countFault({ lines: line, entries }: Chain, read: AuditLine): AuditFault | null {
  if (read.kind !== 'end') return null;
  const fills = entries.filter(({ record }) => record.kind === 'fill').length;
  const decisions = entries.length - fills;
  if (read.decisions === decisions && read.fills === fills) return null;
  const told = `line ${line} must count what stands before it, ${decisions} decisions and ${fills} fills`;
  return { line, why: 'count', text: `${told}, counts ${read.decisions} and ${read.fills}: it was changed` };
}

function inputOf(
  path: string,
  { header, entries, lines }: Pick<Audit, 'header' | 'entries' | 'lines'>,
  sha256: string,
): ReportInput {
  return {
    path: basename(path),
    role: 'audit',
    format: AUDIT_SCHEMA,
    why: 'its header says so',
    sha256,
    rows: lines,
    rejected: 0,
    from: entries[0]?.record.time ?? null,
    to: entries.at(-1)?.record.time ?? null,
    symbols: [...header.symbols],
  };
}

function noLines(path: string): DataError {
  return new DataError({
    code: 'FILE_EMPTY',
    message: 'an audit log must hold its header, holds no whole line',
    place: { file: path },
    remedy: 'The run was ended before it wrote anything; run it again with --audit',
  });
}

function noHeader(path: string): DataError {
  return new DataError({
    code: 'FILE_FORMAT',
    message: `an audit log must begin with a header of ${AUDIT_SCHEMA}, does not`,
    place: { file: path, line: 1 },
    remedy: 'Write one with risk replay --audit FILE',
  });
}
