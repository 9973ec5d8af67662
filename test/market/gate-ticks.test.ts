import { describe, expect, it } from 'vitest';
import { gateTicks } from '../../src/market/gate-ticks.ts';
import type { RawTicks } from '../../src/market/raw.ts';
import { codeOf } from '../support/codes.ts';
import { codesOf, findingOf } from '../support/gate.ts';
import { START } from '../support/raw-bars.ts';

type TickRow = readonly [time: number, price: number, qty: number, side: number];

function rawTicks(rows: readonly TickRow[], more: Partial<RawTicks> = {}): RawTicks {
  return {
    symbol: null,
    length: rows.length,
    time: Float64Array.from(rows, ([time]) => time),
    price: Float64Array.from(rows, ([, price]) => price),
    qty: Float64Array.from(rows, ([, , qty]) => qty),
    side: Int8Array.from(rows, ([, , , side]) => side),
    line: (row) => row + 1,
    faults: [],
    findings: [],
    ...more,
  };
}

const clean = Array.from({ length: 20 }, (_, i): TickRow => [START + i * 7, 100 + i, 1 + i, i % 2 ? 1 : -1]);

function gate(rows: readonly TickRow[], onBadRow: 'error' | 'drop' = 'error', more: Partial<RawTicks> = {}) {
  return gateTicks(rawTicks(rows, more), { file: 'trades.csv', symbol: 'TESTUSDT', onBadRow });
}

describe('gateTicks', () => {
  it('lets clean prints through as they are', () => {
    const { ticks, ...rest } = gate(clean);
    expect(rest).toEqual({ findings: [], faults: [], rows: 20 });
    expect(ticks.symbol).toBe('TESTUSDT');
    expect([...ticks.time]).toEqual(clean.map(([time]) => time));
    expect([...ticks.price]).toEqual(clean.map(([, price]) => price));
    expect([...ticks.qty]).toEqual(clean.map(([, , qty]) => qty));
    expect([...ticks.side]).toEqual(clean.map(([, , , side]) => side));
  });

  it('keeps prints of one instant in the order of the file, equal ones too', () => {
    const [first, second] = clean;
    const same: TickRow[] = [first!, first!, [START, 99, 1, 1], second!];
    const gated = gate(same);
    expect(codesOf(gated)).toEqual([]);
    expect([...gated.ticks.price]).toEqual([100, 100, 99, 101]);
  });

  it.each([
    ['a price of 0', [START, 0, 1, 1], 'ROW_PRICE'],
    ['a negative price', [START, -1, 1, 1], 'ROW_PRICE'],
    ['a price that is no number', [START, Number.NaN, 1, 1], 'ROW_NUMBER'],
    ['an infinite price', [START, Number.POSITIVE_INFINITY, 1, 1], 'ROW_NUMBER'],
    ['a quantity of 0', [START, 1, 0, 1], 'ROW_VALUE'],
    ['a negative quantity', [START, 1, -1, 1], 'ROW_VALUE'],
    ['a quantity that is no number', [START, 1, Number.NaN, 1], 'ROW_NUMBER'],
    ['a stamp that is none', [Number.NaN, 1, 1, 1], 'ROW_TIME'],
  ] as const)('refuses %s', async (_, row, code) => {
    expect(await codeOf(() => gate([row, ...clean]))).toBe(code);
    const gated = gate([row, ...clean], 'drop');
    expect(gated.ticks.time.length).toBe(20);
    expect(gated).toMatchObject({ rows: 21, faults: [{ line: 1, code }] });
    expect(codesOf(gated)).toEqual(['dropped-rows']);
  });

  it('lets the smallest price and quantity through', () => {
    expect(gate([[START, Number.MIN_VALUE, Number.MIN_VALUE, 0]]).ticks.price[0]).toBe(Number.MIN_VALUE);
  });

  it('refuses a step of one millisecond back, with its line', async () => {
    const back: TickRow = [START + 6, 100, 1, 1];
    expect(await codeOf(() => gate(clean.toSpliced(2, 0, back)))).toBe('ROW_ORDER');
    expect(gate(clean.toSpliced(2, 0, back), 'drop').faults).toMatchObject([{ line: 3, code: 'ROW_ORDER' }]);
    expect(codesOf(gate(clean.toSpliced(2, 0, [START + 7, 100, 1, 1])))).toEqual([]);
  });

  it('turns a file that runs from new to old', () => {
    const gated = gate(clean.toReversed());
    expect(codesOf(gated)).toEqual(['newest-first']);
    expect(gated.ticks).toEqual(gate(clean).ticks);
  });

  it('reads every stamp by its own magnitude', () => {
    const seconds = clean.map(([time, ...rest], i): TickRow => [i < 5 ? time / 1000 : time * 1000, ...rest]);
    const gated = gate(seconds);
    expect(findingOf(gated, 'mixed-epochs')).toMatchObject({ count: 5, line: 6 });
    expect(gated.ticks).toEqual(gate(clean).ticks);
  });

  it('tells the first fault by line, also those that the reader found', async () => {
    const faults = [{ line: 21, code: 'ROW_CUT', message: 'the last line was cut off' }] as const;
    expect(await codeOf(() => gate(clean, 'error', { faults }))).toBe('ROW_CUT');
    expect(gate(clean, 'drop', { faults })).toMatchObject({ rows: 21 });
  });

  it('refuses a file without prints, and rounded stamps', async () => {
    expect(await codeOf(() => gate([]))).toBe('FILE_EMPTY');
    expect(await codeOf(() => gate([[START, 0, 0, 0]], 'drop'))).toBe('FILE_EMPTY');
    const rounded = clean.map(([, ...rest]): TickRow => [1.67867e12, ...rest]);
    expect(await codeOf(() => gate(rounded))).toBe('ROW_TIME');
  });
});
