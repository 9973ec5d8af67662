import { describe, expect, it } from 'vitest';
import { type Fill, inChain, positionAfter, runsBackwards, samePosition } from '../../src/market/fill.ts';

function fill(id: number, time: number, start: number, change: number, account = 'a'): Fill {
  const side = change > 0 ? 1 : -1;
  const size = Math.abs(change);
  const rest = { account, coin: 'BTC', price: 100, closedPnl: 0, fee: 0, exitKind: 'unknown' } as const;
  return { ...rest, id, time, start, size, side };
}

const ids = (fills: readonly Fill[]) => fills.map(({ id }) => id);

describe('samePosition', () => {
  it('allows for the last digits of a position and no more', () => {
    expect(samePosition(0.1 + 0.2, 0.3, 0)).toBe(true);
    expect(samePosition(1, 1 + 0.9e-9, 0)).toBe(true);
    expect(samePosition(1, 1 + 1.1e-9, 0)).toBe(false);
    expect(samePosition(0, 0.00001, 50)).toBe(false);
  });
});

describe('positionAfter', () => {
  it('is exactly zero where a fill closes the position', () => {
    expect(positionAfter(fill(1, 0, 0.1 + 0.2, -0.3))).toBe(0);
    expect(positionAfter(fill(1, 0, -2, 2))).toBe(0);
    expect(positionAfter(fill(1, 0, 1, -4))).toBe(-3);
    expect(positionAfter(fill(1, 0, 0, 2))).toBe(2);
  });
});

describe('runsBackwards', () => {
  it('looks at each account by itself', () => {
    expect(
      runsBackwards([fill(1, 5, 0, 1), fill(2, 9, 0, 1), fill(3, 1, 0, 1, 'b'), fill(4, 2, 0, 1, 'b')]),
    ).toBe(false);
    expect(
      runsBackwards([fill(1, 9, 0, 1), fill(2, 5, 0, 1), fill(3, 20, 0, 1, 'b'), fill(4, 2, 0, 1, 'b')]),
    ).toBe(true);
    expect(runsBackwards([])).toBe(false);
  });
});

describe('inChain', () => {
  it('keeps the order of the file where it follows', () => {
    expect(ids(inChain([fill(1, 0, 0, 1), fill(2, 0, 1, 1), fill(3, 0, 2, -2), fill(4, 0, 0, 1)]))).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('orders the fills of one stamp by their start positions', () => {
    expect(ids(inChain([fill(1, 0, 0, 1), fill(2, 5, 3, -3), fill(3, 5, 1, 2), fill(4, 9, 0, 1)]))).toEqual([
      1, 3, 2, 4,
    ]);
  });

  it('leaves them as they stand where no order follows', () => {
    expect(ids(inChain([fill(1, 0, 0, 1), fill(2, 5, 7, -3), fill(3, 5, 1, 2)]))).toEqual([1, 2, 3]);
  });

  it('orders stamps that go back', () => {
    expect(ids(inChain([fill(1, 5, 1, 1), fill(2, 0, 0, 1)]))).toEqual([2, 1]);
  });
});
