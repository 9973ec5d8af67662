import { describe, expect, test } from 'vitest';
import { withConfig } from '../../src/engine/engine.ts';
import { accountLevels } from '../../src/engine/guards/account-levels.ts';
import type { AccountLevelsConfig } from '../../src/engine/guards/account-levels-config.ts';
import { type EngineScene, engineScene, play, story, tellLine } from '../support/engine-scene.ts';
import { flatTable } from '../support/flat-table.ts';
import { s3 } from '../support/source-levels.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

/** A long of 1 at 100 with a margin of 20 and more: at 80 its level is what was added over 0.8. */
function sceneOf(
  addedMargins: readonly string[],
  {
    levels = {},
    marks = [80, 80, 80],
  }: { levels?: Partial<AccountLevelsConfig>; marks?: readonly number[] } = {},
): EngineScene {
  const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
  const held = addedMargins.map((addedMargin, i) =>
    positionOf({ qty: '1', entry: '100', leverage: 5, addedMargin, symbol: symbols[i] ?? '' }),
  );
  const guards = [withConfig(accountLevels, { ...s3, ...levels })];
  return engineScene({ symbols, marks, table: flatTable(0.01), book: bookOf(held), guards });
}

const order = '0:01 order SOLUSDT +1 @ 80 x1';
const near = (value: number): number => expect.closeTo(value, 9);

describe('an account that is CRITICAL gets every order that lowers, and no other (DESIGN 3)', () => {
  test.each([
    ['1.6', 'engine allow within-limits 1'],
    ['1.2', 'engine allow within-limits 1'],
    ['1.19999999', 'account-levels deny critical 0'],
    ['0.96', 'account-levels deny critical 0'],
    ['0.95999999', 'account-levels deny liquidation 0'],
  ])('with %s more, new risk: %s', (added, said) => {
    const text = `${order} -> ${said}`;
    expect(play(sceneOf([added]), text)).toBe(story(text));
  });

  test('what lowers passes, of what would turn the position the part that lowers', () => {
    const text = `0:01 order BTCUSDT -1 @ 80 x5 -> engine allow within-limits 1
0:01 order BTCUSDT -3 @ 80 x5 -> account-levels resize liquidation 1
0:01 order BTCUSDT +1 @ 80 x5 -> account-levels deny liquidation 0`;
    expect(play(sceneOf(['0.9']), text)).toBe(text);
  });

  test('the worst scope of the account is told', () => {
    const [denied] = tellLine(sceneOf(['1.1', '1']), order);
    expect(denied).toMatchObject({
      kind: 'deny',
      guard: 'account-levels',
      rule: 'critical',
      severity: 'critical',
      measure: 'marginLevel',
      observed: near(1.25),
      threshold: 1.5,
    });
    expect(tellLine(sceneOf(['2.4']), order)[0]).toMatchObject({ kind: 'allow', uses: [] });
  });

  test('of dynamic thresholds: below 2.25 at a factor of 1.5', () => {
    const dynamic = { ...s3.dynamic, strategyRisk: [{ mode: 'moderate', multiplier: 1.5 }] };
    const said = (added: string) => tellLine(sceneOf([added], { levels: { dynamic } }), order)[0];
    expect(said('1.8')).toMatchObject({ kind: 'allow' });
    expect(said('1.79999999')).toMatchObject({ kind: 'deny', threshold: 2.25 });
  });

  test('with nothing left it is liquidation', () => {
    expect(tellLine(sceneOf(['0']), order)[0]).toMatchObject({
      kind: 'deny',
      rule: 'liquidation',
      observed: 0,
    });
  });

  test('an account of another is not judged by it, nor what is not known or keeps nothing', () => {
    expect(tellLine(sceneOf([]), order)[0]).toMatchObject({ kind: 'allow', uses: [] });
    expect(tellLine(sceneOf(['0.9'], { marks: [Number.NaN, 80, 80] }), order)[0]).toMatchObject({
      kind: 'allow',
      uses: [],
    });
    expect(tellLine(sceneOf(['0.9']), `${order} account=1`)[0]).toMatchObject({ kind: 'allow', uses: [] });
  });

  test('an order says nothing of the zones themselves', () => {
    const scene = sceneOf(['1'], { marks: [100, 80, 80] });
    for (const prices of [scene.venue.prices.mark, scene.venue.prices.last]) prices[0] = 80;
    expect(tellLine(scene, order)).toHaveLength(1);
    expect(play(scene, '0:02 mark BTCUSDT 80')).toBe(
      '0:02 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375',
    );
  });
});
