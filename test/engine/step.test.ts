import { describe, expect, test } from 'vitest';
import type { Finding, GuardName } from '../../src/engine/decision.ts';
import { withConfig } from '../../src/engine/engine.ts';
import type { Guard, Handlers } from '../../src/engine/guard.ts';
import { step } from '../../src/engine/step.ts';
import { engineScene, play, story, tell } from '../support/engine-scene.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const finding = (rule: string): Finding => ({
  rule,
  severity: 'warning',
  measure: 'test',
  observed: 1,
  threshold: 0,
});

/** A guard that does what a test says. */
function puppet(name: GuardName, on: Handlers<{ seen: number }>, rules: readonly string[] = []) {
  const guard: Guard<null, { seen: number }> = {
    name,
    init: () => ({ seen: 0 }),
    on,
    rules: () => rules.map((rule) => ({ rule, dead: null })),
  };
  return withConfig(guard, null);
}

const held = bookOf([positionOf({ qty: '2', entry: '100', leverage: 2 })]);

const sceneOf = (...guards: ReturnType<typeof puppet>[]) => engineScene({ book: held, marks: [100], guards });

describe('effects on a position', () => {
  const asking = (name: GuardName, effect: 'reduce' | 'close' | 'flip', qty = 1) =>
    puppet(name, {
      marks: (view, _, __, say) => {
        const [position] = view.positions;
        if (position === undefined) return;
        if (effect === 'reduce') say.reduce(position, qty, finding('less'));
        else say[effect](position, finding('gone'));
      },
    });

  test('close before flip before reduce, all of them said', () => {
    const scene = sceneOf(
      asking('account-levels', 'reduce', 0.5),
      asking('margin-ladder', 'close'),
      asking('funding-breaker', 'flip'),
    );
    const text = `0:00 mark BTCUSDT 90 -> account-levels reduce less BTCUSDT 0.5 (yields); margin-ladder close gone BTCUSDT 2; funding-breaker flip gone BTCUSDT 2 (yields)`;
    expect(play(scene, text)).toBe(story(text));
  });

  test('the largest of reductions, not their sum; the first guard on a tie', () => {
    const scene = sceneOf(
      asking('account-levels', 'reduce', 0.5),
      asking('margin-ladder', 'reduce', 0.75),
      asking('funding-breaker', 'reduce', 0.75),
    );
    const text = `0:00 mark BTCUSDT 90 -> account-levels reduce less BTCUSDT 0.5 (yields); margin-ladder reduce less BTCUSDT 0.75; funding-breaker reduce less BTCUSDT 0.75 (yields)`;
    expect(play(scene, text)).toBe(story(text));
  });

  test('never more than is held, and no stop for what is closed', () => {
    const stops = puppet('stops', {
      marks: (view, _, __, say) => {
        const [position] = view.positions;
        if (position !== undefined) say.setStop(position, 80, finding('initial'));
      },
    });
    const text = `0:00 mark BTCUSDT 90 -> margin-ladder close gone BTCUSDT 2; stops set-stop initial BTCUSDT 80 (yields)`;
    expect(play(sceneOf(asking('margin-ladder', 'close'), stops), text)).toBe(story(text));
    const less = `0:00 mark BTCUSDT 90 -> margin-ladder reduce less BTCUSDT 2; stops set-stop initial BTCUSDT 80`;
    expect(play(sceneOf(asking('margin-ladder', 'reduce', 9), stops), less)).toBe(story(less));
  });
});

describe('an order', () => {
  const limiting = (name: GuardName, rule: string, qty: number | null) =>
    puppet(name, {
      order: (_, __, ___, say) => {
        if (qty === null) say.deny(finding(rule));
        else say.resize(qty, finding(rule));
      },
    });

  test('passes where nobody minds, with the uses of the limits', () => {
    const using = puppet('trade-limits', { order: (_, __, ___, say) => say.use('max-position', 0.4) });
    const [decision] = tell(sceneOf(using), {
      kind: 'order',
      time: 0,
      order: {
        id: 7,
        account: 0,
        symbol: 0,
        contract: 'linear',
        side: 1,
        qty: 1,
        price: 100,
        leverage: 2,
        marginMode: 'isolated',
        stop: null,
        reduceOnly: false,
        strategy: null,
        sector: null,
        model: null,
        halfSpread: 0,
        impact: 0,
      },
    });
    expect(decision).toMatchObject({
      guard: 'engine',
      kind: 'allow',
      rule: 'within-limits',
      effect: { kind: 'order', id: 7, qty: 1 },
      reasons: [],
      uses: [{ guard: 'trade-limits', limit: 'max-position', use: 0.4 }],
    });
  });

  test('deny before resize before allow; the smallest of sizes; the first guard of the list is the reason', () => {
    const scene = sceneOf(
      limiting('leverage-cap', 'cap', 0.5),
      limiting('portfolio-limits', 'gross', 0.25),
      limiting('trade-limits', 'size', 0.25),
    );
    const text = '0:00 order BTCUSDT +1 @ 100 x2 -> portfolio-limits resize gross 0.25';
    expect(play(scene, text)).toBe(story(text));
    const denied = sceneOf(
      limiting('session-limits', 'trades', null),
      limiting('trade-limits', 'size', null),
    );
    const no = '0:00 order BTCUSDT +1 @ 100 x2 -> session-limits deny trades 0';
    expect(play(denied, no)).toBe(story(no));
  });

  test('that only lowers what is held is never denied, and one that turns it is cut to that', () => {
    const scene = sceneOf(limiting('trade-limits', 'size', null));
    const text = `
      0:00 order BTCUSDT -1 @ 100 x2 -> engine allow within-limits 1
      0:00 order BTCUSDT -2 @ 100 x2 -> engine allow within-limits 2
      0:00 order BTCUSDT -3 @ 100 x2 -> trade-limits resize size 2
      0:00 order BTCUSDT +3 @ 100 x2 -> trade-limits deny size 0
      0:00 order BTCUSDT +3 @ 100 x2 reduce=only -> engine allow within-limits 3`;
    expect(play(scene, text)).toBe(story(text));
  });
});

describe('a halt', () => {
  const halting = (until: number | null, manual: boolean) =>
    puppet(
      'session-limits',
      {
        marks: (view, own, _, say) => {
          if (view.mark[0] === 90 && own.seen === 0) {
            own.seen = 1;
            say.on('daily-loss', true);
            say.halt(finding('daily-loss'), until, manual);
          }
        },
      },
      ['daily-loss'],
    );

  test('denies new risk until its time, and ends itself', () => {
    const scene = sceneOf(halting(2 * 3_600_000, false));
    const text = `
      0:00 order BTCUSDT +1 @ 100 x2 -> engine allow within-limits 1
      1:00 mark BTCUSDT 90 -> session-limits halt daily-loss
      1:30 order BTCUSDT +1 @ 90 x2 -> session-limits deny halted-daily-loss 0
      1:30 order BTCUSDT -1 @ 90 x2 -> engine allow within-limits 1
      1:59 clock
      2:00 clock -> session-limits resume daily-loss
      2:00 order BTCUSDT +1 @ 90 x2 -> engine allow within-limits 1`;
    expect(play(scene, text)).toBe(story(text));
    expect(scene.engine.watch.wake).toBe(Number.POSITIVE_INFINITY);
  });

  test('that is manual waits for an operator, and the bases begin again where he resumes', () => {
    const scene = sceneOf(halting(null, true));
    expect(scene.engine.state.bases).toEqual({ day: 100_000, weekPeak: 100_000, peak: 100_000 });
    const text = `
      1:00 mark BTCUSDT 90 -> session-limits halt daily-loss
      30:00 clock
      30:00 order BTCUSDT +1 @ 90 x2 -> session-limits deny halted-daily-loss 0
      31:00 operator halt
      31:00 order BTCUSDT +1 @ 90 x2 -> session-limits deny halted-daily-loss 0
      32:00 operator resume -> session-limits resume daily-loss
      32:00 order BTCUSDT +1 @ 90 x2 -> engine allow within-limits 1`;
    expect(play(scene, text)).toBe(story(text));
    expect(scene.engine.state.bases).toEqual({ day: 99_980, weekPeak: 99_980, peak: 99_980 });
  });
});

describe('which bases begin again as a halt ends by itself (RULES 3.7)', () => {
  const haltingFor = (rule: string) =>
    puppet('circuit-breakers', {
      marks: (view, own, _, say) => {
        if (view.mark[0] === 90 && own.seen === 0) {
          own.seen = 1;
          say.halt(finding(rule), 2 * 3_600_000, false);
        }
      },
    });

  test.each([
    // 2 at 100 of 100,000, and 20 less at 90.
    ['drawdown', { day: 99_980, weekPeak: 99_980, peak: 99_980 }],
    ['weekly-drawdown', { day: 99_980, weekPeak: 99_980, peak: 99_980 }],
    ['daily-loss', { day: 99_980, weekPeak: 100_000, peak: 100_000 }],
    ['volatility', { day: 100_000, weekPeak: 100_000, peak: 100_000 }],
  ])('%s', (rule, bases) => {
    const scene = sceneOf(haltingFor(rule));
    play(scene, '0:00 clock\n1:00 mark BTCUSDT 90\n1:59 clock');
    expect(scene.engine.state.bases).toEqual({ day: 100_000, weekPeak: 100_000, peak: 100_000 });
    const [ended, ...others] = tell(scene, { kind: 'clock', time: 2 * 3_600_000 });
    expect(ended).toEqual({
      ...{ time: 2 * 3_600_000, guard: 'circuit-breakers', kind: 'resume', rule, severity: 'info' },
      // It stood for the hour that it was to stand.
      ...{ measure: 'halt', observed: 3_600_000, threshold: 3_600_000 },
      ...{ about: { account: null, symbol: null }, effect: { kind: 'resume' } },
      ...{ stands: true, reasons: [], uses: [] },
    });
    expect(others).toEqual([]);
    expect(scene.engine.state.bases).toEqual(bases);
  });

  test('none while the equity is not known', () => {
    const scene = sceneOf(haltingFor('drawdown'));
    play(scene, '0:00 clock\n1:00 mark BTCUSDT 90');
    scene.venue.prices.mark[0] = Number.NaN;
    tell(scene, { kind: 'clock', time: 2 * 3_600_000 });
    expect(scene.engine.state.halts).toEqual([]);
    expect(scene.engine.state.bases).toEqual({ day: 100_000, weekPeak: 100_000, peak: 100_000 });
  });
});

describe('rules of one name in two guards', () => {
  const speaking = (name: GuardName, act: 'halt' | 'resume' | 'off', at: number) =>
    puppet(
      name,
      {
        marks: (view, _, __, say) => {
          if (view.mark[0] !== at) return;
          if (act === 'off') say.on('daily-loss', false);
          else say.on('daily-loss', true);
          if (act === 'halt') say.halt(finding('daily-loss'), null, false);
          if (act === 'resume') say.resume(finding('daily-loss'));
        },
      },
      ['daily-loss'],
    );

  test('halt and resume apart', () => {
    const scene = sceneOf(speaking('circuit-breakers', 'halt', 90), speaking('session-limits', 'resume', 80));
    play(scene, '0:01 mark BTCUSDT 90\n0:02 mark BTCUSDT 80');
    expect(scene.engine.state.halts).toMatchObject([{ guard: 'circuit-breakers', rule: 'daily-loss' }]);
  });

  test('are counted apart, and for as long as each was broken', () => {
    const scene = sceneOf(
      speaking('circuit-breakers', 'halt', 90),
      puppet(
        'session-limits',
        {
          marks: (view, _, __, say) => say.on('daily-loss', view.mark[0] === 90),
          clock: (_, __, ___, say) => say.on('a rule that it has not', true),
        },
        ['weekly-drawdown', 'daily-loss'],
      ),
    );
    play(
      scene,
      '0:01 mark BTCUSDT 90\n0:02 mark BTCUSDT 90\n0:03 mark BTCUSDT 95\n0:04 mark BTCUSDT 95\n0:05 clock',
    );
    expect(scene.engine.state.rules).toEqual([
      { guard: 'circuit-breakers', rule: 'daily-loss', fired: 2, brokenFor: 0, since: 60_000 },
      { guard: 'session-limits', rule: 'weekly-drawdown', fired: 0, brokenFor: 0, since: null },
      { guard: 'session-limits', rule: 'daily-loss', fired: 0, brokenFor: 120_000, since: null },
    ]);
  });

  test('a halt that is said again keeps its place and its beginning, and takes the new end', () => {
    const scene = sceneOf(
      puppet('circuit-breakers', {
        marks: (view, _, { time }, say) => {
          say.halt(finding(view.mark[0] === 90 ? 'first' : 'second'), time + 3_600_000, false);
        },
      }),
    );
    play(scene, '0:01 mark BTCUSDT 90\n0:02 mark BTCUSDT 91\n0:03 mark BTCUSDT 90');
    const why = { measure: 'test', observed: 1, threshold: 0 };
    expect(scene.engine.state.halts).toEqual([
      { guard: 'circuit-breakers', rule: 'first', since: 60_000, until: 3_780_000, manual: false, why },
      { guard: 'circuit-breakers', rule: 'second', since: 120_000, until: 3_720_000, manual: false, why },
    ]);
  });
});

describe('the bases of losses', () => {
  test('begin with the equity of the start, follow its peaks, and begin anew with days and weeks', () => {
    const scene = sceneOf(puppet('flags', {}));
    const { bases } = scene.engine.state;
    // 1970-01-01 was a Thursday: Monday comes after four days.
    play(scene, '0:00 mark BTCUSDT 110');
    expect(bases).toEqual({ day: 100_000, weekPeak: 100_020, peak: 100_020 });
    play(scene, '1:00 mark BTCUSDT 105\n24:00 clock');
    expect(bases).toEqual({ day: 100_010, weekPeak: 100_020, peak: 100_020 });
    play(scene, '25:00 clock\n96:00 clock');
    expect(bases).toEqual({ day: 100_010, weekPeak: 100_010, peak: 100_020 });
  });

  test('move with money that comes in or goes out', () => {
    const scene = sceneOf(puppet('flags', {}));
    play(scene, '0:00 mark BTCUSDT 105\n1:00 transfer -500');
    expect(scene.engine.state.bases).toEqual({ day: 99_500, weekPeak: 99_510, peak: 99_510 });
    expect(scene.engine.view.total).toBe(99_510);
  });
});

test('a guard that throws ends all new risk, and its error is kept', () => {
  const broken = puppet('flags', {
    marks: () => {
      throw new Error('a guard of the test');
    },
    order: () => {
      throw new Error('again');
    },
  });
  const scene = sceneOf(broken);
  const text = `
    0:00 mark BTCUSDT 100 -> flags halt guard-failed
    0:00 order BTCUSDT +1 @ 100 x2 -> flags deny halted-guard-failed 0; flags halt guard-failed
    0:00 order BTCUSDT -1 @ 100 x2 -> engine allow within-limits 1`;
  expect(play(scene, text)).toBe(story(text));
  expect(scene.engine.failure?.message).toBe('a guard of the test');
  const [said] = tell(sceneOf(broken), { kind: 'marks', time: 7 });
  const told = { rule: 'guard-failed', severity: 'emergency', measure: 'time', observed: 7, threshold: null };
  expect(said).toMatchObject({ ...told, effect: { kind: 'halt', until: null, manual: true } });
});

test('what is thrown and is no error is kept as one', () => {
  const scene = sceneOf(
    puppet('flags', {
      marks: () => {
        // What a guard throws is whatever its libraries do.
        throw 'a text';
      },
    }),
  );
  tell(scene, { kind: 'marks', time: 0 });
  expect(scene.engine.failure).toEqual(new Error('a text'));
});

test('time never goes back', () => {
  const scene = sceneOf();
  tell(scene, { kind: 'clock', time: 10 });
  expect(() => step(scene.engine, { kind: 'clock', time: 9 })).toThrow(
    'time must not go back, was 9 after 10',
  );
  expect(() => step(scene.engine, { kind: 'clock', time: Number.NaN })).toThrow('time must not go back');
});

test('an event of a kind that is not known is left aside and said', () => {
  const scene = sceneOf();
  const feed: unknown = JSON.parse('{ "kind": "feed", "time": 5 }');
  const decisions = step(scene.engine, feed as Parameters<typeof step>[1]);
  const told = { rule: 'unknown-event', severity: 'warning', measure: 'time', observed: 5, threshold: null };
  expect(decisions).toMatchObject([{ time: 5, guard: 'engine', kind: 'alert', ...told, effect: null }]);
});
