/** The rules of the house over all of its files; test/scripts/house holds each rule to a planted violation. */
import { expect, test } from 'vitest';
import { readHouse, rules } from '../scripts/house/rules.ts';

const house = readHouse();

test('the house is read: its entry, its rooms, its tests', () => {
  const paths = [...house.src, ...house.test, ...house.scripts].map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'src/cli.ts',
      'src/model/errors.ts',
      'test/architecture.test.ts',
      'scripts/graph.ts',
    ]),
  );
});

test.each(rules)('$name', ({ violations }) => {
  expect(violations(house).join('\n')).toBe('');
});
