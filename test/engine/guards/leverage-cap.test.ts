import { describe, expect, test } from 'vitest';
import { withConfig } from '../../../src/engine/engine.ts';
import { leverageCap } from '../../../src/engine/guards/leverage-cap.ts';
import type { LeverageCapConfig } from '../../../src/engine/guards/leverage-cap-config.ts';
import { type EngineScene, engineScene, play, story, tellLine } from '../../support/engine-scene.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

/** S2 layer 1: MAX_LEVERAGE, and `get(strategy, 5)` for what it does not list. */
const tiers: LeverageCapConfig = {
  conservative: 2,
  moderate: 5,
  aggressive: 10,
  speculative: 20,
  unlisted: 5,
};

function sceneOf(mode: string, config: Partial<LeverageCapConfig> = {}): EngineScene {
  return engineScene({
    book: bookOf([positionOf({ qty: '2', entry: '100', leverage: 125 })]),
    marks: [100],
    mode,
    guards: [withConfig(leverageCap, { ...tiers, ...config })],
  });
}

describe('no order above the leverage of its tier; equal passes (S2 validate_leverage)', () => {
  test.each([
    ['conservative', 2, '2.000001'],
    ['moderate', 5, '5.000001'],
    ['aggressive', 10, '10.000001'],
    ['speculative', 20, '20.000001'],
    ['paper', 5, '5.000001'],
    ['a mode of tomorrow', 5, '5.000001'],
  ])('%s: %d', (mode, at, beyond) => {
    const text = `0:00 order BTCUSDT +1 @ 100 x1 -> engine allow within-limits 1
      0:00 order BTCUSDT +1 @ 100 x${at} -> engine allow within-limits 1
      0:00 order BTCUSDT +1 @ 100 x${beyond} -> leverage-cap deny leverage 0
      0:00 order BTCUSDT +1 @ 100 x125 -> leverage-cap deny leverage 0`;
    expect(play(sceneOf(mode), text)).toBe(story(text));
  });

  test.each(['conservative', 'moderate', 'aggressive', 'speculative'] as const)(
    'each tier has its own setting: %s',
    (mode) => {
      const text = `0:00 order BTCUSDT +1 @ 100 x1.5 -> engine allow within-limits 1
        0:00 order BTCUSDT +1 @ 100 x1.51 -> leverage-cap deny leverage 0`;
      expect(play(sceneOf(mode, { [mode]: 1.5 }), text)).toBe(story(text));
    },
  );

  test('and what has no tier too', () => {
    const text = `0:00 order BTCUSDT +1 @ 100 x3 -> engine allow within-limits 1
      0:00 order BTCUSDT +1 @ 100 x3.01 -> leverage-cap deny leverage 0`;
    expect(play(sceneOf('paper', { unlisted: 3 }), text)).toBe(story(text));
  });

  test('by one part in a million million: in decimals', () => {
    const text = `0:00 order BTCUSDT +1 @ 100 x5.000000000001 -> leverage-cap deny leverage 0
      0:00 order BTCUSDT +1 @ 100 x4.999999999999 -> engine allow within-limits 1`;
    expect(play(sceneOf('moderate'), text)).toBe(story(text));
  });

  test('a seller as a buyer; what only lowers a position may have any leverage', () => {
    const text = `0:00 order BTCUSDT -2 @ 100 x125 -> engine allow within-limits 2
      0:00 order BTCUSDT -3 @ 100 x6 -> leverage-cap resize leverage 2
      0:00 order BTCUSDT -3 @ 100 x5 -> engine allow within-limits 3`;
    expect(play(sceneOf('moderate'), text)).toBe(story(text));
  });
});

test('it names the leverage, the cap, and how much of it is used', () => {
  const scene = sceneOf('aggressive');
  expect(tellLine(scene, '0:00 order BTCUSDT +1 @ 100 x12')).toMatchObject([
    {
      guard: 'leverage-cap',
      kind: 'deny',
      rule: 'leverage',
      severity: 'warning',
      measure: 'leverage',
      observed: 12,
      threshold: 10,
      effect: { qty: 0 },
      reasons: [{ guard: 'leverage-cap', rule: 'leverage', observed: 12, threshold: 10 }],
      uses: [{ guard: 'leverage-cap', limit: 'leverage', use: 1.2 }],
    },
  ]);
  expect(tellLine(scene, '0:00 order BTCUSDT +1 @ 100 x4')).toMatchObject([
    { kind: 'allow', reasons: [], uses: [{ guard: 'leverage-cap', limit: 'leverage', use: 0.4 }] },
  ]);
});

test('a held position above the cap is left alone (RULES 3.1); its one rule can always fire', () => {
  const scene = sceneOf('conservative');
  const text = `0:00 mark BTCUSDT 90
    24:00 clock
    25:00 funding BTCUSDT 0.01 8h`;
  expect(play(scene, text)).toBe(story(text));
  expect(scene.engine.guards[0]?.rules()).toEqual([{ rule: 'leverage', dead: null }]);
});
