/**
 * `risk` as a library: read market files, judge stops, replay books through a venue, make reports. Everything here is what the commands use
 * themselves; results have published schemas (`perp-risk/schemas/*`).
 */

export type { Decision, DecisionKind, Effect, GuardName, Severity } from './engine/decision.ts';
export { guardNames } from './engine/decision.ts';
export { createEngine, type Engine, type EngineState } from './engine/engine.ts';
export type { EngineEvent, Fill, OrderIntent } from './engine/event.ts';
export { configureGuards } from './engine/guards.ts';
export type { GuardsConfig } from './engine/guards-config.ts';
export { step } from './engine/step.ts';
export type { Market, MarketMoment, PositionView, View } from './engine/view.ts';
export {
  type FileOptions,
  type FileRead,
  readFundingFiles,
  readJournalFiles,
  readOhlcvFiles,
  readTicksFiles,
} from './io/read-files.ts';
export { type OrderRead, readOrderFile } from './io/read-order.ts';
export { type PortfolioRead, readPortfolioFile } from './io/read-portfolio.ts';
export { readScenario } from './io/read-scenario.ts';
export { loadScenario, type ScenarioRead, scenarioIds } from './io/scenario-files.ts';
export { loadVenue, venueNames } from './io/venue-files.ts';
export type { Bars } from './market/bars.ts';
export type { Finding, FindingCode } from './market/finding.ts';
export type { Funding } from './market/funding.ts';
export type { BareTrade, Direction, Journal, Trade } from './market/journal.ts';
export { regimeAt, volatilitySquares } from './market/regime.ts';
export { barsFromTicks, resampleBars } from './market/resample.ts';
export type { Ticks } from './market/ticks.ts';
export { type AtrMethod, atr, createAtr, stepAtr } from './math/atr.ts';
export type { Book } from './model/book.ts';
export { DataError, errorCodes, InputError, InvariantError } from './model/errors.ts';
export { type Fidelity, fidelityFlags } from './model/fidelity.ts';
export type { StatedOrder } from './model/order.ts';
export type { Report } from './model/report.ts';
export type { Scenario } from './model/scenario.ts';
export type { Outcome, Study, StudyContext } from './model/study.ts';
export { version } from './model/version.ts';
export { toArquero } from './report/arquero-table.ts';
export type { Cell, TableColumn } from './report/column-values.ts';
export { type TableOptions, tableColumns } from './report/table-columns.ts';
export { type TablePath, tablePaths } from './report/table-paths.ts';
export { bookWalk, type Slippage, type WalkedBook } from './risk/book-walk.ts';
export { type BracketTable, bracketOf, bracketTable, maintenanceMargin } from './risk/brackets.ts';
export { bybitInverseLiquidation, bybitLinearLiquidation } from './risk/bybit-liquidation.ts';
export { type CascadePath, cascadePath, type Feedback } from './risk/cascade.ts';
export {
  averagePremium,
  cappedRate,
  equityAtConstantLeverage,
  fundingPayment,
  fundingRate,
  premiumIndex,
  settlementCount,
  settlementsUntilLiquidation,
} from './risk/funding.ts';
export { bookWalkSlippage, meanImpact, peakImpact } from './risk/impact.ts';
export {
  bankruptcyPrice,
  isolatedLiquidationPrice,
  liquidationPrices,
  type MarginLeg,
} from './risk/liquidation-price.ts';
export { unrealisedPnl } from './risk/pnl.ts';
export { binaryKelly } from './risk/sizing/binary-kelly.ts';
export { continuousGrowth, continuousKelly, type Drift } from './risk/sizing/continuous-kelly.ts';
export { everFallProbability } from './risk/sizing/ever-fall.ts';
export { growthRate } from './risk/sizing/growth.ts';
export { logKelly } from './risk/sizing/log-kelly.ts';
export { type MultiAssetKelly, multiAssetKelly } from './risk/sizing/multi-asset-kelly.ts';
export { type Bet, type Outcomes, outcomesOfBet, outcomesOfSample } from './risk/sizing/outcomes.ts';
export { type FallBound, riskConstrainedKelly } from './risk/sizing/risk-constrained-kelly.ts';
export { adaptiveStopFraction, stopFill, stopPrice, stopReached } from './risk/stop.ts';
export {
  type AloneIsolated,
  type SurvivableLeverage,
  survivableLeverage,
} from './risk/survivable-leverage.ts';
export { backtestStops } from './studies/backtest-stops.ts';
export type { BacktestStopsResult } from './studies/backtest-stops-result.ts';
export { check } from './studies/check.ts';
export type { CheckResult } from './studies/check-result.ts';
export { fundingBreaker } from './studies/funding-breaker.ts';
export type { FundingBreakerResult } from './studies/funding-breaker-result.ts';
export { type FundedInputs, type FundedTree, fundingReplay } from './studies/funding-replay.ts';
export type { FundingReplayResult } from './studies/funding-replay-result.ts';
export { fundingTable } from './studies/funding-table.ts';
export type { FundingTableResult } from './studies/funding-table-result.ts';
export { margin } from './studies/margin.ts';
export type { MarginResult } from './studies/margin-result.ts';
export { replay } from './studies/replay.ts';
export type { ReplayResult } from './studies/replay-result.ts';
export { type SizeInputs, type SizeTree, size } from './studies/size.ts';
export type { SizeResult } from './studies/size-result.ts';
export { type Recorded, type StressInputs, type StressTree, stress } from './studies/stress.ts';
export type { ScenarioResult, StressResult, StressRun, Verdict } from './studies/stress-result.ts';
export { type BacktestInput, backtestVar, type VarBacktest } from './studies/var/backtest.ts';
export { estimateMethod, type Method, type MethodOptions, varMethods } from './studies/var/methods.ts';
export { type VarInputs, type VarTree, valueAtRisk } from './studies/var.ts';
export type { VarResult, VarRow } from './studies/var-result.ts';
