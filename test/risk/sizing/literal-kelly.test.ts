import { expect, test } from 'vitest';
import { literalKelly } from '../../../src/risk/sizing/literal-kelly.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };

test('is the source by hand', () => {
  // b = 0.05 / 0.03, (b x 0.55 - 0.45) / b = 0.55 - 0.27 = 0.28; a quarter of 10,000 x 0.28 is 700.
  const { fraction, reason } = literalKelly({
    winRate: 0.55,
    averageWin: 0.05,
    averageLoss: 0.03,
    share: 0.25,
  });
  expect(10_000 * (fraction ?? 0)).toBeCloseTo(700, 10);
  expect(reason).toBeNull();
});

test.each(kelly.win_loss_form)('is W - (1 - W) / R at W $W and R $R', ({ W, R, f }) => {
  const { fraction } = literalKelly({ winRate: W, averageWin: R, averageLoss: 1, share: 1 });
  expect(fraction).toBeCloseTo(Math.max(0, f), 15);
});

test('is 0 without an average loss, as the source has it, without an average win and without an edge', () => {
  const of = (winRate: number, averageWin: number, averageLoss: number) =>
    literalKelly({ winRate, averageWin, averageLoss, share: 0.25 });
  expect(of(1, 0.05, 0)).toEqual({ fraction: 0, reason: 'no-loser' });
  expect(of(0.5, 0, 0.05)).toEqual({ fraction: 0, reason: 'no-edge' });
  expect(of(0.5, 0.05, 0.05)).toEqual({ fraction: 0, reason: 'no-edge' });
});
