import { expect, test } from 'vitest';
import { growthCurve, wealthFields } from '../../src/pages/size-wealth.ts';
import { journalOf, sizeOf } from '../support/size-study.ts';

const good = Array.from({ length: 120 }, (_, i) => (i % 5 < 3 ? 0.04 : -0.02));

function told(returns: readonly number[], perDay: number): string {
  const result = sizeOf({ journal: journalOf(returns, perDay), sets: ['replicates=100'] });
  return JSON.stringify([wealthFields(result), growthCurve(result)]);
}

test('names what the interval was drawn over, and says where that is inconclusive', () => {
  const many = told(good, 1);
  expect(many).toContain('"of the interval over entry days"');
  expect(many).not.toContain('inconclusive');
  expect(told(good, 12)).toContain('"of the interval over entry days, inconclusive"');
  const single = told(good, 120);
  expect(single).toContain('"of the interval over single trades, inconclusive"');
  expect(single).toContain('"the band is the interval over single trades, inconclusive"');
  expect(single).toContain('with that doubt, inconclusive');
  expect(single).not.toContain('entry days');
});

test('where no path fell tells a bound and no error of 0', () => {
  const many = told(good, 1);
  // 1 - 0.05^(1 / 100).
  expect(many).toContain('no path fell: below 2.95 %');
  expect(many).not.toContain('+-');
});

test('of few trades tells growth by the win rate that is sized by, without worlds and ruin', () => {
  const few = told(good.slice(0, 25), 1);
  expect(few).toContain('fewer than 30 trades were won or lost');
  expect(few).toContain('at the win rate that is sized by');
  for (const absent of ['worlds', 'falls to', 'interval over', 'without any doubt'])
    expect(few).not.toContain(absent);
});
