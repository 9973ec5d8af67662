/** "Machine Learning Liquidation Protection: Stop Your AI From Going Rogue and Bankrupting You". */
import {
  fall,
  notDevelopment,
  notProduction,
  opens,
  order,
  type Row,
  type Story,
  staging,
  trips,
} from './row.ts';

/** Near its stop, so that its size alone is judged. */
const sized = (qty: number) => `+${qty} @ 100 x10 stop=99.99`;
/** 2 at risk of each 100: with so much leverage, its risk alone. */
const risky = (qty: number, stop = 98) => `+${qty} @ 100 x100 stop=${stop}`;

/** A risk of 1.5 % of the account after so many closes. */
const afterCloses = (inside: string, beyond: string): Story => ({
  inside: `${inside}\n0:02 order BTCUSDT ${risky(740)}`,
  beyond: `${beyond}\n0:02 order BTCUSDT ${risky(740)}`,
  says: 'trade-limits deny risk',
});

const adaptive = (inside: string, beyond: string, stop: number): Story => ({
  sets: ['guards.stops.type=adaptive', 'guards.stops.multiplier=1'],
  inside: `0:01 ${inside}`,
  beyond: `0:01 ${beyond}`,
  says: `stops set-stop adaptive-stop BTCUSDT ${stop}`,
});

const opened = 'open BTCUSDT +1 @ 100 x1';
/** (0.02 + 0.5 x 0.03) x the factor of the regime below 100; 96.5 where no regime is known. */
const regime = (name: string, stop: number): Story =>
  adaptive(opened, `bar BTCUSDT regime=${name}\n0:01 ${opened}`, stop);
const confident = (confidence: number) =>
  `order BTCUSDT +1 @ 100 x1 confidence=${confidence}\n0:01 ${opened}`;

const four = ['AUSDT', 'BUSDT', 'CUSDT', 'DUSDT'];
const pnl = (symbol: string) => `0:01 mark ${symbol} 84.99`;
const sizing = { folder: 'test/studies', test: 'by volatility, worst fall, signal and performance, by hand' };

const protector: readonly Row[] = [
  {
    document: 'S0',
    row: 'LiquidationProtector: risk_buffer 0.8, kelly_fraction = signal / volatility^2',
    path: 'studies.size.buffer',
    states: 0.8,
    cites: 'S0 LiquidationProtector: risk_buffer 0.8',
    trip: sizing,
  },
  {
    document: 'S0',
    row: 'calculate_position_size: max_portfolio_risk 0.02 / volatility',
    path: 'studies.size.volatilityTarget',
    states: 0.02,
    cites: 'S0 calculate_position_size: max_portfolio_risk 0.02 / volatility',
    trip: sizing,
  },
  {
    document: 'S0',
    row: 'LiquidationProtector: max_portfolio_risk 0.02 per trade',
    path: 'guards.trade-limits.maxRisk',
    states: 0.02,
    cites: 'S0 max_portfolio_risk 0.02',
    wins: notProduction,
    trip: order(risky(1000), risky(1000.1), 'trade-limits deny risk'),
  },
  {
    document: 'S0',
    row: 'LiquidationProtector: max_position_size 0.05',
    path: 'guards.trade-limits.maxPositionMargin',
    states: 0.05,
    cites: 'S0 LiquidationProtector: max_position_size 0.05',
    wins: ['development'],
    trip: order(sized(500), sized(500.01), 'trade-limits resize position-margin 500'),
  },
  {
    document: 'S0',
    row: 'calculate_position_size: the minimum of the limits',
    path: 'guards.trade-limits.onExceed',
    states: 'resize',
    cites: 'S0 calculate_position_size',
    wins: ['development'],
    trip: order(sized(500), sized(600), 'trade-limits resize position-margin 500'),
  },
  {
    document: 'S0',
    row: 'check_liquidation_risk: abs(pnl_pct) > 0.15',
    path: 'guards.flags.adverse',
    states: 0.15,
    cites: 'S0 check_liquidation_risk: 15 %',
    trip: fall(85, 84.99, 'flags alert adverse-move'),
  },
  {
    document: 'S0',
    row: 'check_liquidation_risk: total_risk > max_portfolio_risk * 2',
    path: 'guards.flags.totalRisk',
    states: 0.04,
    cites: 'S0 check_liquidation_risk: above twice',
    wins: notProduction,
    // A result of 4,160 is 3.994 % of 104,160; one of 4,170 is 4.003 % of 104,170.
    trip: fall(104.16, 104.17, 'flags alert reduce-position-sizes'),
  },
  {
    document: 'S0',
    row: 'PRODUCTION_CONFIG: total_risk > max_portfolio_risk 0.015 * 2',
    path: 'guards.flags.totalRisk',
    states: 0.03,
    cites: 'S0 check_liquidation_risk: twice the max_portfolio_risk of PRODUCTION_CONFIG',
    wins: ['production'],
    // 3,090 of 103,090 are 2.997 %, 3,100 of 103,100 are 3.007 %.
    trip: fall(103.09, 103.1, 'flags alert reduce-position-sizes'),
  },
  {
    document: 'S0',
    row: 'check_liquidation_risk: total_risk > max_portfolio_risk * 2, as a limit',
    path: 'guards.portfolio-limits.maxOpenRisk',
    states: 0.04,
    cites: 'S0 check_liquidation_risk',
    wins: [],
    trip: order('+1000 @ 100 x20 stop=96', '+1000.1 @ 100 x20 stop=96', 'portfolio-limits deny open-risk'),
  },
  {
    document: 'S0',
    row: 'check_liquidation_risk: more than 3 high_risk_positions',
    path: 'guards.flags.diversifyAbove',
    states: 3,
    cites: 'S0 check_liquidation_risk: more than 3',
    trip: {
      stage: {
        symbols: four,
        marks: [100, 100, 100, 100],
        held: four.map((symbol) => ({ symbol, qty: '1', entry: '100', leverage: 1 })),
      },
      inside: four.slice(0, 3).map(pnl).join('\n'),
      beyond: four.map(pnl).join('\n'),
      says: 'flags alert diversify-holdings',
    },
  },
];

const breaker: readonly Row[] = [
  {
    document: 'S0',
    row: 'CircuitBreaker: loss_threshold -0.05',
    path: 'guards.circuit-breakers.dailyLoss.limit',
    states: 0.05,
    cites: 'S0 CircuitBreaker: loss_threshold -0.05',
    wins: ['development'],
    trip: fall(95, 94.999, 'circuit-breakers halt daily-loss'),
  },
  {
    document: 'S0',
    row: 'CircuitBreaker: loss_threshold -0.05, as a session limit',
    path: 'guards.session-limits.dailyLoss',
    states: 0.05,
    cites: 'S0 CircuitBreaker: loss_threshold -0.05',
    wins: ['development'],
    trip: fall(95, 94.999, 'session-limits halt daily-loss'),
  },
  {
    document: 'S0',
    row: 'PRODUCTION_CONFIG: loss_threshold -0.03',
    path: 'guards.circuit-breakers.dailyLoss.limit',
    states: 0.03,
    cites: 'S0 PRODUCTION_CONFIG: loss_threshold -0.03',
    wins: staging,
    trip: fall(97, 96.999, 'circuit-breakers halt daily-loss'),
  },
  {
    document: 'S0',
    row: 'CircuitBreaker: daily_trade_limit 100',
    path: 'guards.circuit-breakers.tradeCount.limit',
    states: 100,
    cites: 'S0 CircuitBreaker: daily_trade_limit 100',
    wins: ['development'],
    trip: { inside: opens(99), beyond: opens(100), says: 'circuit-breakers halt trade-count' },
  },
  {
    document: 'S0',
    row: 'CircuitBreaker: daily_trade_limit 100, as a session limit',
    path: 'guards.session-limits.tradesPerDay',
    states: 100,
    cites: 'S0 CircuitBreaker: daily_trade_limit 100',
    wins: ['development'],
    trip: {
      inside: `${opens(99)}\n0:02 order BTCUSDT +1 @ 100 x1`,
      beyond: `${opens(100)}\n0:02 order BTCUSDT +1 @ 100 x1`,
      says: 'session-limits deny trades-per-day',
    },
  },
  {
    document: 'S0',
    row: 'PRODUCTION_CONFIG: daily_trade_limit 50',
    path: 'guards.circuit-breakers.tradeCount.limit',
    states: 50,
    cites: 'S0 PRODUCTION_CONFIG: daily_trade_limit 50',
    wins: [],
    trip: { inside: opens(49), beyond: opens(50), says: 'circuit-breakers halt trade-count' },
  },
  {
    document: 'S0',
    row: 'CircuitBreaker: volatility_threshold 0.30',
    path: 'guards.circuit-breakers.volatility.limit',
    states: 0.3,
    cites: 'S0 CircuitBreaker: volatility_threshold 0.30',
    trip: {
      inside: '1:00 bar BTCUSDT volatility24h=0.3',
      beyond: '1:00 bar BTCUSDT volatility24h=0.3001',
      says: 'circuit-breakers halt volatility',
    },
  },
  {
    document: 'S0',
    row: 'CircuitBreaker: should_halt_trading',
    path: 'guards.circuit-breakers.dailyLoss.action',
    states: 'halt',
    cites: 'S0 CircuitBreaker: should_halt_trading',
    trip: fall(98, 94, 'circuit-breakers halt daily-loss'),
  },
  {
    document: 'S0',
    row: 'reset_daily_counters: at market open',
    path: 'guards.circuit-breakers.dailyLoss.resume',
    states: 'day',
    cites: 'S0 reset_daily_counters',
    wins: notProduction,
    trip: {
      ...fall(96, 96, 'circuit-breakers resume daily-loss'),
      inside: '0:01 mark BTCUSDT 96\n23:59 clock',
      beyond: '0:01 mark BTCUSDT 96\n24:00 clock',
    },
  },
  {
    document: 'S0',
    row: 'MLRiskMonitor: max_drawdown 0.20, as a breaker',
    path: 'guards.circuit-breakers.drawdown.limit',
    states: 0.2,
    cites: 'S0 MLRiskMonitor: max_drawdown 0.20',
    wins: ['development'],
    trip: fall(80, 79.99, 'circuit-breakers halt drawdown'),
  },
  {
    document: 'S0',
    row: 'MLRiskMonitor: max_drawdown 0.20, as an emergency',
    path: 'guards.emergency-stop.drawdown',
    states: 0.2,
    cites: 'S0 MLRiskMonitor: max_drawdown 0.20',
    trip: fall(80, 79.99, 'emergency-stop halt drawdown'),
  },
  {
    document: 'S0',
    row: 'case study 3: corrupted price feeds',
    path: 'guards.circuit-breakers.dataSanity.moveSigmas',
    states: 10,
    cites: 'S0 case study 3',
    trip: {
      stage: { moments: [{ barVolatility: 0.01 }] },
      inside: '0:01 mark BTCUSDT 109.99',
      beyond: '0:01 mark BTCUSDT 110.01',
      says: 'circuit-breakers halt data-sanity',
    },
  },
];

const production: readonly Row[] = [
  {
    document: 'S0',
    row: 'PRODUCTION_CONFIG: max_portfolio_risk 0.015',
    path: 'guards.trade-limits.maxRisk',
    states: 0.015,
    cites: 'S0 PRODUCTION_CONFIG: max_portfolio_risk 0.015',
    wins: ['production'],
    trip: order(risky(1000, 98.5), risky(1000.1, 98.5), 'trade-limits deny risk'),
  },
  {
    document: 'S0',
    row: 'PRODUCTION_CONFIG: max_position_size 0.03',
    path: 'guards.trade-limits.maxPositionMargin',
    states: 0.03,
    cites: 'S0 PRODUCTION_CONFIG: max_position_size 0.03',
    wins: ['production'],
    trip: order(sized(300), sized(300.01), 'trade-limits deny position-margin'),
  },
];

const adjuster: readonly Row[] = [
  {
    document: 'S0',
    row: 'MLRiskMonitor: window_size 100',
    path: 'guards.trade-limits.adjust.closes',
    states: 100,
    cites: 'S0 MLRiskMonitor: window_size 100',
    wins: [],
    trip: afterCloses(trips(99, -1), trips(100, -1)),
  },
  {
    document: 'S0',
    row: 'PRODUCTION_CONFIG: window_size 200',
    path: 'guards.trade-limits.adjust.closes',
    states: 200,
    cites: 'S0 PRODUCTION_CONFIG: window_size 200',
    wins: [],
    trip: afterCloses(trips(199, -1), trips(200, -1)),
  },
  {
    document: 'S0',
    row: 'MLRiskMonitor: minimum of 10 trades',
    path: 'guards.trade-limits.adjust.closes',
    states: 10,
    cites: 'S0 calculate_risk_metrics: 10 trades at least',
    wins: [],
    trip: afterCloses(trips(9, -1), trips(10, -1)),
  },
  {
    document: 'S0',
    row: 'DynamicRiskAdjuster: recent_performance < 0.3',
    path: 'guards.trade-limits.adjust.winRateBelow',
    states: 0.3,
    cites: 'S0 DynamicRiskAdjuster: recent_performance < 0.3',
    // 6 of 20 gained, and 5.
    trip: afterCloses(`${trips(6, 1)}\n${trips(14, -1)}`, `${trips(5, 1)}\n${trips(15, -1)}`),
  },
  {
    document: 'S0',
    row: 'DynamicRiskAdjuster: performance_multiplier 0.5',
    path: 'guards.trade-limits.adjust.winRateFactor',
    states: 0.5,
    cites: 'S0 DynamicRiskAdjuster: performance_multiplier 0.5',
    // 99,980 are left, of which 1 % may be risked: 499.9 x 2.
    trip: {
      inside: `${trips(20, -1)}\n0:02 order BTCUSDT ${risky(499.9)}`,
      beyond: `${trips(20, -1)}\n0:02 order BTCUSDT ${risky(499.91)}`,
      says: 'trade-limits deny risk',
    },
  },
  {
    document: 'S0',
    row: 'DynamicRiskAdjuster: performance_multiplier 1.2 above 0.8',
    path: 'guards.trade-limits.adjust.winRateFactor',
    cites: '1.2 above 0.8 is set aside',
    // 100,020 after twenty gains: 2 % of it are 1000.2 x 2, and no fifth more.
    trip: {
      inside: `${trips(20, 1)}\n0:02 order BTCUSDT ${risky(1000.2)}`,
      beyond: `${trips(20, 1)}\n0:02 order BTCUSDT ${risky(1000.3)}`,
      says: 'trade-limits deny risk',
    },
  },
  {
    document: 'S0',
    row: 'DynamicRiskAdjuster: market_volatility > 0.25',
    path: 'guards.trade-limits.adjust.volatilityAbove',
    states: 0.25,
    cites: 'S0 DynamicRiskAdjuster: market_volatility > 0.25',
    trip: afterCloses('0:01 bar BTCUSDT volatility24h=0.25', '0:01 bar BTCUSDT volatility24h=0.2501'),
  },
  {
    document: 'S0',
    row: 'DynamicRiskAdjuster: market_multiplier 0.6',
    path: 'guards.trade-limits.adjust.volatilityFactor',
    states: 0.6,
    cites: 'S0 DynamicRiskAdjuster: market_multiplier 0.6',
    // 1.2 % of 100,000 are 600 x 2.
    trip: {
      inside: `0:01 bar BTCUSDT volatility24h=0.3\n0:02 order BTCUSDT ${risky(600)}`,
      beyond: `0:01 bar BTCUSDT volatility24h=0.3\n0:02 order BTCUSDT ${risky(600.1)}`,
      says: 'trade-limits deny risk',
    },
  },
  {
    document: 'S0',
    row: 'DynamicRiskAdjuster: market_multiplier 1.1 below 0.10',
    path: 'guards.trade-limits.adjust.volatilityFactor',
    cites: '1.1 below 0.10 is set aside',
    trip: {
      inside: `0:01 bar BTCUSDT volatility24h=0.05\n0:02 order BTCUSDT ${risky(1000)}`,
      beyond: `0:01 bar BTCUSDT volatility24h=0.05\n0:02 order BTCUSDT ${risky(1000.1)}`,
      says: 'trade-limits deny risk',
    },
  },
  {
    document: 'S0',
    row: 'DynamicRiskAdjuster: never exceed 5 %',
    path: 'guards.trade-limits.adjust.ceiling',
    states: 0.05,
    cites: 'S0 DynamicRiskAdjuster: never exceed 5 % risk',
    trip: order(risky(2500), risky(2500.1), 'trade-limits deny risk', {
      sets: ['guards.trade-limits.maxRisk=1'],
    }),
  },
];

const stops: readonly Row[] = [
  {
    document: 'S0',
    row: 'calculate_adaptive_stop',
    path: 'guards.stops.type',
    states: 'adaptive',
    cites: 'S0 calculate_adaptive_stop',
    wins: [],
    trip: {
      sets: ['guards.stops.multiplier=1'],
      inside: `0:01 order BTCUSDT +1 @ 100 x1`,
      beyond: `0:01 ${opened}`,
      says: 'stops set-stop adaptive-stop BTCUSDT 96.5',
    },
  },
  {
    document: 'S0',
    row: 'evaluate_trade_safety: confidence 0.5 where none is stated',
    path: 'guards.stops.adaptive.confidence',
    states: 0.5,
    cites: 'S0 evaluate_trade_safety',
    trip: adaptive(confident(0.51), opened, 96.5),
  },
  {
    document: 'S0',
    row: 'calculate_adaptive_stop: base 0.02',
    path: 'guards.stops.adaptive.base',
    states: 0.02,
    cites: 'S0 calculate_adaptive_stop: base_stop_pct 0.02',
    trip: adaptive(confident(0.99), confident(1), 98),
  },
  {
    document: 'S0',
    row: 'calculate_adaptive_stop: (1 - model_confidence) * 0.03',
    path: 'guards.stops.adaptive.range',
    states: 0.03,
    cites: 'S0 calculate_adaptive_stop: (1 - model_confidence) * 0.03',
    trip: adaptive(confident(0.01), confident(0), 95),
  },
  ...(
    [
      ['trending', 1.2, 95.8],
      ['choppy', 0.8, 97.2],
      ['volatile', 1.5, 94.75],
      ['stable', 0.7, 97.55],
    ] as const
  ).map(
    ([name, factor, stop]): Row => ({
      document: 'S0',
      row: `regime_multipliers: ${name} ${factor}`,
      path: `guards.stops.adaptive.${name}`,
      states: factor,
      cites: 'S0 calculate_adaptive_stop: regime_multipliers',
      trip: regime(name, stop),
    }),
  ),
  {
    document: 'S0',
    row: 'update_trailing_stop: only ever up',
    path: 'guards.stops.adaptive.trails',
    states: true,
    cites: 'S0 update_trailing_stop',
    wins: [],
    // 3.5 % below 110 is 106.15.
    trip: {
      ...adaptive(`${opened}\n0:02 mark BTCUSDT 99`, `${opened}\n0:02 mark BTCUSDT 110`, 0),
      says: 'stops set-stop trail BTCUSDT 106.15',
    },
  },
];

const others: readonly Row[] = [
  {
    document: 'S0',
    row: 'calculate_position_size: the minimum of the limits, of the portfolio',
    path: 'guards.portfolio-limits.onExceed',
    states: 'resize',
    cites: 'S0 calculate_position_size',
    wins: ['development'],
    trip: order(
      '+3000 @ 100 x10 stop=99.99',
      '+3100 @ 100 x10 stop=99.99',
      'portfolio-limits resize symbol-margin 3000',
    ),
  },
  {
    document: 'S0',
    row: 'CircuitBreaker: daily_trade_limit, should_halt_trading',
    path: 'guards.circuit-breakers.tradeCount.action',
    states: 'halt',
    cites: 'S0 CircuitBreaker: should_halt_trading',
    wins: [...notDevelopment, 'development'],
    trip: { inside: opens(19), beyond: opens(20), says: 'circuit-breakers halt trade-count' },
  },
  {
    document: 'S0',
    row: 'trade_features: position_size 0.02 where none is stated',
    path: 'studies.replay.notional',
    states: 0.02,
    cites: 'S0 trade_features: position_size 0.02',
    trip: {
      folder: 'test/commands',
      test: '--notional, --maker-fee and the largest share of a bar, where something rests on them',
    },
  },
];

export const rows: readonly Row[] = [
  ...protector,
  ...breaker,
  ...production,
  ...adjuster,
  ...stops,
  ...others,
];
