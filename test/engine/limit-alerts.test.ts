import { describe, expect, test } from 'vitest';
import {
  createLimit,
  followCount,
  followLimit,
  type LimitState,
  nextShares,
} from '../../src/engine/limit-alerts.ts';
import { createSaid } from '../../src/engine/said.ts';
import { compareShare } from '../../src/risk/compare.ts';
import { HOUR } from '../support/venue-scene.ts';
import { sayOf } from '../support/voice.ts';

const DAY = 24 * HOUR;

/** What is said of a use of a limit of 0.04, at times of one day unless told: `rule threshold` of each alert. */
function follower(limit = 0.04) {
  const state = createLimit();
  let time = 0;
  const at = (observed: number, moment = time) => {
    time = moment;
    const said = createSaid(time);
    const compare = (bound: number) => compareShare(observed, 1, bound);
    followLimit(
      state,
      { rule: 'daily-loss', measure: 'dailyLoss', limit, observed, compare, time },
      sayOf(said, 'session-limits'),
    );
    return said.decisions;
  };
  const texts = (...uses: readonly number[]) =>
    uses.map((use) =>
      at(use)
        .map(({ rule, threshold }) => `${rule} ${threshold}`)
        .join(),
    );
  return { state, at, texts };
}

const up = (bound: number) => `daily-loss ${bound}`;
const back = (bound: number) => `daily-loss-recovered ${bound}`;

describe('a share of the limit is announced where the use reaches it (S4: 50 %, 75 %, reached)', () => {
  test.each([
    [0.5, 0.019_999, 0.02, 'info'],
    [0.75, 0.029_999, 0.03, 'warning'],
    [1, 0.039_999, 0.04, 'critical'],
  ] as const)('%d: at %d not yet, at %d', (_, below, bound, severity) => {
    expect(
      follower()
        .at(below)
        .map(({ threshold }) => threshold),
    ).not.toContain(bound);
    expect(follower().at(bound)).toMatchObject([
      {
        guard: 'session-limits',
        kind: 'alert',
        rule: 'daily-loss',
        severity,
        measure: 'dailyLoss',
        observed: bound,
        threshold: bound,
        effect: null,
      },
    ]);
  });

  test('each once, on the way up', () => {
    expect(follower().texts(0.019, 0.02, 0.025, 0.03, 0.035, 0.04, 0.5)).toEqual([
      '',
      up(0.02),
      '',
      up(0.03),
      '',
      up(0.04),
      '',
    ]);
  });

  test('of several that are passed at once the highest', () => {
    expect(follower().texts(0.031)).toEqual([up(0.03)]);
    expect(follower().texts(0.021, 0.09)).toEqual([up(0.02), up(0.04)]);
  });

  test('bounds are decimals: 75 % of 0.8 is 0.6', () => {
    expect(follower(0.8).texts(0.6)).toEqual([up(0.6)]);
    expect(follower(0.8).texts(0.599_999)).toEqual([up(0.4)]);
  });
});

describe('it is taken back below the share beneath, the first below half of itself', () => {
  test('each step by itself, one ten-thousandth on either side', () => {
    expect(follower().texts(0.04, 0.03, 0.029_999, 0.02, 0.019_999, 0.01, 0.009_999)).toEqual([
      up(0.04),
      '',
      back(0.03),
      '',
      back(0.02),
      '',
      back(0.01),
    ]);
  });

  test('several at once by the lowest that was passed', () => {
    expect(follower().texts(0.04, 0.015)).toEqual([up(0.04), back(0.02)]);
    expect(follower().texts(0.04, -0.5)).toEqual([up(0.04), back(0.01)]);
  });

  test('with what was seen, and no more than information', () => {
    const { at } = follower();
    at(0.02);
    expect(at(0.002)).toMatchObject([
      {
        kind: 'alert',
        rule: 'daily-loss-recovered',
        severity: 'info',
        measure: 'dailyLoss',
        observed: 0.002,
        threshold: 0.01,
      },
    ]);
  });

  test('what trembles around a share says nothing twice', () => {
    expect(follower().texts(0.03, 0.0299, 0.03, 0.021, 0.039, 0.0201, 0.03)).toEqual([
      up(0.03),
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
  });
});

describe('a UTC day hears of each share once in either direction (S0: alert fatigue)', () => {
  test('what swings all day is heard of once, what is worse than before still is', () => {
    expect(follower().texts(0.02, 0, 0.02, 0, 0.025, 0, 0.03, 0, 0.04, 0, 0.04, 0)).toEqual([
      up(0.02),
      back(0.01),
      '',
      '',
      '',
      '',
      up(0.03),
      '',
      up(0.04),
      '',
      '',
      '',
    ]);
  });

  test('a step back that is lower than those before is heard', () => {
    expect(follower().texts(0.04, 0.025, 0.04, 0.025, 0.04, 0.015, 0.04, 0.005)).toEqual([
      up(0.04),
      back(0.03),
      '',
      '',
      '',
      back(0.02),
      '',
      back(0.01),
    ]);
  });

  test('the next day hears of each again', () => {
    const { at, texts } = follower();
    expect(texts(0.02, 0, 0.02, 0)).toEqual([up(0.02), back(0.01), '', '']);
    expect(at(0.02, DAY)).toMatchObject([{ rule: 'daily-loss', threshold: 0.02 }]);
    expect(texts(0, 0.02, 0)).toEqual([back(0.01), '', '']);
  });

  test('what a day ended with unheard is said as the next begins, a millisecond before it is not', () => {
    const { at, texts } = follower();
    expect(texts(0.02, 0, 0.021)).toEqual([up(0.02), back(0.01), '']);
    expect(at(0.022, DAY - 1)).toEqual([]);
    expect(at(0.022, DAY)).toMatchObject([{ rule: 'daily-loss', observed: 0.022, threshold: 0.02 }]);
    const other = follower();
    other.texts(0.02, 0, 0.03, 0);
    expect(other.at(0, DAY)).toMatchObject([{ rule: 'daily-loss-recovered', threshold: 0.01 }]);
    expect(other.at(0, 2 * DAY)).toEqual([]);
  });

  test('what goes on from one day to the next is said once', () => {
    const { at } = follower();
    expect(at(0.03)).toHaveLength(1);
    expect(at(0.03, DAY)).toEqual([]);
    expect(at(0.03, 5 * DAY)).toEqual([]);
    expect(at(0.015, 5 * DAY)).toMatchObject([{ rule: 'daily-loss-recovered', threshold: 0.02 }]);
  });

  test('the fall that a day begins with is not one of its own', () => {
    const { at, texts } = follower();
    at(0.02);
    expect(at(0, DAY)).toMatchObject([{ rule: 'daily-loss-recovered' }]);
    expect(texts(0.02, 0, 0.02, 0)).toEqual([up(0.02), back(0.01), '', '']);
  });

  test('its own first day is no new one', () => {
    const { at, texts } = follower();
    expect(at(0.02, 40 * DAY)).toHaveLength(1);
    expect(texts(0, 0.02, 0)).toEqual([back(0.01), '', '']);
  });
});

describe('what is watched next', () => {
  const next = (announced: number) => nextShares({ ...createLimit(), announced });

  test('the next share, and where the last is taken back', () => {
    expect(next(0)).toEqual({ up: 0.5, down: null });
    expect(next(1)).toEqual({ up: 0.75, down: 0.25 });
    expect(next(2)).toEqual({ up: 1, down: 0.5 });
    expect(next(3)).toEqual({ up: null, down: 0.75 });
  });

  test('whether it was said or not', () => {
    const { state, texts } = follower();
    texts(0.02, 0, 0.03);
    expect(nextShares(state)).toEqual({ up: 1, down: 0.5 });
  });
});

describe('of a count', () => {
  const countsOf = (limit: number, counts: readonly number[]) => {
    const state: LimitState = createLimit();
    return counts.map((observed) => {
      const said = createSaid(0);
      const counted = { rule: 'trades-per-day', measure: 'tradesOfDay', observed, time: 0 };
      followCount(state, counted, limit, sayOf(said, 'session-limits'));
      return said.decisions.map(({ rule, threshold }) => `${rule} ${threshold}`).join();
    });
  };

  test('4: at 2, 3 and 4, back at none', () => {
    expect(countsOf(4, [1, 2, 3, 4, 5, 0])).toEqual([
      '',
      'trades-per-day 2',
      'trades-per-day 3',
      'trades-per-day 4',
      '',
      'trades-per-day-recovered 1',
    ]);
  });

  test('5: shares lie between counts: 2.5 is reached at 3, 3.75 at 4; 1.25 is left at 1', () => {
    expect(countsOf(5, [2, 3, 4, 2, 1])).toEqual([
      '',
      'trades-per-day 2.5',
      'trades-per-day 3.75',
      'trades-per-day-recovered 2.5',
      'trades-per-day-recovered 1.25',
    ]);
  });

  test('1: the first is all of it', () => {
    expect(countsOf(1, [1, 2])).toEqual(['trades-per-day 1', '']);
  });
});

describe('other shares than those of S4', () => {
  test('are told of at theirs; the first is news, the limit itself critical', () => {
    const state = createLimit([0.8, 0.9, 1]);
    const told = [0.79, 0.8, 0.9, 1].flatMap((observed, minute) => {
      const said = createSaid(minute);
      followCount(state, { rule: 'r', measure: 'm', observed, time: minute }, 1, sayOf(said, 'flags'));
      return said.decisions.map(({ severity, threshold }) => `${severity} ${threshold}`);
    });
    expect(told).toEqual(['info 0.8', 'warning 0.9', 'critical 1']);
    // Beneath the first is half of it.
    expect(nextShares({ ...createLimit([0.8, 1]), announced: 1 })).toEqual({ up: 1, down: 0.4 });
  });
});
