/** Settings of all guards: with everything that can be switched off switched off, and with everything on. */
import type { GuardsConfig } from '../../src/engine/guards-config.ts';
import { adaptiveStop } from '../../src/risk/stop.ts';

const halting = { action: 'halt', resume: 'day', cooldownHours: 24 } as const;

const dynamic: GuardsConfig['account-levels']['dynamic'] = {
  accountSize: [],
  strategyRisk: [],
  market: [],
  history: [],
};

const adjust: GuardsConfig['trade-limits']['adjust'] = {
  closes: 20,
  winRateBelow: 0.3,
  winRateFactor: 0.5,
  volatilityAbove: 0.25,
  volatilityFactor: 0.6,
  ceiling: 0.05,
};

export const guardsOff: GuardsConfig = {
  alertShares: [0.5, 0.75, 1],
  'emergency-stop': { consecutiveLosses: null, drawdown: null, breakersAtOnce: null, overrideHash: null },
  'account-levels': {
    warning: 1.02,
    critical: 1.01,
    liquidation: 1.001,
    target: 2,
    strategy: 'proportional',
    method: 'immediate',
    slices: 5,
    durationMinutes: 30,
    priority: 'risk',
    dynamic,
  },
  'margin-ladder': { rungs: [] },
  'circuit-breakers': {
    dailyLoss: { limit: null, ...halting },
    drawdown: { limit: null, ...halting },
    volatility: { limit: null, ...halting },
    tradeCount: { limit: null, ...halting },
    executionFailures: { limit: null, window: 10, ...halting },
    dataSanity: { moveSigmas: null, markGap: null, silenceSeconds: null },
  },
  'funding-breaker': { maxRate8h: null, settlements: 1, action: 'close', safeLevel: 2 },
  stops: {
    type: 'atr',
    multiplier: 2,
    byStrategy: { 'trend-following': 2, 'mean-reversion': 1 },
    atrPeriod: 14,
    atrMethod: 'wilder',
    adaptive: { confidence: 0.5, trails: false, ...adaptiveStop },
    retry: 30,
  },
  'session-limits': { dailyLoss: null, weeklyDrawdown: null, tradesPerDay: null, ordersPerMinute: null },
  'leverage-cap': { conservative: 200, moderate: 200, aggressive: 200, speculative: 200, unlisted: 200 },
  'portfolio-limits': {
    maxPositions: null,
    maxGrossMargin: null,
    maxGrossNotional: null,
    maxNetDelta: null,
    maxOpenRisk: null,
    maxSectorMargin: null,
    maxSymbolMargin: null,
    maxVenueShare: null,
    assumedStopAtrs: 2,
    onExceed: 'deny',
  },
  'trade-limits': {
    maxPositionMargin: null,
    maxPositionNotional: null,
    maxRisk: null,
    assumedStopAtrs: 2,
    maxCorrelation: null,
    maxSpread: null,
    maxImpact: null,
    onExceed: 'deny',
    adjust,
  },
  flags: { adverse: null, liquidationAtrs: null, diversifyAbove: null, totalRisk: null },
};

/** As the documents have them. */
export const guardsOn: GuardsConfig = {
  alertShares: [0.5, 0.75, 1],
  'emergency-stop': { consecutiveLosses: 5, drawdown: 0.2, breakersAtOnce: 3, overrideHash: null },
  'account-levels': { ...guardsOff['account-levels'], warning: 2, critical: 1.5, liquidation: 1.2 },
  'margin-ladder': {
    rungs: [
      { bound: 0.5, action: 'monitor' },
      { bound: 0.3, action: 'reduce', reduceBy: 0.25 },
      { bound: 0.2, action: 'reduce', reduceBy: 0.5 },
      { bound: 0.15, action: 'close' },
    ],
  },
  'circuit-breakers': {
    dailyLoss: { limit: 0.05, ...halting },
    drawdown: { limit: 0.1, ...halting, resume: 'manual' },
    volatility: { limit: 0.3, ...halting, resume: 'cooldown' },
    tradeCount: { limit: 100, ...halting },
    executionFailures: { limit: 0.5, window: 10, ...halting, action: 'close-and-halt' },
    dataSanity: { moveSigmas: 10, markGap: 0.05, silenceSeconds: 7200 },
  },
  'funding-breaker': { maxRate8h: 0.001, settlements: 3, action: 'flip', safeLevel: 2 },
  stops: guardsOff.stops,
  'session-limits': { dailyLoss: 0.03, weeklyDrawdown: 0.08, tradesPerDay: 20, ordersPerMinute: 30 },
  'leverage-cap': { conservative: 2, moderate: 5, aggressive: 10, speculative: 20, unlisted: 5 },
  'portfolio-limits': {
    maxPositions: 10,
    maxGrossMargin: 0.8,
    maxGrossNotional: 4,
    maxNetDelta: 5,
    maxOpenRisk: 0.1,
    maxSectorMargin: 0.3,
    maxSymbolMargin: 0.3,
    maxVenueShare: 0.9,
    assumedStopAtrs: 2,
    onExceed: 'resize',
  },
  'trade-limits': {
    maxPositionMargin: 0.1,
    maxPositionNotional: 1,
    maxRisk: 0.02,
    assumedStopAtrs: 2,
    maxCorrelation: 0.8,
    maxSpread: 0.002,
    maxImpact: 0.01,
    onExceed: 'resize',
    adjust,
  },
  flags: { adverse: 0.15, liquidationAtrs: 3, diversifyAbove: 3, totalRisk: 0.04 },
};
