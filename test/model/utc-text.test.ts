import { describe, expect, it } from 'vitest';
import { utcText } from '../../src/model/utc-text.ts';

describe('utcText', () => {
  it('writes minutes, and seconds and milliseconds only where there are some', () => {
    expect(utcText(0)).toBe('1970-01-01 00:00');
    expect(utcText(1_652_400_000_000)).toBe('2022-05-13 00:00');
    expect(utcText(1_652_400_007_000)).toBe('2022-05-13 00:00:07');
    expect(utcText(1_709_251_199_005)).toBe('2024-02-29 23:59:59.005');
    expect(utcText(-1)).toBe('1969-12-31 23:59:59.999');
  });

  it('agrees with the ISO form of the language on whole minutes', () => {
    for (let time = 0; time < 3e12; time += 86_400_000 * 13 + 60_000 * 97) {
      expect(utcText(time)).toBe(new Date(time).toISOString().slice(0, 16).replace('T', ' '));
    }
  });
});
