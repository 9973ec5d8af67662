/**
 * Writes an audit log while a run goes on. Each line is handed to the system as it is made, whole, so that a run which is
 * killed leaves all that it has decided; a torn last line is the system's doing, and `readAudit` says so.
 */
import { accessSync, closeSync, constants, openSync, statSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Decision } from '../engine/decision.ts';
import { assert, InputError } from '../model/errors.ts';
import type { FillRecord } from '../model/fill.ts';
import {
  AUDIT_SCHEMA,
  type AuditHeader,
  type AuditLine,
  decisionRecord,
  fillRecord,
  type Names,
  NO_LINE,
  type Unchained,
} from './audit-record.ts';
import { reasonOf } from './file-chunks.ts';
import { hashText } from './hash.ts';

/** What a log is about. */
export type AuditRun = Readonly<Omit<Unchained<AuditHeader>, 'kind' | 'schema' | keyof Names>> & {
  readonly symbols: readonly string[];
  readonly accounts: readonly string[];
};

export type AuditLog = {
  /** Opens the file and writes the header; before anything else, once. */
  readonly begin: (run: AuditRun) => void;
  readonly decision: (decision: Decision) => void;
  readonly fill: (fill: FillRecord) => void;
  /** Says that the run came to its end, and closes the file. */
  readonly end: () => void;
  /** Closes the file of a run that broke off: all lines so far, and no end; before `begin` nothing was touched. */
  readonly close: () => void;
};

/**
 * A new log. What the file held before is gone when the run begins, and not earlier: a run that is refused before it
 * begins leaves the log of another as it was. A path that cannot be written is refused at once, before a long run.
 *
 * @param path  relative to `cwd` or absolute
 * @throws InputError OUTPUT  where it cannot be written, here or later
 */
export function openAudit(path: string, cwd: string): AuditLog {
  const file = openLines(path, cwd);
  const count = { lines: 0, decisions: 0, fills: 0 };
  let names: Names = { symbols: [], accounts: [] };
  let prev = NO_LINE;
  const append = (record: Unchained<AuditLine>) => {
    const line = lineText({ seq: count.lines, prev, ...record });
    prev = hashText(line);
    count.lines += 1;
    file.append(line);
  };
  return {
    begin: ({ version, runId, configHash, pathHash, symbols, accounts }) => {
      assert(count.lines === 0, 'the header of an audit log comes first');
      file.open();
      names = { symbols: [...symbols], accounts: [...accounts] };
      append({ kind: 'header', schema: AUDIT_SCHEMA, version, runId, configHash, pathHash, ...names });
    },
    decision: (decision) => {
      count.decisions += 1;
      append(decisionRecord(decision, names));
    },
    fill: (fill) => {
      count.fills += 1;
      append(fillRecord(fill, names));
    },
    end: () => {
      const { decisions, fills } = count;
      append({ kind: 'end', decisions, fills });
      file.close();
    },
    close: file.close,
  };
}

/** Keys in the order of the record; a number that is none would be written as null, so it must not come here. */
function lineText(record: object): string {
  return JSON.stringify(record, (key, value: unknown) => {
    assert(
      typeof value !== 'number' || Number.isFinite(value),
      `${key} of an audited record is a finite number, was ${value}`,
    );
    return value;
  });
}

type Lines = {
  readonly open: () => void;
  readonly append: (line: string) => void;
  readonly close: () => void;
};

/** A file of whole lines. */
function openLines(path: string, cwd: string): Lines {
  const named = resolve(cwd, path);
  let file: number | null = null;
  const told = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw refused(path, reasonOf(error));
    }
  };
  const fault = told(() => faultOf(named));
  if (fault !== null) throw refused(path, fault);
  return {
    open: () => {
      file = told(() => openSync(named, 'w'));
    },
    append: (line) => {
      const opened = file;
      assert(opened !== null, 'lines are appended to an audit log that has begun');
      const bytes = Buffer.from(`${line}\n`);
      // The system may take a part of what it is given.
      for (let at = 0; at < bytes.length; ) at += told(() => writeSync(opened, bytes, at));
    },
    close: () => {
      const opened = file;
      if (opened !== null) told(() => closeSync(opened));
      file = null;
    },
  };
}

/** Why a file cannot be written; null where it can, as far as this can be told without touching it. */
function faultOf(file: string): string | null {
  const existing = statSync(file, { throwIfNoEntry: false });
  if (existing?.isDirectory() === true) return 'it is a folder';
  const folder = dirname(file);
  if (existing === undefined && !statSync(folder).isDirectory()) return 'its folder is a file';
  accessSync(existing === undefined ? folder : file, constants.W_OK);
  return null;
}

function refused(path: string, reason: string): InputError {
  const message = `"${path}" must be a file that can be written, was refused: ${reason}`;
  return new InputError({ code: 'OUTPUT', message });
}
