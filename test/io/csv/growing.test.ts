import { expect, test } from 'vitest';
import { createGrowing, grown, makeRoom } from '../../../src/io/csv/growing.ts';

test('columns keep what was written while they grow, and come out at their length', () => {
  const growing = createGrowing(2, 16);
  for (let row = 0; row < 5000; row += 1) {
    makeRoom(growing);
    growing.columns[0]![row] = row;
    growing.columns[1]![row] = -row;
    growing.length += 1;
  }
  const [first, second] = grown(growing);
  expect([first?.length, second?.length]).toEqual([5000, 5000]);
  expect(first?.every((x, row) => x === row)).toBe(true);
  expect(second?.every((x, row) => x === -row)).toBe(true);
});

test('a good guess is not grown, and one that is too small grows by a quarter and 1,024 rows', () => {
  const growing = createGrowing(1, 1000);
  growing.length = 999;
  makeRoom(growing);
  expect(growing.capacity).toBe(1000);
  growing.length = 1000;
  makeRoom(growing);
  expect(growing.capacity).toBe(2274);
});
