import { describe, expect, test } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import type { Decision } from '../../src/engine/decision.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import { orderOf } from '../../src/io/order-text.ts';
import { bookOf } from '../../src/io/portfolio-text.ts';
import type { Bars } from '../../src/market/bars.ts';
import { type CheckInputs, check } from '../../src/studies/check.ts';
import { checkResult } from '../../src/studies/check-result.ts';
import { replay } from '../../src/studies/replay.ts';
import { flatTable } from '../support/flat-table.ts';
import { ctx, replayInputs } from '../support/replay-study.ts';
import { ticksOf } from '../support/small-bars.ts';
import { HOUR, venueOfTable } from '../support/venue-scene.ts';

/** 10,000 of equity: 10 coins at 100 and 5x are 1,000 of notional, 200 of margin, 50 at risk down to 95. */
const held = `account: { balance: 10000, venue: test }
positions:
  - { symbol: BTCUSDT, qty: 10, entry: 100, mark: 100, leverage: 5, stop: 95, sector: layer1 }
`;
const none = 'account: { balance: 10000, venue: test }\npositions: []\n';

const venues = [venueOfTable(flatTable(0.005))];
const values = (settings: readonly string[]) =>
  loadConfigWithoutFile(configTree, settings.map(readSetting)).values;

type Given = Partial<Omit<CheckInputs, 'order' | 'book'>> & {
  readonly order?: string;
  readonly book?: string;
  readonly set?: readonly string[];
};

function outcomeOf({ order = '', book = held, set = [], ...data }: Given) {
  const text = order.includes('symbol') ? order : `symbol: BTCUSDT\n${order}`;
  const inputs: CheckInputs = {
    ohlcv: [],
    mark: [],
    ticks: [],
    venues,
    book: bookOf(book, 'book.yaml', { mayBeEmpty: true }),
    order: orderOf(text, 'order.yaml'),
    ...data,
  };
  const outcome = check.run(inputs, values(set), ctx);
  expect(checkResult.parse(outcome.result)).toEqual(outcome.result);
  return outcome;
}
const resultOf = (given: Given) => outcomeOf(given).result;

/** The use of a limit before the order, with it, and with what is allowed. */
function useOf({ limits }: ReturnType<typeof resultOf>, name: string) {
  const [guard, rule] = name.split(' ');
  const found = limits.find((one) => one.guard === guard && one.rule === rule);
  return found === undefined ? null : [found.before, found.asked, found.allowed].map(rounded);
}
const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(9)));
const reasonsOf = ({ reasons }: ReturnType<typeof resultOf>) =>
  reasons.map(({ guard, rule, observed, limit, unit }) => [
    `${guard} ${rule}`,
    rounded(observed),
    limit,
    unit,
  ]);

const resizing = ['guards.trade-limits.onExceed=resize', 'guards.portfolio-limits.onExceed=resize'];

describe('an order within all limits', () => {
  const result = resultOf({ order: 'side: buy\nqty: 20\nleverage: 5\nstop: 95\n' });

  test('is allowed, all of it, with no reason', () => {
    expect(result).toMatchObject({
      verdict: 'allow',
      qtyAsked: '20',
      qtyAllowed: '20',
      qtyLowering: '0',
      reasons: [],
      decidedBy: null,
      order: { account: 'main', side: 'buy', price: 100, leverage: 5, marginMode: 'cross', sector: 'layer1' },
      market: { time: null, last: 100, mark: 100, source: 'portfolio' },
    });
    expect(result.account).toMatchObject({ currency: 'USDT', equity: 10_000, venueRefusal: null });
  });

  test('says how full each limit is before it and with it', () => {
    // 20 coins at 100 and 5x add 2,000 of notional, 400 of margin, 100 at risk down to 95.
    const uses = [
      // Nothing has been halted by anybody.
      ['emergency-stop breakers-at-once', [0, 0, 0]],
      // 5x of at most 5x.
      ['leverage-cap leverage', [null, 1, 1]],
      // One position of ten; it grows, so it stays one.
      ['portfolio-limits positions', [0.1, 0.1, 0.1]],
      // 200 and 600 of 10,000, of 80 %.
      ['portfolio-limits gross-margin', [0.025, 0.075, 0.075]],
      // 1,000 and 3,000 of 10,000, of 5.
      ['portfolio-limits net-delta', [0.02, 0.06, 0.06]],
      // 50 and 150 of 10,000, of 10 %.
      ['portfolio-limits open-risk', [0.05, 0.15, 0.15]],
      // 200 and 600 of 10,000, of 30 %.
      ['portfolio-limits sector-margin', [0.066666667, 0.2, 0.2]],
      ['portfolio-limits symbol-margin', [0.066666667, 0.2, 0.2]],
      // 200 and 600 of 10,000, of 10 %.
      ['trade-limits position-margin', [0.2, 0.6, 0.6]],
      // The trade alone: 100 of 10,000, of 2 %.
      ['trade-limits risk', [0, 0.5, 0.5]],
      // Twice the half-spread of 0.5 bps, of 20 bps.
      ['trade-limits spread', [null, 0.05, 0.05]],
    ] as const;
    for (const [name, use] of uses) expect(useOf(result, name), name).toEqual(use);
    expect(result.limits).toHaveLength(uses.length);
  });

  test('moves the margin level as the venue keeps it', () => {
    // 0.5 % of 1,000 is kept before, of 3,000 after; the taker fee of this venue is 0.
    expect(result.account.marginLevelBefore).toBeCloseTo(10_000 / 5, 9);
    expect(result.account.marginLevelAfter).toBeCloseTo(10_000 / 15, 9);
  });
});

describe('an order beyond limits', () => {
  test('is denied with every reason in the order of the guards', () => {
    // 100 coins at 10x: margin 200 + 1,000 of 10,000, risk 500 of 10,000.
    const result = resultOf({ order: 'side: buy\nqty: 100\nleverage: 10\nstop: 95\n' });
    expect(result).toMatchObject({ verdict: 'deny', qtyAllowed: '0' });
    expect(result.decidedBy).toEqual({ guard: 'leverage-cap', rule: 'leverage' });
    expect(reasonsOf(result)).toEqual([
      ['leverage-cap leverage', 10, 5, 'ratio'],
      ['trade-limits position-margin', 0.12, 0.1, 'fraction'],
      ['trade-limits risk', 0.05, 0.02, 'fraction'],
    ]);
    expect(useOf(result, 'trade-limits risk')).toEqual([0, 2.5, null]);
    expect(result.account.marginLevelAfter).toBeNull();
  });

  test('is cut to what fits where the limits say so, and what is left uses its limit to the full', () => {
    // Margin: 1,000 - 200 = 800 are 40 coins of 20 each; risk: 1.5 % are 150, 30 coins of 5 each: the smaller counts.
    const set = [...resizing, 'guards.trade-limits.maxRisk=0.015'];
    const result = resultOf({ order: 'side: buy\nqty: 100\nleverage: 5\nstop: 95\n', set });
    expect(result).toMatchObject({ verdict: 'resize', qtyAsked: '100', qtyAllowed: '30' });
    expect(result.decidedBy).toEqual({ guard: 'trade-limits', rule: 'risk' });
    expect(reasonsOf(result).map(([name]) => name)).toEqual([
      'trade-limits position-margin',
      'trade-limits risk',
    ]);
    // 200 + 30 x 20 = 800 of 10,000, of 10 %; 150 of 10,000, of 1.5 %.
    expect(useOf(result, 'trade-limits position-margin')).toEqual([0.2, 2.2, 0.8]);
    expect(useOf(result, 'trade-limits risk')).toEqual([0, 3.333333333, 1]);
  });

  test.each([
    // 200 + 20 x 40 = 1,000 is 10 % of 10,000: the limit itself passes.
    ['40', 'allow'],
    ['40.000000001', 'deny'],
  ])('of %s is %s: a limit is exclusive', (qty, verdict) => {
    expect(resultOf({ order: `side: buy\nqty: ${qty}\nleverage: 5\nstop: 99\n` }).verdict).toBe(verdict);
  });
});

describe('what only lowers', () => {
  // A peak of 20,000 is a drawdown of half: the emergency stop and the breaker halt.
  const halted = ['studies.check.peak=20000'];

  test('passes whatever stands, and what opens does not', () => {
    const buy = resultOf({ order: 'side: buy\nqty: 1\nstop: 95\n', set: halted });
    expect(buy.verdict).toBe('deny');
    expect(reasonsOf(buy).map(([name]) => name)).toEqual([
      'emergency-stop halted-drawdown',
      'circuit-breakers halted-drawdown',
    ]);
    expect(buy.standing.filter(({ kind }) => kind === 'halt')).toMatchObject([
      { guard: 'emergency-stop', rule: 'drawdown', observed: 0.5, limit: 0.2, unit: 'fraction' },
      { guard: 'circuit-breakers', rule: 'drawdown', observed: 0.5 },
    ]);
    const sell = resultOf({ order: 'side: sell\nqty: 5\n', set: halted });
    expect(sell).toMatchObject({
      verdict: 'allow',
      qtyAllowed: '5',
      qtyLowering: '5',
      limits: [],
      notJudged: [],
    });
    // 10 of 15 close the long; the 5 that would open a short are refused.
    const turn = resultOf({ order: 'side: sell\nqty: 15\n', set: halted });
    expect(turn).toMatchObject({ verdict: 'resize', qtyAllowed: '10', qtyLowering: '10' });
  });

  test('is no more than is held where it may only lower', () => {
    const { result, warnings } = outcomeOf({ order: 'side: sell\nqty: 15\nreduceOnly: true\n' });
    expect(result).toMatchObject({ verdict: 'allow', qtyAsked: '15', qtyAllowed: '10', qtyLowering: '10' });
    expect(warnings.join()).toContain('10 of 15 BTCUSDT are held, the rest is left out');
    // Nothing is held any more, so nothing is kept for it.
    expect(result.account).toMatchObject({ marginLevelAfter: null, venueRefusal: null });
  });

  test('closes the other side of a hedging account only where it says so', () => {
    const book = held.replace('venue: test', 'venue: test, positionMode: hedge');
    expect(resultOf({ book, order: 'side: sell\nqty: 2\nstop: 105\n' })).toMatchObject({ qtyLowering: '0' });
    const lowers = resultOf({ book, order: 'side: sell\nqty: 2\nreduceOnly: true\n' });
    expect(lowers.qtyLowering).toBe('2');
    // 8 of 10 coins are left: 0.5 % of 800.
    expect(lowers.account.marginLevelAfter).toBeCloseTo(10_000 / 4, 9);
  });
});

describe('what went before', () => {
  const order = 'side: buy\nqty: 1\nleverage: 5\nstop: 95\n';
  const session = ['engine.guards=["session-limits"]', 'guards.session-limits.dailyLoss=0.2'];

  test.each([
    // 1 - 10,000 / 12,500 is the limit of 20 % itself.
    ['12500', 'allow'],
    ['12500.01', 'deny'],
  ])('is judged where it is stated: a day that began at %s', (equity, verdict) => {
    const result = resultOf({ order, set: [...session, `studies.check.dayEquity=${equity}`] });
    expect(result.verdict).toBe(verdict);
    expect(useOf(result, 'session-limits daily-loss')?.[0]).toBeCloseTo(1, 5);
    expect(result.notJudged.map(({ rule }) => rule)).toEqual([
      'weekly-drawdown',
      'trades-per-day',
      'orders-per-minute',
    ]);
  });

  test('of the week halts until somebody resumes', () => {
    // 1 - 10,000 / 12,500 = 20 % of at most 8 %.
    const result = resultOf({ order, set: [...session, 'studies.check.weekPeak=12500'] });
    expect(reasonsOf(result)).toEqual([['session-limits halted-weekly-drawdown', 0.2, 0.08, 'fraction']]);
  });

  test('is named where it is not stated, and so is all else that nothing is known of', () => {
    const { notJudged, limits, assumed } = resultOf({ order });
    expect(notJudged.map(({ guard, rule }) => `${guard} ${rule}`)).toEqual([
      'emergency-stop drawdown',
      'emergency-stop consecutive-losses',
      'circuit-breakers daily-loss',
      'circuit-breakers drawdown',
      'circuit-breakers volatility',
      'circuit-breakers trade-count',
      'circuit-breakers execution-failures',
      'circuit-breakers data-sanity',
      'session-limits daily-loss',
      'session-limits weekly-drawdown',
      'session-limits trades-per-day',
      'session-limits orders-per-minute',
      'trade-limits correlation',
      'trade-limits impact',
    ]);
    // Nothing is said to be used of a limit that could not be judged.
    const judged = limits.map(({ guard, rule }) => `${guard} ${rule}`);
    for (const { guard, rule } of notJudged) expect(judged).not.toContain(`${guard} ${rule}`);
    expect(assumed.map(({ rule }) => rule)).toEqual(['spread', 'risk']);
    const bare = resultOf({ order: 'side: buy\nqty: 1\nleverage: 5\n' });
    expect(bare.assumed.map(({ why }) => why).join()).toContain(
      'at a loss of its margin, as no ATR is known',
    );
    // Without a stop and an ATR all of the margin, 20, counts as the risk: 0.2 % of 2 %.
    expect(useOf(bare, 'trade-limits risk')).toEqual([0, 0.1, 0.1]);
  });

  test('is said of rules and guards that are switched off', () => {
    const set = ['guards.trade-limits.maxRisk=null', 'engine.guards=["trade-limits"]'];
    const { result, warnings } = outcomeOf({ order, set });
    expect(result.off).toContainEqual({ guard: 'trade-limits', rule: 'risk', why: 'it is switched off' });
    expect(result.off).toContainEqual({
      guard: 'leverage-cap',
      rule: 'all',
      why: expect.stringContaining('engine'),
    });
    expect(result.assumed.map(({ rule }) => rule)).toEqual(['spread']);
    expect(warnings.join()).toContain('1 of 11 guards looked at the order');
    expect(outcomeOf({ order, set: ['engine.guards=[]'] }).warnings.join()).toContain('no guard looked at');
  });
});

/** Bars that go up and down by one log return of ln 1.01, 1,000 traded in each. */
function waves(symbol: string, count: number, base = 100): Bars {
  const at = (i: number) => (i % 2 === 0 ? base : base * 1.01);
  const column = (cell: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => cell(i));
  return {
    symbol,
    interval: HOUR,
    time: column((i) => i * HOUR),
    open: column(at),
    high: column(() => base * 1.01),
    low: column(() => base),
    close: column((i) => at(i + 1)),
    volume: column(() => 1000),
  };
}

describe('what the data tell', () => {
  const ohlcv = [waves('BTCUSDT', 300), waves('ETHUSDT', 300, 10)];

  /** What is added to a book of one symbol moves with it. */
  const alone = ['guards.trade-limits.maxCorrelation=null'];

  test('is the price, the volume and the moment of the end of the bars', () => {
    const result = resultOf({ order: 'side: buy\nqty: 60\nleverage: 5\nstop: 99\n', ohlcv });
    expect(result.market).toEqual({ time: 300 * HOUR, last: 100, mark: 100, source: 'bars' });
    // sigma of a day sqrt(24) ln 1.01; 60 of 24,000 a day: sqrt is 0.05; the mean is 2/3 of the end; of 1 %.
    const impact = (0.05 * Math.sqrt(24) * Math.log(1.01)) / 1.5;
    expect(useOf(result, 'trade-limits impact')?.[1]).toBeCloseTo(impact / 0.01, 9);
    // The day has moved by sqrt(24) ln 1.01, of 30 %.
    const day = (Math.sqrt(24) * Math.log(1.01)) / 0.3;
    expect(useOf(result, 'circuit-breakers volatility')?.[1]).toBeCloseTo(day, 9);
    expect(result.notJudged.map(({ rule }) => rule)).not.toContain('data-sanity');
  });

  test('is the correlation with the book: its twin is refused, and what hedges it passes', () => {
    const buy = resultOf({
      order: 'symbol: ETHUSDT\nside: buy\nqty: 10\nstop: 9.9\nsector: layer1\n',
      ohlcv,
    });
    expect(reasonsOf(buy)).toEqual([['trade-limits correlation', 1, 0.8, 'ratio']]);
    const sell = resultOf({
      order: 'symbol: ETHUSDT\nside: sell\nqty: 10\nstop: 10.1\nsector: layer1\n',
      ohlcv,
    });
    expect(sell.verdict).toBe('allow');
    expect(useOf(sell, 'trade-limits correlation')).toEqual([null, 0, 0]);
    // 200 hours in common are needed, and 199 returns are none.
    const short = [waves('BTCUSDT', 200), waves('ETHUSDT', 200, 10)];
    const unknown = resultOf({ order: 'symbol: ETHUSDT\nside: buy\nqty: 10\nstop: 9.9\n', ohlcv: short });
    expect(unknown.notJudged.map(({ rule }) => rule)).toContain('correlation');
  });

  test('is nothing of a later moment, and a feed that is silent takes no new risk', () => {
    const order = 'side: buy\nqty: 1\nstop: 90\n';
    const early = resultOf({ order, ohlcv, set: ['studies.check.at=1970-01-02T01:30:00Z'] });
    // The 25th bar, from 24:00, has ended at 25:00 at 101.
    expect(early.market).toMatchObject({ time: 25.5 * HOUR, last: 101 });
    const late = outcomeOf({ order, ohlcv, set: [...alone, 'studies.check.at=1970-01-14T00:00:00Z'] });
    // The last bar ended at 300 h; the next was due at 301 h, and 312 h have passed: 11 h of silence.
    expect(reasonsOf(late.result)).toEqual([['circuit-breakers data-sanity', 11 * 3600, 60, 'ratio']]);
    expect(late.warnings.join()).toContain('the newest price of BTCUSDT is of 1970-01-13 12:00');
  });

  test('is a mark of its own, and prints where they are newer', () => {
    const order = 'side: buy\nqty: 1\nstop: 90\n';
    const mark = [{ ...waves('BTCUSDT', 300, 103) }];
    const marked = outcomeOf({ order, ohlcv, mark });
    expect(marked.result.market).toMatchObject({ last: 100, mark: 103 });
    expect(marked.fidelity).not.toContain('last-as-mark');
    expect(outcomeOf({ order, ohlcv }).fidelity).toContain('last-as-mark');
    const ticks = [ticksOf('BTCUSDT', [[300 * HOUR + 5, 102]])];
    expect(resultOf({ order, ohlcv, ticks }).market).toMatchObject({ last: 102, source: 'prints' });
    // Mark and last 6 % apart are more than 5 %: no new risk until they agree.
    const apart = resultOf({ order, ohlcv, mark: [waves('BTCUSDT', 300, 106)], set: alone });
    expect(reasonsOf(apart).map(([name]) => name)).toEqual(['circuit-breakers halted-data-sanity']);
  });
});

test('the same order at the same moment of a replay meets the same engine: reasons, uses and quantity to the bit', () => {
  const ohlcv = [waves('BTCUSDT', 300)];
  const entry = 250 * HOUR;
  const settings = [...resizing, 'venue.name=test'];
  const heard: Decision[] = [];
  const trade = {
    ...{ id: 1, symbol: 'BTCUSDT', direction: 'long' as const, entryTime: entry, entryPrice: 100 },
    ...{ exitTime: 260 * HOUR, exitSlack: 0, exitPrice: 100, exitKind: 'signal' as const },
    ...{ qty: 1234.5, leverage: 4 },
  };
  replay.run(
    replayInputs({
      ohlcv,
      journal: { trades: [trade], bare: [], skipped: [], faults: [], findings: [] },
      listen: { begin: () => undefined, fill: () => undefined, decision: (one) => heard.push(one) },
    }),
    values([...settings, 'studies.replay.balance="10000"', 'venue.marginMode=cross']),
    ctx,
  );
  const replayed = heard.find(({ effect }) => effect?.kind === 'order');
  const order = 'side: buy\nqty: 1234.5\nleverage: 4\nprice: 100\n';
  const set = [...settings, 'studies.check.at=1970-01-11T10:00:00Z'];
  const { reasons, qtyAllowed, limits, verdict } = resultOf({ order, book: none, ohlcv, set });
  expect(verdict).toBe('resize');
  expect(replayed?.effect).toMatchObject({ kind: 'order', qty: Number(qtyAllowed) });
  expect(replayed?.reasons.map(({ guard, rule, observed }) => ({ guard, rule, observed }))).toEqual(
    reasons.map(({ guard, rule, observed }) => ({ guard, rule, observed })),
  );
  for (const { guard, rule, asked } of limits)
    expect(replayed?.uses).toContainEqual(expect.objectContaining({ guard, limit: rule, use: asked }));
});

describe('an order that cannot be is refused, with its line', () => {
  const two = `accounts:
  - { id: a, balance: 100, venue: test }
  - { id: b, balance: 100, venue: test }
positions: []
`;
  test.each([
    [
      'symbol: BTCUDST\nside: buy\nqty: 1\nprice: 1\n',
      held,
      'was BTCUDST (order.yaml:1). Did you mean BTCUSDT?',
    ],
    ['side: buy\nqty: 1\nstop: 101\n', held, 'must lie below its price of 100, was 101 (order.yaml:4)'],
    ['side: sell\nqty: 1\nstop: 99\n', held, 'must lie above its price of 100, was 99 (order.yaml:4)'],
    ['side: buy\nqty: 1\nreduceOnly: true\n', held, 'must have a position to lower'],
    [
      'side: buy\nqty: 1\naccount: mian\n',
      held,
      'must be one of main, was "mian" (order.yaml:4). Did you mean "main"?',
    ],
    ['side: buy\nqty: 1\nprice: 1\n', two, 'was BTCUSDT (order.yaml:1)'],
    ['side: buy\nqty: 1\ncontract: inverse\n', held, 'was inverse beside linear (order.yaml:4)'],
    [
      'side: buy\nqty: 1\n',
      held.replace('mark: 100, ', ''),
      'BTCUSDT has neither a mark in the portfolio nor data',
    ],
  ])('%j', (order, book, message) => {
    expect(() => outcomeOf({ order, book })).toThrow(message);
  });

  test('needs an account where there are several, and a price where nothing has one', () => {
    const ohlcv = [waves('BTCUSDT', 30)];
    expect(() => outcomeOf({ order: 'side: buy\nqty: 1\n', book: two, ohlcv })).toThrow(
      'one of a, b, was nothing',
    );
    const listed = new Map([['SOLUSDT', venues[0]!.terms[0]!.defaults.linear!]]);
    const listing = venues.map((spec) => ({
      ...spec,
      terms: spec.terms.map((one) => ({ ...one, symbols: listed })),
    }));
    const order = 'symbol: SOLUSDT\nside: buy\nqty: 1\n';
    expect(() => outcomeOf({ order, venues: listing })).toThrow(
      'an order must have a price, SOLUSDT has none',
    );
    const priced = resultOf({ order: `${order}price: 20\n`, venues: listing });
    expect(priced.market).toMatchObject({ last: 20, source: 'order' });
    expect(() =>
      outcomeOf({ order: 'side: buy\nqty: 1\n', ohlcv, set: ['studies.check.at=1969-01-01'] }),
    ).toThrow('BTCUSDT must have a price by 1969-01-01');
  });
});

test('what the venue would not open is said beside what the engine lets pass', () => {
  // 10,000 of equity less 200 of margin cannot carry 100,000 of notional at 1x.
  const order = 'side: buy\nqty: 1000\nleverage: 1\nstop: 99.99\n';
  const { result, warnings } = outcomeOf({ order, set: ['engine.guards=[]'] });
  expect(result).toMatchObject({
    verdict: 'allow',
    account: { venueRefusal: 'margin', marginLevelAfter: null },
  });
  expect(warnings.join()).toContain('the venue would refuse buy 1000 BTCUSDT: margin');
  expect(warnings.join()).toContain('the venue keeps the 5x of the position');
  // A coin is a wallet only where an inverse position of the book settles in it.
  const inverse = 'symbol: BTCUSD\nside: buy\nqty: 100\ncontract: inverse\nstop: 99\nprice: 100\n';
  const ohlcv = [waves('BTCUSD', 300)];
  const coin = resultOf({ order: inverse, book: none, ohlcv });
  expect(coin).toMatchObject({ verdict: 'allow', account: { venueRefusal: 'no wallet of BTC' } });
});
