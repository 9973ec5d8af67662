import { type Outcomes, outcomesOfSample } from './outcomes.ts';

export type Evidence = {
  /** The win rate to rest on, in [0, 1]: below the observed one where there are few trades (`cautiousWinRate`). */
  readonly winRate: number;
  /** What a lost trade costs where none was lost, > 0. */
  readonly loss: number;
};

/**
 * Trades as a distribution that wins as often as is believed: winners share `winRate`, losers the rest, all of one kind alike.
 * Where none was lost one loss of the stated size takes the rest. Trades without a return are left out.
 *
 * @param returns  of each trade, fractions of notional, finite; at least one is not 0
 */
export function cautiousOutcomes(returns: Float64Array, { winRate, loss }: Evidence): Outcomes {
  if (!(winRate >= 0 && winRate <= 1)) throw new RangeError(`a win rate must lie in [0, 1], was ${winRate}`);
  if (!(loss > 0 && Number.isFinite(loss)))
    throw new RangeError(`a loss must be finite and above 0, was ${loss}`);
  const { returns: sample } = outcomesOfSample(returns.filter((one) => one !== 0));
  const wins = sample.filter((one) => one > 0);
  const losses = sample.filter((one) => one < 0);
  const lost = losses.length === 0 ? Float64Array.of(-loss) : losses;
  const all = Float64Array.of(...wins, ...lost);
  const probability = all.map((one) => {
    if (one < 0) return (wins.length === 0 ? 1 : 1 - winRate) / lost.length;
    return winRate / wins.length;
  });
  return { returns: all, probability };
}
