import { expect, test } from 'vitest';
import { withoutOffset } from '../../../src/io/readers/time-offset.ts';

test('withoutOffset takes milliseconds off stamps of any unit', () => {
  const stamps = Float64Array.of(
    1609459200,
    1609459200.5,
    1609459200000,
    1609459200000000,
    1609459200000000000,
  );
  expect([...withoutOffset(stamps, 3_600_000)]).toEqual([
    1609455600, 1609455600.5, 1609455600000, 1609455600000000, 1609455600000000000,
  ]);
  expect([...withoutOffset(Float64Array.of(1609459200), -3_600_000)]).toEqual([1609462800]);
});

test('withoutOffset hands the column itself on where there is no offset', () => {
  const stamps = Float64Array.of(1609459200);
  expect(withoutOffset(stamps, 0)).toBe(stamps);
});
