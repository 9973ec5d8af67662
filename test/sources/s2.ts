/** "Liquidation Protection: How AI Agents Avoid Getting Rekt". */
import { fall, notProduction, order, percentByPoint, type Row, type Story, times } from './row.ts';

/** A long of 1 at 100 with a margin of 10: what remains of it is (mark - 90) / 10. */
const ladder = (inside: number, beyond: number, says: string): Story => ({
  stage: { held: [{ qty: '1', entry: '100', leverage: 10 }] },
  inside: `0:01 mark BTCUSDT ${inside}`,
  beyond: `0:01 mark BTCUSDT ${beyond}`,
  says: `margin-ladder ${says}`,
});

const rungs = [
  { bound: 0.5, action: 'monitor' },
  { bound: 0.3, action: 'reduce', reduceBy: 0.25 },
  { bound: 0.2, action: 'reduce', reduceBy: 0.5 },
  { bound: 0.15, action: 'close' },
];

const caps: readonly Row[] = (
  [
    ['conservative', 2, 'conservative'],
    ['moderate', 5, 'staging'],
    ['aggressive', 10, 'aggressive'],
    ['speculative', 20, 'speculative'],
    ['unlisted', 5, 'paper'],
  ] as const
).map(
  ([tier, cap, profile]): Row => ({
    document: 'S2',
    row: `layer 1, MAX_LEVERAGE: ${tier === 'unlisted' ? 'get(strategy, 5)' : `${tier} ${cap}`}`,
    path: `guards.leverage-cap.${tier}`,
    states: cap,
    cites: 'S2 layer 1: MAX_LEVERAGE',
    trip: {
      ...order(`+1 @ 100 x${cap}`, `+1 @ 100 x${cap}.01`, 'leverage-cap deny leverage'),
      under: profile,
    },
  }),
);

const rung = (row: string, trip: Story): Row => ({
  document: 'S2',
  row: `layer 4, margin_action: ${row}`,
  path: 'guards.margin-ladder.rungs',
  states: rungs,
  cites: 'S2 layer 4: margin_action',
  trip,
});

const ladderRows: readonly Row[] = [
  rung('ratio > 0.5 safe, else monitor', ladder(95.01, 95, 'alert monitor-at-0.5')),
  rung('ratio > 0.3 monitor, else reduce_25pct', ladder(93.01, 93, 'reduce reduce-25-at-0.3 BTCUSDT 0.25')),
  rung('ratio > 0.2, else reduce_50pct', ladder(92.01, 92, 'reduce reduce-50-at-0.2 BTCUSDT 0.5')),
  rung('ratio > 0.15, else close_immediately', ladder(91.51, 91.5, 'close close-at-0.15 BTCUSDT 1')),
];

const held = { held: [{ qty: '1', entry: '100', leverage: 2 }] } as const;
const settles = (rate: number, count: number) => times(count, `8:00 funding BTCUSDT ${rate} 8h`);
const breaker = 'guards.funding-breaker';

const funding: readonly Row[] = [
  {
    document: 'S2',
    row: 'layer 5, should_close_for_funding: threshold 0.001, for a long',
    path: `${breaker}.maxRate8h`,
    states: 0.001,
    cites: 'S2 layer 5: threshold 0.001',
    trip: {
      stage: held,
      inside: settles(0.001, 3),
      beyond: settles(0.0010001, 3),
      says: 'funding-breaker close funding',
    },
  },
  {
    document: 'S2',
    row: 'layer 5, should_close_for_funding: -threshold for a short; LiquidationGuard: max_funding_rate 0.001',
    path: `${breaker}.maxRate8h`,
    states: 0.001,
    cites: 'LiquidationGuard: max_funding_rate 0.001',
    trip: {
      stage: { held: [{ qty: '-1', entry: '100', leverage: 2 }] },
      inside: settles(-0.001, 3),
      beyond: settles(-0.0010001, 3),
      says: 'funding-breaker close funding',
    },
  },
  {
    document: 'S2',
    row: 'checklist: 0.1 % per 8 h for 3+ periods',
    path: `${breaker}.settlements`,
    states: 3,
    cites: 'S2 checklist: for 3+ periods',
    wins: notProduction,
    trip: {
      stage: held,
      inside: settles(0.002, 2),
      beyond: settles(0.002, 3),
      says: 'funding-breaker close funding',
    },
  },
  {
    document: 'S2',
    row: 'layer 5, should_close_for_funding: at once',
    path: `${breaker}.settlements`,
    states: 1,
    cites: 'S2 layer 5 should_close_for_funding: at once',
    wins: ['production'],
    trip: {
      stage: held,
      inside: settles(0.001, 1),
      beyond: settles(0.002, 1),
      says: 'funding-breaker close funding',
    },
  },
  {
    document: 'S2',
    row: 'layer 5: close',
    path: `${breaker}.action`,
    states: 'close',
    cites: 'S2 layer 5: close',
    trip: {
      stage: held,
      inside: settles(0.002, 2),
      beyond: settles(0.002, 3),
      says: 'funding-breaker close funding BTCUSDT 1',
    },
  },
  {
    document: 'S2',
    row: 'layer 5: or flip your position',
    path: `${breaker}.action`,
    states: 'flip',
    cites: 'S2 layer 5: or flip',
    wins: [],
    trip: {
      stage: held,
      inside: settles(0.002, 2),
      beyond: settles(0.002, 3),
      says: 'funding-breaker flip funding BTCUSDT 1',
    },
  },
  {
    document: 'S2',
    row: 'scenarios, funding death spiral: 0.3 %/8h closes the position',
    path: `${breaker}.action`,
    states: 'close',
    cites: 'scenarios: funding death spiral',
    trip: {
      stage: held,
      inside: settles(0.003, 2),
      beyond: settles(0.003, 3),
      says: 'funding-breaker close funding',
    },
  },
];

/** Mirrors: of two ATRs of 2 below and above 100. */
const atrStop = (inside: string, beyond: string, says: string): Story => ({
  stage: { moments: [{ atr: 2 }] },
  inside: `0:01 order BTCUSDT ${inside}\n0:01 open BTCUSDT ${inside}`,
  beyond: `0:01 order BTCUSDT ${beyond}\n0:01 open BTCUSDT ${beyond}`,
  says: `stops set-stop ${says}`,
});

const stops: readonly Row[] = [
  {
    document: 'S2',
    row: 'layer 3: atr_stop',
    path: 'guards.stops.type',
    states: 'atr',
    cites: 'S2 layer 3: atr_stop',
    trip: atrStop('-1 @ 100 x1', '+1 @ 100 x1', 'atr-stop BTCUSDT 96'),
  },
  {
    document: 'S2',
    row: 'layer 3: percent_stop',
    path: 'guards.stops.type',
    states: 'percent',
    cites: 'S2 layer 3: percent_stop',
    wins: [],
    trip: atrStop('-1 @ 100 x1', '+1 @ 100 x1', 'percent-stop BTCUSDT 98'),
  },
  {
    document: 'S2',
    row: 'layer 3, atr_stop: multiplier 2.0',
    path: 'guards.stops.multiplier',
    states: 2,
    cites: 'S2 layer 3: atr_stop multiplier 2.0',
    trip: atrStop('+1 @ 100 x1', '-1 @ 100 x1', 'atr-stop BTCUSDT 104'),
  },
  {
    document: 'S2',
    row: 'checklist: 2x ATR stops for trend-following',
    path: 'guards.stops.byStrategy.trend-following',
    states: 2,
    cites: 'S2 checklist: 2x ATR',
    trip: {
      ...atrStop('+1 @ 100 x1', '+1 @ 100 x1 strategy=trend-following', 'atr-stop BTCUSDT 96'),
      sets: ['guards.stops.multiplier=3'],
    },
  },
  {
    document: 'S2',
    row: 'checklist: 1x ATR for mean-reversion',
    path: 'guards.stops.byStrategy.mean-reversion',
    states: 1,
    cites: 'S2 checklist: 1x ATR',
    trip: atrStop('+1 @ 100 x1', '+1 @ 100 x1 strategy=mean-reversion', 'atr-stop BTCUSDT 98'),
  },
  {
    document: 'S2',
    row: 'checklist: 1x ATR for mean-reversion, instead of 2',
    path: 'guards.stops.multiplier',
    states: 1,
    cites: 'S2 checklist: 1x ATR',
    wins: [],
    trip: atrStop('-1 @ 100 x1', '+1 @ 100 x1', 'atr-stop BTCUSDT 98'),
  },
  {
    document: 'S2',
    row: 'scenarios, flash crash: exchange-level stop',
    path: 'guards.stops.type',
    states: 'atr',
    cites: 'scenarios: flash crash',
    trip: {
      stage: { moments: [{ atr: 2 }] },
      inside: '0:01 order BTCUSDT +1 @ 100 x1',
      beyond: '0:01 order BTCUSDT +1 @ 100 x1\n0:01 open BTCUSDT +1 @ 100 x1',
      says: 'stops set-stop atr-stop BTCUSDT 96',
    },
  },
  {
    document: 'S2',
    row: 'checklist: exchange-level stops on open, before the first poll; scenarios, agent crash: they persist',
    path: 'guards.stops.retry',
    states: 30,
    cites: 'scenarios: agent crash',
    trip: {
      stage: { moments: [{ atr: 2 }] },
      inside: '0:01 open BTCUSDT +1 @ 100 x1\n0:01 rejected BTCUSDT\n0:1.49 clock',
      beyond: '0:01 open BTCUSDT +1 @ 100 x1\n0:01 rejected BTCUSDT\n0:1.5 clock',
      says: 'stops set-stop asked-again BTCUSDT 96',
    },
  },
  {
    document: 'S2',
    row: 'atr_stop multiplier 2.0, of an order that states no stop',
    path: 'guards.trade-limits.assumedStopAtrs',
    states: 2,
    cites: 'S2 layer 3: atr_stop multiplier 2.0',
    // 2 ATRs of 1: 2 at risk of each 100.
    trip: order('+1000 @ 100 x100', '+1000.1 @ 100 x100', 'trade-limits deny risk', {
      stage: { moments: [{ atr: 1 }] },
    }),
  },
  {
    document: 'S2',
    row: 'atr_stop multiplier 2.0, of an order that states no stop, in the book',
    path: 'guards.portfolio-limits.assumedStopAtrs',
    states: 2,
    cites: 'S2 layer 3: atr_stop multiplier 2.0',
    // 4 at risk of each 100: 10 % of the account are 2,500.
    trip: order('+2500 @ 100 x20', '+2500.1 @ 100 x20', 'portfolio-limits deny open-risk', {
      stage: { moments: [{ atr: 2 }] },
    }),
  },
];

const daily: readonly Row[] = [
  {
    document: 'S2',
    row: 'checklist: daily loss limit 2 % of account maximum',
    path: 'guards.session-limits.dailyLoss',
    states: 0.02,
    cites: 'S2 checklist: daily loss limit 2 %',
    wins: ['production'],
    trip: fall(98, 97.999, 'session-limits halt daily-loss'),
  },
  {
    document: 'S2',
    row: 'checklist: daily loss limit 2 % of account maximum, as a breaker',
    path: 'guards.circuit-breakers.dailyLoss.limit',
    states: 0.02,
    cites: 'S2 checklist: daily loss limit 2 %',
    wins: ['production'],
    trip: fall(98, 97.999, 'circuit-breakers halt daily-loss'),
  },
  {
    document: 'S2',
    row: 'scenarios, daily loss runaway: daily loss limit halts new trades',
    path: 'guards.session-limits.dailyLoss',
    states: 0.02,
    cites: 'scenarios: daily loss runaway',
    wins: ['production'],
    trip: {
      stage: percentByPoint,
      inside: '0:01 mark BTCUSDT 98\n0:02 order BTCUSDT +1 @ 98 x1',
      beyond: '0:01 mark BTCUSDT 97.99\n0:02 order BTCUSDT +1 @ 97.99 x1',
      says: 'session-limits deny halted-daily-loss',
    },
  },
  {
    document: 'S2',
    row: 'scenarios, margin erosion: early reduction',
    path: 'guards.margin-ladder.rungs',
    states: rungs,
    cites: 'scenarios: margin erosion',
    trip: ladder(93.01, 93, 'reduce reduce-25-at-0.3'),
  },
  {
    document: 'S2',
    row: 'LiquidationGuard: max_margin_drawdown 0.20',
    path: 'guards.circuit-breakers.drawdown.limit',
    states: 0.2,
    cites: 'S2 LiquidationGuard: max_margin_drawdown 0.20',
    wins: [],
    trip: fall(80, 79.99, 'circuit-breakers halt drawdown'),
  },
  {
    document: 'S2',
    row: 'LiquidationGuard: poll_interval 30',
    path: 'engine.latency',
    states: 30,
    cites: 'S2 LiquidationGuard: poll_interval 30',
    trip: {
      folder: 'test/replay',
      test: 'whose order takes its time fills where the path is then, at the worse of both prices',
    },
  },
  {
    document: 'S2',
    row: 'checklist: never exceed 10x leverage without a dedicated guardian process',
    path: 'engine.guards',
    states: [
      'emergency-stop',
      'account-levels',
      'margin-ladder',
      'circuit-breakers',
      'funding-breaker',
      'stops',
      'session-limits',
      'leverage-cap',
      'portfolio-limits',
      'trade-limits',
      'flags',
    ],
    cites: 'S2 checklist: never more than 10x without a guardian',
    trip: { folder: 'test/engine', test: '10x without a guard passes, more does not' },
  },
  {
    document: 'S2',
    row: 'layer 1: speculative only with explicit circuit breakers',
    path: 'guards.leverage-cap.speculative',
    states: 20,
    cites: 'only with explicit circuit breakers',
    trip: { folder: 'test/engine', test: 'speculative asks for every breaker' },
  },
];

const study: readonly Row[] = [
  {
    document: 'S2',
    row: 'backtest_stops: recommended below 0.15',
    path: 'studies.backtest-stops.targetHitRate',
    states: 0.15,
    cites: 'S2 backtest_stops: kept below 15 % hits',
    trip: {
      folder: 'test/studies/backtest-stops',
      test: 'takes the smallest level strictly below the target, and the smallest whose intervals all are',
    },
  },
  {
    document: 'S2',
    row: 'backtest_stops: low < stop',
    path: 'studies.backtest-stops.trigger',
    states: 'through',
    cites: 'S2 backtest_stops: low < stop',
    wins: [],
    trip: {
      folder: 'test/studies',
      test: 'through is the rule of the source document: a low at the stop is no hit',
    },
  },
];

const kelly: readonly Row[] = [
  {
    document: 'S2',
    row: 'layer 2: kelly_fraction 0.25',
    path: 'studies.size.share',
    states: 0.25,
    cites: 'S2 layer 2: kelly_fraction 0.25',
    trip: {
      folder: 'test/studies',
      test: 'stands beside what S2 makes of it: the smaller sizes (RULES 4.6)',
    },
  },
];

export const rows: readonly Row[] = [
  ...kelly,
  ...caps,
  ...ladderRows,
  ...funding,
  ...stops,
  ...daily,
  ...study,
];
