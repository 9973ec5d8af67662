/** "ML-Enhanced Risk Management System". It names few numbers; a row without one is tripped at what the profile fills in. */
import { fall, opens, order, percentByPoint, type Row, type Story, staging, times, trips } from './row.ts';

const breakers = 'guards.circuit-breakers';
const rejected = (count: number) => times(count, '0:01 rejected BTCUSDT');

/** A day later nothing has changed; an operator ends it. */
const byHand = (first: string, rule: string): Story => ({
  stage: percentByPoint,
  inside: `${first}\n48:00 clock`,
  beyond: `${first}\n48:00 clock\n48:01 operator resume`,
  says: `circuit-breakers resume ${rule}`,
});

/** So many hours after it began, and not a minute sooner. */
const byTime = (first: string, last: string, resumed: string): Omit<Story, 'says'> => ({
  stage: percentByPoint,
  inside: `${first}\n${last} clock`,
  beyond: `${first}\n${resumed} clock`,
});

const modes: readonly Row[] = [
  {
    document: 'S1',
    row: 'conservative mode: tight drawdown limits (3 %)',
    path: `${breakers}.drawdown.limit`,
    states: 0.03,
    cites: 'S1 conservative mode',
    wins: ['conservative'],
    trip: fall(97, 96.999, 'circuit-breakers halt drawdown'),
  },
  {
    document: 'S1',
    row: 'aggressive mode: wider drawdown limits (8 %)',
    path: `${breakers}.drawdown.limit`,
    states: 0.08,
    cites: 'S1 aggressive mode',
    wins: ['aggressive', 'speculative'],
    trip: fall(92, 91.999, 'circuit-breakers halt drawdown'),
  },
  {
    document: 'S1',
    row: 'paper trading mode: relaxed settings',
    path: `${breakers}.drawdown.limit`,
    states: 0.2,
    cites: 'S1 paper trading',
    wins: ['paper'],
    trip: fall(80, 79.99, 'circuit-breakers halt drawdown'),
  },
  {
    document: 'S1',
    row: 'paper trading mode: auto-recovery enabled',
    path: `${breakers}.drawdown.resume`,
    states: 'cooldown',
    cites: 'S1 paper trading: auto-recovery',
    wins: ['paper'],
    trip: {
      ...byTime('0:01 mark BTCUSDT 79', '24:00', '24:01'),
      says: 'circuit-breakers resume drawdown',
    },
  },
  {
    document: 'S1',
    row: 'development: auto-recovery enabled for circuit breakers',
    path: `${breakers}.drawdown.resume`,
    states: 'cooldown',
    cites: 'S1 development: auto-recovery',
    wins: ['development'],
    trip: {
      ...byTime('0:01 mark BTCUSDT 79', '24:00', '24:01'),
      says: 'circuit-breakers resume drawdown',
    },
  },
  {
    document: 'S1',
    row: 'staging: some auto-recovery, none for a drawdown',
    path: `${breakers}.drawdown.resume`,
    states: 'manual',
    cites: 'S1 staging: some auto-recovery',
    wins: ['staging', 'conservative', 'aggressive', 'speculative', 'production'],
    trip: byHand('0:01 mark BTCUSDT 94', 'drawdown'),
  },
  {
    document: 'S1',
    row: 'staging: some auto-recovery, for execution failures',
    path: `${breakers}.executionFailures.resume`,
    states: 'cooldown',
    cites: 'S1 staging: some auto-recovery',
    wins: [...staging, 'development'],
    trip: {
      ...byTime(rejected(10), '1:00', '1:01'),
      says: 'circuit-breakers resume execution-failures',
    },
  },
];

const manual: readonly Row[] = (
  [
    ['dailyLoss', '0:01 mark BTCUSDT 97.9', 'daily-loss'],
    ['volatility', '0:01 bar BTCUSDT volatility24h=0.31\n0:02 bar BTCUSDT volatility24h=0.1', 'volatility'],
    ['tradeCount', opens(20), 'trade-count'],
    ['executionFailures', rejected(10), 'execution-failures'],
  ] as const
).map(
  ([key, first, rule]): Row => ({
    document: 'S1',
    row: `production: manual recovery required for all safety systems, ${rule}`,
    path: `${breakers}.${key}.resume`,
    states: 'manual',
    cites: 'S1 production: manual recovery',
    wins: ['production'],
    trip: { ...byHand(first, rule), stage: key === 'dailyLoss' ? percentByPoint : {} },
  }),
);

const emergency: readonly Row[] = [
  {
    document: 'S1',
    row: 'emergency stop: maximum consecutive losses exceeded',
    path: 'guards.emergency-stop.consecutiveLosses',
    states: 5,
    cites: 'S1 emergency stop: consecutive losses',
    trip: { inside: trips(4, -1), beyond: trips(5, -1), says: 'emergency-stop halt consecutive-losses' },
  },
  {
    document: 'S1',
    row: 'emergency stop: portfolio drawdown limit reached',
    path: 'guards.emergency-stop.drawdown',
    states: 0.2,
    cites: 'S1: portfolio drawdown limit',
    trip: fall(80, 79.99, 'emergency-stop close drawdown'),
  },
  {
    document: 'S1',
    row: 'emergency level: multiple circuit breaker triggers',
    path: 'guards.emergency-stop.breakersAtOnce',
    states: 3,
    cites: 'S1 alerting, level Emergency: multiple circuit breaker triggers',
    trip: {
      guards: ['emergency-stop', 'circuit-breakers'],
      stage: percentByPoint,
      // A loss of 5 % breaks the day and not yet the drawdown.
      inside: '0:01 mark BTCUSDT 95\n0:02 bar BTCUSDT volatility24h=0.31\n0:03 clock',
      beyond: '0:01 mark BTCUSDT 94.9\n0:02 bar BTCUSDT volatility24h=0.31\n0:03 clock',
      says: 'emergency-stop halt breakers-at-once',
    },
  },
  {
    document: 'S1',
    row: 'manual override: immediate halt of all trading',
    path: 'engine.operator',
    states: [],
    cites: 'S1 emergency stop: manual override',
    trip: {
      guards: ['emergency-stop'],
      stage: percentByPoint,
      inside: '0:01 operator resume',
      beyond: '0:01 operator halt',
      says: 'emergency-stop close operator BTCUSDT 1000',
    },
  },
  {
    document: 'S1',
    row: 'manual override: override code protection',
    path: 'guards.emergency-stop.overrideHash',
    states: null,
    cites: 'S1 emergency stop: override code protection',
    trip: {
      folder: 'test/io',
      test: 'the right code is let in, one letter off is refused',
    },
  },
  {
    document: 'S1',
    row: 'manual override: manual recovery requirement',
    path: 'engine.operatorDelay',
    states: null,
    cites: 'S1 emergency stop: manual recovery',
    trip: {
      ...byHand('0:01 operator halt', 'operator'),
      guards: ['emergency-stop'],
      says: 'emergency-stop resume operator',
    },
  },
];

const safety: readonly Row[] = [
  {
    document: 'S1',
    row: 'circuit breakers: volatility spike pauses trading',
    path: `${breakers}.volatility.action`,
    states: 'halt',
    cites: 'S1 circuit breakers: pauses trading during extreme volatility',
    trip: {
      inside: '1:00 bar BTCUSDT volatility24h=0.3',
      beyond: '1:00 bar BTCUSDT volatility24h=0.3001',
      says: 'circuit-breakers halt volatility',
    },
  },
  {
    document: 'S1',
    row: 'circuit breakers: execution failure rate',
    path: `${breakers}.executionFailures.limit`,
    states: 0.5,
    cites: 'S1 circuit breakers: execution failure rate',
    // Of ten orders half are refused, and six.
    trip: {
      inside: `${opens(5)}\n${rejected(5)}`,
      beyond: `${opens(4)}\n${rejected(6)}`,
      says: 'circuit-breakers halt execution-failures',
    },
  },
  {
    document: 'S1',
    row: 'circuit breakers: halts when execution failures spike',
    path: `${breakers}.executionFailures.action`,
    states: 'halt',
    cites: 'S1 circuit breakers: halts when execution failures spike',
    trip: { inside: rejected(9), beyond: rejected(10), says: 'circuit-breakers halt execution-failures' },
  },
  {
    document: 'S1',
    row: 'circuit breakers: data quality issues, a price that leaps',
    path: `${breakers}.dataSanity.moveSigmas`,
    states: 10,
    cites: 'S1 data quality issues',
    trip: {
      stage: { moments: [{ barVolatility: 0.01 }] },
      inside: '0:01 mark BTCUSDT 90.01',
      beyond: '0:01 mark BTCUSDT 89.99',
      says: 'circuit-breakers halt data-sanity',
    },
  },
  {
    document: 'S1',
    row: 'circuit breakers: data quality issues, mark and last apart',
    path: `${breakers}.dataSanity.markGap`,
    states: 0.05,
    cites: 'S1 data quality issues',
    trip: {
      stage: { symbols: ['BTCUSDT', 'ETHUSDT'], marks: [105, 100], last: [100, 100] },
      stageBeyond: { symbols: ['BTCUSDT', 'ETHUSDT'], marks: [105.01, 100], last: [100, 100] },
      inside: '0:01 mark ETHUSDT 100',
      beyond: '0:01 mark ETHUSDT 100',
      says: 'circuit-breakers halt data-sanity',
    },
  },
  {
    document: 'S1',
    row: 'circuit breakers: data quality issues, silence',
    path: `${breakers}.dataSanity.silenceSeconds`,
    states: 60,
    cites: 'S1 data quality issues',
    // The bar that ends at 2:00 may be a minute late.
    trip: {
      inside: '1:00 bar BTCUSDT close=100\n2:01 order BTCUSDT +1 @ 100 x1',
      beyond: '1:00 bar BTCUSDT close=100\n2:1.02 order BTCUSDT +1 @ 100 x1',
      says: 'circuit-breakers deny data-sanity',
    },
  },
  {
    document: 'S1',
    row: 'market risk: liquidity conditions, bid-ask spreads',
    path: 'guards.trade-limits.maxSpread',
    states: 0.002,
    cites: 'S1 liquidity conditions',
    trip: order('+1 @ 100 x1 spread=0.001', '+1 @ 100 x1 spread=0.00101', 'trade-limits deny spread'),
  },
  {
    document: 'S1',
    row: 'execution risk: market impact',
    path: 'guards.trade-limits.maxImpact',
    states: 0.01,
    cites: 'S1 market impact',
    trip: order('+1 @ 100 x1 impact=0.01', '+1 @ 100 x1 impact=0.0101', 'trade-limits deny impact'),
  },
  {
    document: 'S1',
    row: 'execution strategies: immediate, VWAP, TWAP, iceberg',
    path: 'guards.account-levels.slices',
    states: 5,
    cites: 'S1 execution strategies',
    trip: { folder: 'test/engine', test: 'of other slices and another time' },
  },
  {
    document: 'S1',
    row: 'trade request: expires_at in 30 minutes',
    path: 'guards.account-levels.durationMinutes',
    states: 30,
    cites: 'S1 trade request: expires after 30 minutes',
    trip: { folder: 'test/engine', test: 'of other slices and another time' },
  },
  {
    document: 'S1',
    row: 'RiskParameters: max_portfolio_risk 0.02',
    path: 'guards.trade-limits.maxRisk',
    states: 0.02,
    cites: 'S1 RiskParameters: max_portfolio_risk 0.02',
    wins: [...staging, 'development'],
    trip: order('+1000 @ 100 x100 stop=98', '+1000.1 @ 100 x100 stop=98', 'trade-limits deny risk'),
  },
];

export const rows: readonly Row[] = [...modes, ...manual, ...emergency, ...safety];
