import { describe, expect, test } from 'vitest';
import { DataError, InputError } from '../../../src/model/errors.ts';
import { fundedColumns } from '../../../src/studies/funding/columns.ts';
import { fundedInputs, fundedTree, ratesOf } from '../../support/funding-study.ts';
import { type BarRow, barsOf } from '../../support/small-bars.ts';

const HOUR = 3_600_000;
/** Bars of 4 hours whose open is the hour they begin at plus 100. */
const bars = (hours: readonly number[], symbol = 'AAAUSDT') =>
  barsOf(
    symbol,
    4 * HOUR,
    hours.map((hour): BarRow => [hour * HOUR, 100 + hour, 110 + hour, 90 + hour, 101 + hour]),
  );
const everyFour = (from: number, to: number) =>
  Array.from({ length: (to - from) / 4 }, (_, i) => from + 4 * i);

const six = ratesOf([0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((rate) => rate / 1000));

describe('rates beside their marks', () => {
  test('takes the open of the bar that begins at a stamp, else the last close; ranges lie between stamps', () => {
    const columns = fundedColumns(
      fundedInputs({ funding: [six], ohlcv: [bars(everyFour(0, 40))] }),
      fundedTree(),
    );
    expect([...columns.mark]).toEqual([100, 108, 116, 124, 132, 137]);
    expect(columns.entry).toEqual({ time: 0, price: 100 });
    // Before the first stamp there is nothing; before the second the bars of 0:00 and 4:00, and its own mark.
    expect([...(columns.range?.low ?? [])].slice(0, 3)).toEqual([100, 90, 98]);
    expect([...(columns.range?.high ?? [])].slice(0, 3)).toEqual([100, 114, 122]);
    expect(columns.aside).toBe(0);
  });

  test('enters where prices and rates both begin, and pays at once where a settlement is there', () => {
    const late = fundedColumns(
      fundedInputs({ funding: [six], ohlcv: [bars(everyFour(4, 40))] }),
      fundedTree(),
    );
    expect(late.entry).toEqual({ time: 4 * HOUR, price: 104 });
    expect(late.time[0]).toBe(8 * HOUR);
    expect(late.aside).toBe(1);
    const long = ratesOf([0.001, 0.001, 0.001]);
    const shifted = { ...long, time: long.time.map((at) => at + 40 * HOUR) };
    // Prices go back further than the interval that the first rate ended: nothing before it is known.
    const early = fundedColumns(
      fundedInputs({ funding: [shifted], ohlcv: [bars(everyFour(0, 60))] }),
      fundedTree(),
    );
    expect(early.entry).toEqual({ time: 32 * HOUR, price: 132 });
  });

  test('takes a window with both of its ends', () => {
    const inputs = fundedInputs({ funding: [six], ohlcv: [bars(everyFour(0, 48))] });
    const window = ['studies.funding.from="1970-01-01T08:00Z"', 'studies.funding.to="1970-01-01T16:00Z"'];
    const columns = fundedColumns(inputs, fundedTree(...window));
    expect([...columns.rate]).toEqual([0.0002, 0.0003]);
    expect(columns.entry).toEqual({ time: 8 * HOUR, price: 108 });
    expect(columns.aside).toBe(0);
  });

  test('takes the longer stretch on the two sides of a hole, and bridges a short one', () => {
    const holed = [...everyFour(0, 12), ...everyFour(24, 48)];
    const inputs = fundedInputs({ funding: [six], ohlcv: [bars(holed)] });
    const columns = fundedColumns(inputs, fundedTree());
    expect([...columns.time].map((at) => at / HOUR)).toEqual([24, 32, 40]);
    expect(columns.aside).toBe(3);
    const bridged = fundedColumns(inputs, fundedTree('data.maxGap=4'));
    expect(bridged.time).toHaveLength(6);
    expect(bridged.mark[2]).toBe(109);
  });

  test('prefers mark prices, and needs none where the mark is held flat', () => {
    const marks = barsOf('AAAUSDT', 8 * HOUR, [
      [0, 50, 51, 49, 50],
      [8 * HOUR, 60, 61, 59, 60],
    ]);
    const inputs = fundedInputs({ funding: [six], ohlcv: [bars(everyFour(0, 48))], mark: [marks] });
    const columns = fundedColumns(inputs, fundedTree());
    expect([columns.isMark, ...columns.mark]).toEqual([true, 50, 60, 60]);
    const flat = fundedColumns(fundedInputs({ funding: [six] }), fundedTree('studies.funding.flat="70"'));
    expect([...flat.mark]).toEqual([70, 70, 70, 70, 70, 70]);
    expect(flat.range).toBeNull();
  });
});

describe('refuses', () => {
  const priced = [bars(everyFour(0, 48))];
  test.each([
    [{ funding: [] }, [], 'needs the rates of a perpetual, there were none'],
    [{ funding: [six] }, [], 'needs the prices of AAAUSDT, there were none'],
    [{ funding: [six], ohlcv: [bars([0, 4], 'BBBUSDT')] }, [], 'were of AAAUSDT and of BBBUSDT'],
    [
      { funding: [six], ohlcv: [bars([400, 404])] },
      [],
      'at least 1 settlement of AAAUSDT must lie within its prices',
    ],
    [
      { funding: [six], ohlcv: priced },
      ['studies.funding.from="1980-01-01"'],
      'asked 1980-01-01 00:00 to the end',
    ],
    [
      { funding: [ratesOf([0.001, 0.001, 0.001], 2)], ohlcv: priced },
      [],
      'must be as fine as its settlements, 2h, were of 4h',
    ],
  ])('%# data that do not do', (inputs, settings, message) => {
    const act = () => fundedColumns(fundedInputs(inputs), fundedTree(...settings));
    expect(act).toThrow(message);
    expect(act).toThrow(DataError);
  });

  test.each([
    [['studies.funding.perp=AAAUSDC'], 'Did you mean AAAUSDT?'],
    [['studies.funding.from="1970-02-30"'], 'a moment of the calendar'],
    [['studies.funding.from="1970-01-02"', 'studies.funding.to="1970-01-01"'], '--from must lie before --to'],
  ])('%j', (settings, message) => {
    const act = () => fundedColumns(fundedInputs({ funding: [six], ohlcv: priced }), fundedTree(...settings));
    expect(act).toThrow(message);
    expect(act).toThrow(InputError);
  });
});
