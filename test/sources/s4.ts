/** "Development of Risk Management System". */
import {
  fall,
  notDevelopment,
  notProduction,
  opens,
  order,
  percentByPoint,
  type Row,
  type Stage,
  staging,
} from './row.ts';

const small = (index: number) => `S${index}USDT`;
const symbols = Array.from({ length: 11 }, (_, i) => small(i));
const marks = symbols.map(() => 100);
const held = (count: number) =>
  symbols
    .slice(0, count)
    .map((symbol) => `0:01 open ${symbol} +1 @ 100 x1`)
    .join('\n');

const sized = (qty: number, more = '') => `+${qty} @ 100 x10 stop=99.99${more}`;

/**
 * A book of BTCUSDT beside ETHUSDT, whose returns are `weight` of the same and 3 of others that have nothing to do with them:
 * their correlation is weight / sqrt(weight^2 + 9), 0.8 at 4.
 */
const correlated = (weight: number): Stage => {
  const hours = Array.from({ length: 400 }, (_, i) => i);
  const same = (i: number) => (i % 4 < 2 ? 0.001 : -0.001);
  const other = (i: number) => (i % 2 === 0 ? 0.001 : -0.001);
  return {
    symbols: ['BTCUSDT', 'ETHUSDT'],
    marks: [100, 100],
    held: [{ qty: '1', entry: '100', leverage: 1 }],
    returns: [
      Float64Array.from(hours, same),
      Float64Array.from(hours, (i) => weight * same(i) + 3 * other(i)),
    ],
  };
};

const trade: readonly Row[] = [
  {
    document: 'S4',
    row: 'TradeRiskCheck: max_position_size_pct 0.10',
    path: 'guards.trade-limits.maxPositionMargin',
    states: 0.1,
    cites: 'S4 TradeRiskCheck: max_position_size_pct 0.10',
    wins: staging,
    trip: order(sized(1000), sized(1000.01), 'trade-limits deny position-margin'),
  },
  {
    document: 'S4',
    row: 'TradeRiskCheck: trade.qty * trade.price / portfolio_value > 0.10',
    path: 'guards.trade-limits.maxPositionNotional',
    states: 0.1,
    cites: 'S4 TradeRiskCheck: qty x price over portfolio value',
    wins: [],
    trip: order(sized(100), sized(100.01), 'trade-limits deny position-notional'),
  },
  {
    document: 'S4',
    row: 'TradeRiskCheck: max_risk_per_trade_pct 0.02',
    path: 'guards.trade-limits.maxRisk',
    states: 0.02,
    cites: 'S4 TradeRiskCheck: max_risk_per_trade_pct 0.02',
    wins: notProduction,
    trip: order('-1000 @ 100 x100 stop=102', '-1000.1 @ 100 x100 stop=102', 'trade-limits deny risk'),
  },
  {
    document: 'S4',
    row: 'TradeRiskCheck: portfolio_corr > 0.8',
    path: 'guards.trade-limits.maxCorrelation',
    states: 0.8,
    cites: 'S4 TradeRiskCheck: too correlated above 0.8',
    trip: {
      stage: correlated(3.9),
      stageBeyond: correlated(4.1),
      inside: '0:01 order ETHUSDT +1 @ 100 x1 stop=99.99',
      beyond: '0:01 order ETHUSDT +1 @ 100 x1 stop=99.99',
      says: 'trade-limits deny correlation',
    },
  },
  {
    document: 'S4',
    row: 'TradeRiskCheck.validate: return False',
    path: 'guards.trade-limits.onExceed',
    states: 'deny',
    cites: 'S4 TradeRiskCheck.validate',
    wins: notDevelopment,
    trip: order(sized(1000), sized(2000), 'trade-limits deny position-margin'),
  },
];

const portfolio: readonly Row[] = [
  {
    document: 'S4',
    row: 'portfolio level: maximum number of open positions, 10',
    path: 'guards.portfolio-limits.maxPositions',
    states: 10,
    cites: 'S4 portfolio level: maximum number of open positions',
    trip: {
      stage: { symbols, marks },
      inside: `${held(9)}\n0:02 order ${small(10)} +1 @ 100 x1`,
      beyond: `${held(10)}\n0:02 order ${small(10)} +1 @ 100 x1`,
      says: 'portfolio-limits deny positions',
    },
  },
  {
    document: 'S4',
    row: 'portfolio level: maximum aggregate exposure, 80 % of capital',
    path: 'guards.portfolio-limits.maxGrossMargin',
    states: 0.8,
    cites: 'S4 portfolio level: aggregate exposure 80 %',
    trip: order(sized(8000), sized(8000.1), 'portfolio-limits deny gross-margin'),
  },
  {
    document: 'S4',
    row: 'portfolio level: maximum aggregate exposure, 80 % of capital, as quantity x price',
    path: 'guards.portfolio-limits.maxGrossNotional',
    states: 0.8,
    cites: 'S4 portfolio level: 80 % of capital',
    wins: [],
    trip: order(sized(800), sized(800.1), 'portfolio-limits deny gross-notional'),
  },
  {
    document: 'S4',
    row: 'portfolio level: maximum net delta',
    path: 'guards.portfolio-limits.maxNetDelta',
    states: 5,
    cites: 'S4 portfolio level: maximum net delta',
    trip: order(
      '-5000 @ 100 x20 stop=100.01',
      '-5000.1 @ 100 x20 stop=100.01',
      'portfolio-limits deny net-delta',
    ),
  },
  {
    document: 'S4',
    row: 'check_circuit_breakers: max_portfolio_risk',
    path: 'guards.portfolio-limits.maxOpenRisk',
    states: 0.1,
    cites: 'S4 max_portfolio_risk',
    trip: order('+2500 @ 100 x20 stop=96', '+2500.1 @ 100 x20 stop=96', 'portfolio-limits deny open-risk'),
  },
  {
    document: 'S4',
    row: 'portfolio level: no more than 30 % in one sector',
    path: 'guards.portfolio-limits.maxSectorMargin',
    states: 0.3,
    cites: 'S4 portfolio level: no more than 30 % in one sector',
    trip: order(
      sized(3000, ' sector=defi'),
      sized(3000.1, ' sector=defi'),
      'portfolio-limits deny sector-margin',
    ),
  },
  {
    document: 'S4',
    row: 'concentration risk: single asset',
    path: 'guards.portfolio-limits.maxSymbolMargin',
    states: 0.3,
    cites: 'S4 concentration risk: single asset',
    trip: order(sized(3000), sized(3000.1), 'portfolio-limits deny symbol-margin'),
  },
  {
    document: 'S4',
    row: 'counterparty risk: diversification across multiple exchanges',
    path: 'guards.portfolio-limits.maxVenueShare',
    states: null,
    cites: 'S4 counterparty risk',
    trip: {
      folder: 'test/engine',
      test: 'at the limit an order there passes, beyond it does not; elsewhere it passes',
    },
  },
  {
    document: 'S4',
    row: 'risk gateway: on block, returns error with reason',
    path: 'guards.portfolio-limits.onExceed',
    states: 'deny',
    cites: 'S4 validate: an order that exceeds is refused',
    wins: notDevelopment,
    trip: order(sized(3000), sized(3100), 'portfolio-limits deny symbol-margin'),
  },
];

const session: readonly Row[] = [
  {
    document: 'S4',
    row: 'session level: maximum daily loss 3 %, automatic trading halt',
    path: 'guards.session-limits.dailyLoss',
    states: 0.03,
    cites: 'S4 session level: maximum daily loss 3 %',
    wins: staging,
    trip: fall(97, 96.999, 'session-limits halt daily-loss'),
  },
  {
    document: 'S4',
    row: 'alerts: yellow at 50 %, orange at 75 %, red at the limit',
    path: 'guards.alertShares',
    states: [0.5, 0.75, 1],
    cites: 'S4 alerts: yellow at 50 %, orange at 75 %, red at the limit',
    // Half of 3 % of a day.
    trip: { ...fall(98.501, 98.5, 'session-limits alert daily-loss'), guards: ['session-limits'] },
  },
  {
    document: 'S4',
    row: 'session level: maximum daily loss 3 %, as a breaker',
    path: 'guards.circuit-breakers.dailyLoss.limit',
    states: 0.03,
    cites: 'S4 session level: maximum daily loss 3 %',
    wins: staging,
    trip: fall(97, 96.999, 'circuit-breakers halt daily-loss'),
  },
  {
    document: 'S4',
    row: 'session level: maximum weekly drawdown 8 %, manual intervention',
    path: 'guards.session-limits.weeklyDrawdown',
    states: 0.08,
    cites: 'S4 session level: maximum weekly drawdown 8 %',
    trip: fall(92, 91.999, 'session-limits halt weekly-drawdown'),
  },
  {
    document: 'S4',
    row: 'session level: weekly drawdown requires manual intervention',
    path: 'guards.session-limits.weeklyDrawdown',
    states: 0.08,
    cites: 'manual intervention',
    trip: {
      stage: percentByPoint,
      inside: '0:01 mark BTCUSDT 91\n200:00 clock',
      beyond: '0:01 mark BTCUSDT 91\n200:00 clock\n200:01 operator resume',
      says: 'resume weekly-drawdown',
    },
  },
  {
    document: 'S4',
    row: 'session level: maximum trades per day 20',
    path: 'guards.session-limits.tradesPerDay',
    states: 20,
    cites: 'S4 session level: maximum trades per day 20',
    wins: notDevelopment,
    trip: {
      inside: `${opens(19)}\n0:02 order BTCUSDT +1 @ 100 x1`,
      beyond: `${opens(20)}\n0:02 order BTCUSDT +1 @ 100 x1`,
      says: 'session-limits deny trades-per-day',
    },
  },
  {
    document: 'S4',
    row: 'session level: maximum trades per day 20, as a breaker',
    path: 'guards.circuit-breakers.tradeCount.limit',
    states: 20,
    cites: 'S4 session level: 20 trades a day',
    wins: notDevelopment,
    trip: { inside: opens(19), beyond: opens(20), says: 'circuit-breakers halt trade-count' },
  },
  {
    document: 'S4',
    row: 'check_circuit_breakers: max_drawdown, CRITICAL',
    path: 'guards.circuit-breakers.drawdown.action',
    states: 'halt',
    cites: 'S4 check_circuit_breakers: max_drawdown CRITICAL',
    trip: fall(95, 94.999, 'circuit-breakers halt drawdown'),
  },
  {
    document: 'S4',
    row: 'check_circuit_breakers: max_drawdown, between the modes of S1',
    path: 'guards.circuit-breakers.drawdown.limit',
    states: 0.05,
    cites: 'S4 max_drawdown without a number',
    wins: ['staging', 'production'],
    trip: fall(95, 94.999, 'circuit-breakers halt drawdown'),
  },
];

/** Each loses what S4 says: the study's own tests play them. */
const shocks = [
  { id: 'march-2020', moves: [], default: -0.6 },
  { id: 'may-2021', moves: [], default: -0.5 },
  { id: 'luna-2022', moves: [{ asset: 'LUNA', move: -0.99 }], default: 0 },
  { id: 'ftx-2022', moves: [], default: -0.25 },
  { id: 'squeeze', moves: [], default: 0.4 },
];

const stress: readonly Row[] = (
  [
    'March 2020: -60 % per week',
    'May 2021: -50 % per month',
    'Terra/LUNA: > 99 % in 48 h',
    'FTX: -25 %',
  ] as const
).map(
  (name): Row => ({
    document: 'S4',
    row: `stress testing, historical scenarios: ${name}`,
    path: 'studies.margin.shocks',
    states: shocks,
    cites: 'S4 stress testing: historical scenarios',
    trip: {
      folder: 'test/commands',
      test: 'gives its margin by four methods, offsets no dearer than the sum, and its levels along the bars',
    },
  }),
);

export const rows: readonly Row[] = [...trade, ...portfolio, ...session, ...stress];
