import { describe, expect, it } from 'vitest';
import { dropBadRows, gateJournal } from '../../src/market/bad-rows.ts';
import type { Journal } from '../../src/market/journal.ts';
import type { RowFault } from '../../src/market/raw.ts';

const faults: readonly RowFault[] = [
  { line: 9, code: 'ROW_CUT', message: 'the last line must be whole' },
  { line: 4, code: 'ROW_PRICE', message: 'entry price must be above 0, was 0' },
];
const journal: Journal = { trades: [], bare: [], skipped: [], faults, findings: [] };

describe('dropBadRows', () => {
  it('raises the fault of the earliest line, with what to do', () => {
    expect(() => dropBadRows(faults, { file: 'j.csv', onBadRow: 'error' })).toThrow(
      'ROW_PRICE: entry price must be above 0, was 0 (j.csv:4). Correct the file, or leave such rows out with --on-bad-row drop',
    );
  });

  it('names the file alone where a fault has no line', () => {
    const fault: RowFault = { line: null, code: 'ROW_TIME', message: 'row 3' };
    expect(() => dropBadRows([fault], { file: 'j.json', onBadRow: 'error' })).toThrow(
      'ROW_TIME: row 3 (j.json). ',
    );
  });

  it('counts what is left out where that was asked for', () => {
    expect(dropBadRows(faults, { file: 'j.csv', onBadRow: 'drop' })).toMatchObject({
      code: 'dropped-rows',
      count: 2,
      line: 4,
    });
  });

  it('has nothing to say about a file without faults', () => {
    expect(dropBadRows([], { file: 'j.csv', onBadRow: 'error' })).toBeNull();
  });
});

describe('gateJournal', () => {
  it('refuses a journal with a bad row, or counts it among the findings', () => {
    expect(() => gateJournal(journal, { file: 'j.csv', onBadRow: 'error' })).toThrow('j.csv:4');
    const gated = gateJournal(journal, { file: 'j.csv', onBadRow: 'drop' });
    expect(gated.findings).toMatchObject([{ code: 'dropped-rows', count: 2 }]);
    expect(gated.faults).toBe(faults);
  });

  it('hands a journal without faults on as it is', () => {
    const clean: Journal = { ...journal, faults: [] };
    expect(gateJournal(clean, { file: 'j.csv', onBadRow: 'error' })).toBe(clean);
  });
});
