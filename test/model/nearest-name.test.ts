import { describe, expect, it } from 'vitest';
import { editDistance, nearestName } from '../../src/model/nearest-name.ts';

describe('editDistance', () => {
  // Counted by hand: the classic pair takes k->s, e->i and a g at the end.
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['same', 'same', 0],
    ['muliplier', 'multiplier', 1],
    ['atrPeroid', 'atrPeriod', 1],
    ['ab', 'ba', 1],
  ])('counts the edits from "%s" to "%s" as %i, a swap of neighbours as one', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits);
    expect(editDistance(to, from)).toBe(edits);
  });
});

describe('nearestName', () => {
  it('gives the name with the fewest edits', () => {
    expect(nearestName('multiplyer', ['type', 'multipliers', 'multiplier'])).toBe('multiplier');
  });

  it('does not mind the case of letters', () => {
    expect(nearestName('ATRPERIOD', ['atrMethod', 'atrPeriod'])).toBe('atrPeriod');
  });

  it('gives null where nothing is near', () => {
    expect(nearestName('zebra', ['type', 'multiplier'])).toBeNull();
    expect(nearestName('abc', [])).toBeNull();
  });

  it('gives the first of two that are equally near', () => {
    expect(nearestName('stop', ['stops', 'stope'])).toBe('stops');
  });

  it('gives a name that begins so where none is near by edits', () => {
    expect(nearestName('prod', ['development', 'staging', 'production'])).toBe('production');
    expect(nearestName('pr', ['development', 'staging', 'production'])).toBeNull();
  });

  it('lets a short name change by one letter only', () => {
    expect(nearestName('evn', ['env'])).toBe('env');
    expect(nearestName('xyv', ['env'])).toBeNull();
  });
});
