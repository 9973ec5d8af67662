import { describe, expect, it } from 'vitest';
import { haveBareTrades, haveTrades } from '../../../src/io/readers/journal-columns.ts';

const FULL = ['symbol', 'direction', 'entry_time', 'entry_price', 'exit_time', 'exit_price'];
const BARE = ['entry', 'exit', 'high', 'low', 'atr', 'direction'];

describe('haveTrades', () => {
  it('asks for direction, and for entry and exit with time and price', () => {
    expect(haveTrades(FULL)).toBe(true);
    for (const missing of FULL.slice(1))
      expect(haveTrades(FULL.filter((name) => name !== missing))).toBe(false);
  });

  it('can do without a symbol, and with is_short for the direction', () => {
    expect(haveTrades(FULL.slice(1))).toBe(true);
    expect(haveTrades(['is_short', ...FULL.slice(2)])).toBe(true);
  });
});

describe('haveBareTrades', () => {
  it('asks for all six columns', () => {
    expect(haveBareTrades(BARE)).toBe(true);
    for (const missing of BARE) expect(haveBareTrades(BARE.filter((name) => name !== missing))).toBe(false);
  });

  it('leaves a journal with the times of its exits to the generic reader', () => {
    expect(haveBareTrades([...BARE, 'entry_time'])).toBe(true);
    expect(haveBareTrades([...BARE, 'exit_time'])).toBe(false);
  });
});
