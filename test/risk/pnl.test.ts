import { expect, test } from 'vitest';
import { unrealisedPnl } from '../../src/risk/pnl.ts';

test('unrealised PnL has the sign of what is good for the account', () => {
  expect(unrealisedPnl({ contract: 'linear', qty: 2, entry: 100 }, 105)).toBe(10);
  expect(unrealisedPnl({ contract: 'linear', qty: -2, entry: 100 }, 105)).toBe(-10);
  expect(unrealisedPnl({ contract: 'inverse', qty: 10_000, entry: 50_000 }, 40_000)).toBeCloseTo(-0.05, 15);
  expect(unrealisedPnl({ contract: 'inverse', qty: -10_000, entry: 50_000 }, 40_000)).toBeCloseTo(0.05, 15);
});
