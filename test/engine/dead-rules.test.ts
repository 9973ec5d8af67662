import { describe, expect, test } from 'vitest';
import { deadRules, rulesThatCannotFire } from '../../src/engine/dead-rules.ts';
import type { GuardName } from '../../src/engine/decision.ts';
import { guardNames } from '../../src/engine/decision.ts';
import type { BoundGuard, EngineState, RuleRecord } from '../../src/engine/engine.ts';
import type { Rule } from '../../src/engine/guard.ts';
import { configureGuards } from '../../src/engine/guards.ts';
import { createVoice } from '../../src/engine/said.ts';
import { engineScene } from '../support/engine-scene.ts';
import { guardsOff, guardsOn } from '../support/guard-settings.ts';
import { bookOf } from '../support/venue-scene.ts';

const guardOf = (name: GuardName, ...rules: readonly Rule[]): BoundGuard => ({
  name,
  own: {},
  voice: createVoice(name),
  hears: [],
  hear: () => undefined,
  watch: () => undefined,
  rules: () => rules,
});

const record = (rule: string, over: Partial<RuleRecord> = {}): RuleRecord => ({
  guard: 'flags',
  rule,
  fired: 1,
  since: null,
  brokenFor: 0,
  ...over,
});

function stateOf(time: number, ...rules: RuleRecord[]): EngineState {
  return { time, measured: true, bases: { day: 0, weekPeak: 0, peak: 0 }, halts: [], rules, guards: {} };
}

describe('known before a run: what is configured to be silent', () => {
  test('each with its reason, in the order of the guards', () => {
    const guards = [
      guardOf('stops', { rule: 'a', dead: null }, { rule: 'b', dead: 'it is switched off' }),
      guardOf('flags', { rule: 'a', dead: 'it has no number' }),
    ];
    expect(rulesThatCannotFire({ guards })).toEqual([
      { guard: 'stops', rule: 'b', why: 'cannot-fire', note: 'it is switched off' },
      { guard: 'flags', rule: 'a', why: 'cannot-fire', note: 'it has no number' },
    ]);
    expect(rulesThatCannotFire({ guards: [] })).toEqual([]);
  });

  test('of the documents every rule can fire; switched off only what has no switch can', () => {
    const sceneOf = (config: typeof guardsOn) =>
      engineScene({ book: bookOf([]), marks: [100], guards: configureGuards(config, guardNames) }).engine;
    expect(rulesThatCannotFire(sceneOf(guardsOn))).toEqual([]);
    const off = sceneOf(guardsOff);
    // Levels and stops have no switch, and a ladder without rungs no rules.
    const alive = off.guards
      .filter(({ name }) => name !== 'account-levels' && name !== 'stops')
      .flatMap(({ name, rules }) =>
        rules()
          .filter(({ dead }) => dead === null)
          .map(({ rule }) => `${name} ${rule}`),
      );
    expect(alive).toEqual(['emergency-stop operator', 'leverage-cap leverage']);
    for (const { note } of rulesThatCannotFire(off)) expect(note).not.toBe('');
  });
});

describe('known after it', () => {
  const guards = [guardOf('flags', { rule: 'one', dead: null }, { rule: 'two', dead: null })];

  test('a rule that never spoke', () => {
    const state = stateOf(1000, record('one'), record('two', { fired: 0 }));
    expect(deadRules({ guards, state }, 1000)).toEqual([
      { guard: 'flags', rule: 'two', why: 'never-fired', note: 'nothing in this run reached it' },
    ]);
  });

  test('one that was broken for more than half of the run: at half it is not', () => {
    const at = (brokenFor: number) =>
      deadRules({ guards, state: stateOf(5000, record('one', { brokenFor })) }, 1000);
    expect(at(500)).toEqual([]);
    expect(at(501)).toEqual([
      { guard: 'flags', rule: 'one', why: 'mostly-on', note: 'it was broken for 50 % of the run' },
    ]);
    expect(at(756)).toMatchObject([{ note: 'it was broken for 76 % of the run' }]);
  });

  test('what still stands counts until now, beside what stood before', () => {
    const at = (since: number) =>
      deadRules({ guards, state: stateOf(5000, record('one', { since, brokenFor: 200 })) }, 1000);
    expect(at(4700)).toEqual([]);
    expect(at(4699)).toMatchObject([{ rule: 'one', why: 'mostly-on' }]);
  });

  test('one that never spoke is that, however long it was broken; a run without length has none that were', () => {
    const state = stateOf(
      5000,
      record('one', { fired: 0, brokenFor: 900 }),
      record('two', { brokenFor: 900 }),
    );
    expect(deadRules({ guards, state }, 1000).map(({ rule, why }) => [rule, why])).toEqual([
      ['one', 'never-fired'],
      ['two', 'mostly-on'],
    ]);
    expect(deadRules({ guards, state }, 0).map(({ rule }) => rule)).toEqual(['one']);
  });

  test('one that cannot fire stands first, and once; a rule of the same name of another guard is another', () => {
    const both = [
      guardOf('stops', { rule: 'one', dead: null }, { rule: 'two', dead: null }),
      guardOf('flags', { rule: 'one', dead: 'it is switched off' }, { rule: 'two', dead: null }),
    ];
    const state = stateOf(
      1000,
      record('one', { guard: 'stops', fired: 0 }),
      record('two', { guard: 'stops' }),
      record('one', { fired: 0 }),
      record('two', { fired: 0 }),
    );
    expect(
      deadRules({ guards: both, state }, 1000).map(({ guard, rule, why }) => [guard, rule, why]),
    ).toEqual([
      ['flags', 'one', 'cannot-fire'],
      ['stops', 'one', 'never-fired'],
      ['flags', 'two', 'never-fired'],
    ]);
  });
});
