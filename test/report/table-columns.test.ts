import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { type TableOptions, tableColumns } from '../../src/report/table-columns.ts';
import { inventedReport } from '../support/invented-report.ts';

const report = inventedReport({
  levels: [
    { multiplier: 1, interval: { low: 0.4, high: 0.6, iid: { low: 0.1 } }, reason: null },
    { multiplier: 2, interval: null, reason: 'short' },
  ],
  scenarios: [
    { id: 'luna', run: { endEquity: '94103.20000001' }, decisions: [{ time: 5, symbol: 'BTC' }] },
    { id: 'calm', run: { endEquity: '100000' }, decisions: [] },
    {
      id: 'ftx',
      run: { endEquity: '-0.5' },
      decisions: [
        { time: 7, symbol: null },
        { time: 8, symbol: 'SOL' },
      ],
    },
  ],
  equity: [
    [1_700_000_000_123, 100],
    [1_700_000_060_123, 99.5],
  ],
  names: ['a', 'b'],
  empty: [],
  reverse: null,
  mixed: [1, { a: 1 }],
  either: [{ value: [1] }, { value: { a: 1 } }],
  ragged: [[1, 2], [3]],
  total: 3,
  trades: { total: 3, wins: 1 },
});

/** Rows of the table, under the names of its columns. */
function tableOf(path: string, options?: TableOptions): { names: string[]; rows: unknown[][] } {
  const columns = tableColumns(report, path, options);
  const count = columns[0]?.values.length ?? 0;
  return {
    names: columns.map(({ name }) => name),
    rows: Array.from({ length: count }, (_, i) => columns.map(({ values }) => values[i])),
  };
}

describe('columns of a list of records', () => {
  test('are named by the paths of nested records; what a row does not have is null', () => {
    expect(tableOf('levels')).toEqual({
      names: ['multiplier', 'interval.low', 'interval.high', 'interval.iid.low', 'reason'],
      rows: [
        [1, 0.4, 0.6, 0.1, null],
        [2, null, null, null, 'short'],
      ],
    });
  });

  test('hold the length of a list in place of the list, whose own path has its rows', () => {
    const { names, rows } = tableOf('scenarios');
    expect(names).toEqual(['id', 'run.endEquity', 'decisions.length']);
    expect(rows[2]).toEqual(['ftx', '-0.5', 2]);
  });

  test('are those that are asked for, in that order', () => {
    expect(tableOf('levels', { columns: ['reason', 'multiplier'] })).toEqual({
      names: ['reason', 'multiplier'],
      rows: [
        [null, 1],
        ['short', 2],
      ],
    });
    expect(() => tableOf('levels', { columns: ['multplier'] })).toThrow('Did you mean "multiplier"?');
  });

  test('keep apart what is plain in one row and a record or a list in another', () => {
    const leaves = inventedReport({ leaves: [{ value: 3 }, { value: [1, 2] }, { value: { a: 'x' } }] });
    expect(tableColumns(leaves, 'leaves')).toEqual([
      { name: 'value', values: [3, null, null] },
      { name: 'value.length', values: [null, 2, null] },
      { name: 'value.a', values: [null, null, 'x'] },
    ]);
  });
});

describe('rows', () => {
  test('of several lists say which entry they are of, and what is asked of it', () => {
    const path = 'scenarios[*].decisions';
    expect(tableOf(path, { parents: ['scenarios.id', 'scenarios.run.endEquity'] })).toEqual({
      names: ['scenarios.row', 'scenarios.id', 'scenarios.run.endEquity', 'time', 'symbol'],
      rows: [
        [0, 'luna', '94103.20000001', 5, 'BTC'],
        [2, 'ftx', '-0.5', 7, null],
        [2, 'ftx', '-0.5', 8, 'SOL'],
      ],
    });
    expect(() => tableOf(path, { parents: ['scenarios.title'] })).toThrow('was nothing at "scenarios.title"');
    expect(() => tableOf(path, { parents: ['scenarios.run'] })).toThrow('was a record');
    expect(() => tableOf(path, { parents: ['id'] })).toThrow('scenarios.id');
    expect(() => tableOf('levels', { parents: ['levels.multiplier'] })).toThrow('passes through no list');
  });

  test('are the entries that a path selects, the records that it names, or the values', () => {
    expect(tableOf('levels[multiplier=2.0]', { columns: ['multiplier'] }).rows).toEqual([[2]]);
    expect(tableOf('trades')).toEqual({ names: ['total', 'wins'], rows: [[3, 1]] });
    expect(tableOf('scenarios[id=ftx].decisions').rows.length).toBe(2);
    expect(tableOf('scenarios[2].decisions').names).toEqual(['time', 'symbol']);
    expect(tableOf('scenarios[*].run')).toEqual({
      names: ['scenarios.row', 'endEquity'],
      rows: [
        [0, '94103.20000001'],
        [1, '100000'],
        [2, '-0.5'],
      ],
    });
    expect(tableOf('levels[*].multiplier')).toEqual({
      names: ['levels.row', 'multiplier'],
      rows: [
        [0, 1],
        [1, 2],
      ],
    });
  });

  test('are nulls where a record is selected that is null in some entries', () => {
    expect(tableOf('levels[*].interval', { columns: ['low', 'high'] })).toEqual({
      names: ['levels.row', 'low', 'high'],
      rows: [
        [0, 0.4, 0.6],
        [1, null, null],
      ],
    });
    const pairs = inventedReport({ c: [null, [3, 4]] });
    expect(tableColumns(pairs, 'c', { columns: ['x', 'y'] })).toEqual([
      { name: 'x', values: [null, 3] },
      { name: 'y', values: [null, 4] },
    ]);
  });

  test('keep a null among selected values, and lists that are null have none', () => {
    expect(tableOf('levels[*].reason').rows).toEqual([
      [0, null],
      [1, 'short'],
    ]);
    const some = inventedReport({ a: [{ b: null }, { b: { list: [{ x: 1 }] } }] });
    expect(tableColumns(some, 'a[*].b.list')).toEqual([
      { name: 'a.row', values: [1] },
      { name: 'x', values: [1] },
    ]);
  });

  test('of pairs and plain values take the names that they are given', () => {
    expect(tableOf('equity').names).toEqual(['[0]', '[1]']);
    expect(tableOf('equity', { columns: ['time', 'equity'] })).toEqual({
      names: ['time', 'equity'],
      rows: [
        [1_700_000_000_123, 100],
        [1_700_000_060_123, 99.5],
      ],
    });
    expect(tableOf('equity[*]')).toEqual(tableOf('equity'));
    expect(tableOf('names')).toEqual({ names: ['names'], rows: [['a'], ['b']] });
    expect(() => tableOf('equity', { columns: ['time'] })).toThrow('has 2 columns and wants as many names');
  });

  test('may be none: then the columns are those that are asked for', () => {
    expect(tableOf('empty')).toEqual({ names: [], rows: [] });
    expect(tableOf('empty[*]')).toEqual({ names: [], rows: [] });
    expect(tableOf('empty[*].decisions', { columns: ['time'] }).names).toEqual(['empty.row', 'time']);
    expect(tableOf('empty', { columns: ['time'], dates: ['at'], numbers: ['fee'] }).names).toEqual(['time']);
    expect(tableOf('scenarios[1].decisions', { columns: ['time', 'symbol'] })).toEqual({
      names: ['time', 'symbol'],
      rows: [],
    });
  });
});

describe('values', () => {
  test('stay as they are: money is text, a time is a number', () => {
    expect(tableOf('scenarios', { columns: ['run.endEquity'] }).rows[0]).toEqual(['94103.20000001']);
  });

  test('become numbers and dates where that is asked for, by the name of a column or the last key of several', () => {
    expect(tableOf('scenarios', { columns: ['run.endEquity'], numbers: ['endEquity'] }).rows).toEqual([
      [94103.20000001],
      [100000],
      [-0.5],
    ]);
    const dated = tableOf('scenarios[*].decisions', { columns: ['time'], dates: ['time'] });
    expect(dated.rows[0]).toEqual([0, new Date(5)]);
  });

  test('that are neither are refused, with their row', () => {
    expect(() => tableOf('scenarios', { numbers: ['id'] })).toThrow('decimals in "id", was "luna" in row 0');
    expect(() => tableOf('levels', { dates: ['low'] })).toThrow('UTC ms in "interval.low", was 0.4 in row 0');
    expect(() => tableOf('levels', { dates: ['hihg'] })).toThrow('was "hihg"');
  });
});

describe('a path is refused that names', () => {
  test.each([
    ['nothing', 'level', 'Did you mean "levels"?'],
    ['the end of a path alone', 'decisions', 'Did you mean "scenarios[*].decisions"?'],
    ['nothing near a list', 'fundingWindows', 'Its lists are levels, scenarios, scenarios[*].decisions'],
    ['a part that is null', 'reverse.outcomes', 'reverse is null'],
    ['what is null', 'reverse', 'reverse is null'],
    ['an entry that no list has', 'levels[multiplier=9]', 'levels holds nothing'],
    ['a plain value', 'total', 'was 3'],
    ['records beside plain values', 'mixed', 'rows of one kind'],
    ['lists beside records', 'either[*].value', 'lists or records, not both'],
    ['lists of different lengths', 'ragged', 'lists of one length'],
    ['no path', 'levels[', 'position'],
  ])('%s', (_, path, message) => {
    expect(() => tableOf(path)).toThrow(message);
  });

  test('and a value that is no report', () => {
    expect(() => tableColumns({ levels: [] } as unknown as Report<unknown>, 'levels')).toThrow(
      '"risk-report/1"',
    );
    expect(() => tableColumns(null as unknown as Report<unknown>, 'levels')).toThrow('was nothing');
  });

  test('two columns of one name, one from a parent and one of its own', () => {
    const twice = inventedReport({ a: [{ id: 1, rows: [{ a: { id: 2 } }] }] });
    expect(() => tableColumns(twice, 'a[*].rows', { parents: ['a.id'] })).toThrow('two of "a.id"');
  });
});
