import { describe, expect, it } from 'vitest';
import { measureText, seenText } from '../../src/pages/measure-text.ts';

describe('what a guard saw', () => {
  it.each([
    ['dailyLoss', 0.0302, 0.03, '3.02 % / 3.00 %'],
    ['marginRemaining', 0.2, 0.3, '20.00 % / 30.00 %'],
    ['marginLevel', 1.4567891, 1.5, '1.45679 / 1.5'],
    ['fundingRate8h', 0.0011, 0.001, '0.1100 % / 0.1000 %'],
    ['halt', 34_936_189, 34_936_189, '9h 42m / 9h 42m'],
    ['leverage', 10, 5, '10 / 5'],
    ['tradesOfDay', 1001, 1000, '1,001 / 1,000'],
    ['last', 49_994.8, 46_835.9, '49,994.8 / 46,835.9'],
    ['stopUnit', 260.25, 2, '2 x 260.25'],
    ['close', 134.79, null, '134.79'],
    ['operator', null, null, '–'],
  ])('%s %s against %s', (measure, observed, threshold, text) => {
    expect(seenText(measure, observed, threshold)).toBe(text);
  });

  it('is a plain number where a measure has no unit of its own', () => {
    expect(measureText('moveSigmas', 15.716754)).toBe('15.7168');
  });
});
