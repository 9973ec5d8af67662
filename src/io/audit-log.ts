/**
 * Writes an audit log while a run goes on. Each line is handed to the system as it is made, whole, so that a run which is
 * killed leaves all that it has decided; a torn last line is the system's doing, and `readAudit` says so.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
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
  /** Writes the header; before anything else, once. */
  readonly begin: (run: AuditRun) => void;
  readonly decision: (decision: Decision) => void;
  readonly fill: (fill: FillRecord) => void;
  /** Says that the run came to its end, and closes the file. */
  readonly end: () => void;
  /** Closes the file of a run that broke off: all lines so far, and no end. */
  readonly close: () => void;
};

/**
 * Opens a new log; what the file held before is gone, as with any other output.
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

type Lines = { readonly append: (line: string) => void; readonly close: () => void };

/** A file of whole lines. */
function openLines(path: string, cwd: string): Lines {
  const told = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw refused(path, error);
    }
  };
  const file = told(() => openSync(resolve(cwd, path), 'w'));
  return {
    append: (line) => {
      const bytes = Buffer.from(`${line}\n`);
      // The system may take a part of what it is given.
      for (let at = 0; at < bytes.length; ) at += told(() => writeSync(file, bytes, at));
    },
    close: () => told(() => closeSync(file)),
  };
}

function refused(path: string, error: unknown): InputError {
  const message = `"${path}" must be a file that can be written, was refused: ${reasonOf(error)}`;
  return new InputError({ code: 'OUTPUT', message });
}
