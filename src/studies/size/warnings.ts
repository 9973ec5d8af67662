/** What the reader of a size must be told in words. */
import type { SizeResult } from '../size-result.ts';
import { doubtReasons } from './doubt-reasons.ts';

export function warningsOf(result: SizeResult): string[] {
  return [...ofPosition(result), ...ofTrades(result), ...ofMarket(result), ...ofDoubt(result)];
}

function ofDoubt({ growth: { reason } }: SizeResult): string[] {
  if (reason === null || reason === 'no-evidence' || reason === 'no-size') return [];
  return [`growth and ruin: ${doubtReasons[reason]}`];
}

/** Percent with two places; a sentence has no column with a unit. */
function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}

function ofPosition({ position, qty, notional }: SizeResult): string[] {
  const { stopDistance, stopFrom, liquidationDistance, leverage } = position;
  const warnings: string[] = [];
  // What is assumed without a stop is the margin itself.
  if (stopFrom !== 'leverage' && stopDistance >= liquidationDistance)
    warnings.push(
      `the stop, ${percent(stopDistance)} away, lies at or beyond liquidation, ${percent(liquidationDistance)} away at ${leverage}x isolated: the margin is lost first`,
    );
  if (qty === '0' && notional !== '0') warnings.push('the size is below one lot: the quantity is 0');
  return warnings;
}

function ofTrades({ trades, bounds, size }: SizeResult): string[] {
  const stated = bounds.some(({ name, fraction }) => name === 'kelly-stated' && fraction !== null);
  if (trades === null)
    return stated
      ? []
      : ['no evidence of an edge was given: drift and caps alone size, and caps know no edge'];
  const { count, mostAtOnce, winRate, observedWinRate, meanReturn, meanCost, feesAssumed } = trades;
  const warnings: string[] = [];
  if (winRate !== null && observedWinRate !== null && winRate < observedWinRate)
    warnings.push(
      `the win rate that is sized by is ${percent(winRate)}, the lower bound of the observed ${percent(observedWinRate)}`,
    );
  if (meanReturn <= 0 && meanReturn + meanCost > 0 && feesAssumed > 0)
    warnings.push(
      `costs decide: without fees of ${percent(meanCost)} a trade, assumed for ${feesAssumed} of ${count}, the mean return would be ${percent(meanReturn + meanCost)}`,
    );
  if (mostAtOnce !== null && mostAtOnce > 1 && size > 0)
    warnings.push(
      `up to ${mostAtOnce} trades were open at once: the size is of one, and as many together are ${(size * mostAtOnce).toFixed(2)}x equity; growth and ruin take them one after the other`,
    );
  return warnings;
}

function ofMarket({ market, position, bounds }: SizeResult): string[] {
  if (market === null) return [];
  const { meanAnnual, meanAnnualError, worstFall } = market;
  const warnings: string[] = [];
  const sizes = bounds.some(
    ({ name, fraction, reason }) =>
      name === 'kelly-continuous' && fraction !== null && reason !== 'other-bet',
  );
  if (sizes && Math.abs(meanAnnual) < 2 * meanAnnualError)
    warnings.push(
      `the drift of ${market.symbol}, ${percent(meanAnnual)} a year with a standard error of ${percent(meanAnnualError)}, is not told apart from 0: Kelly of the market rests on nothing firm`,
    );
  if (worstFall >= position.liquidationDistance)
    warnings.push(
      `the worst move against the position, ${percent(worstFall)}, is beyond its liquidation at ${position.leverage}x isolated, ${percent(position.liquidationDistance)} away`,
    );
  return warnings;
}
