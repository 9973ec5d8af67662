import { describe, expect, test } from 'vitest';
import {
  type AccountLevelsConfig,
  accountLevelsConfig,
} from '../../../src/engine/guards/account-levels-config.ts';
import { s3 } from '../../support/source-levels.ts';

describe('the configuration of the account levels', () => {
  const issues = (levels: Partial<AccountLevelsConfig>) =>
    accountLevelsConfig
      .safeParse({ ...s3, ...levels })
      .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

  test.each([
    [{ critical: 2 }, ['target be above critical']],
    [{ critical: 2, target: 2.01 }, undefined],
    [{ critical: 2.01, target: 3 }, ['critical be at most warning']],
    [{ liquidation: 1.5 }, undefined],
    [{ liquidation: 1.51 }, ['liquidation be at most critical']],
    [{ target: 1.51 }, undefined],
  ])('%o: %o', (levels, expected) => {
    expect(issues(levels)).toEqual(expected);
  });

  test('a table of bounds must ascend, else a later entry could never count alone', () => {
    const dynamic = { ...s3.dynamic };
    const size = (...above: number[]) => ({
      dynamic: { ...dynamic, accountSize: above.map((one) => ({ above: one, multiplier: 1 })) },
    });
    expect(issues(size(0, 1))).toBeUndefined();
    expect(issues(size(1, 1))).toEqual(['dynamic.accountSize ascend in above']);
    const history = (...bounds: number[]) => ({
      dynamic: { ...dynamic, history: bounds.map((drawdownAbove) => ({ drawdownAbove, multiplier: 1 })) },
    });
    expect(issues(history(0, 0.1))).toBeUndefined();
    expect(issues(history(0.1, 0.1))).toEqual(['dynamic.history ascend in drawdownAbove']);
  });

  test('levels only tighten: a multiplier below 1 or above 2 is refused', () => {
    const modes = (multiplier: number) =>
      issues({ dynamic: { ...s3.dynamic, strategyRisk: [{ mode: 'paper', multiplier }] } });
    expect(modes(1)).toBeUndefined();
    expect(modes(2)).toBeUndefined();
    expect(modes(0.99)).toHaveLength(1);
    expect(modes(2.01)).toHaveLength(1);
  });
});
