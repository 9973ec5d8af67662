/**
 * `risk` as a library: read market files, judge stops, make reports. Everything here is what the commands use
 * themselves; results have published schemas (`perp-risk/schemas/*`).
 */
export {
  type FileOptions,
  type FileRead,
  readFundingFiles,
  readJournalFiles,
  readOhlcvFiles,
  readTicksFiles,
} from './io/read-files.ts';
export type { Bars } from './market/bars.ts';
export type { Finding, FindingCode } from './market/finding.ts';
export type { Funding } from './market/funding.ts';
export type { BareTrade, Direction, Journal, Trade } from './market/journal.ts';
export { regimeAt, volatilitySquares } from './market/regime.ts';
export { barsFromTicks, resampleBars } from './market/resample.ts';
export type { Ticks } from './market/ticks.ts';
export { type AtrMethod, atr, createAtr, stepAtr } from './math/atr.ts';
export { DataError, errorCodes, InputError, InvariantError } from './model/errors.ts';
export { type Fidelity, fidelityFlags } from './model/fidelity.ts';
export type { Report } from './model/report.ts';
export type { Outcome, Study, StudyContext } from './model/study.ts';
export { version } from './model/version.ts';
export { isolatedLiquidationPrice } from './risk/liquidation-price.ts';
export { adaptiveStopFraction, stopFill, stopPrice, stopReached } from './risk/stop.ts';
export { backtestStops } from './studies/backtest-stops.ts';
export type { BacktestStopsResult } from './studies/backtest-stops-result.ts';
