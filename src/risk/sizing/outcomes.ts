/** What a bet may return, and how probable it is: the form that all Kelly rules on distributions take. */
import { sum } from '../../math/sum.ts';

export type Outcomes = {
  /** For each unit staked: 1 doubles it, -1 loses it, below -1 more than it. */
  readonly returns: Float64Array;
  /** >= 0, of the same length, with a sum of 1. */
  readonly probability: Float64Array;
};

export type Bet = {
  /** Probability of a win, in [0, 1]. */
  readonly winRate: number;
  /** Gained for each unit staked by a win, > 0. */
  readonly win: number;
  /** Lost for each unit staked by a loss, > 0; 1 where the stake is what can be lost. */
  readonly loss: number;
};

/** @throws RangeError where a rate or amount lies outside its range */
export function checkBet({ winRate, win, loss }: Bet): void {
  if (!(winRate >= 0 && winRate <= 1)) throw new RangeError(`a win rate must lie in [0, 1], was ${winRate}`);
  if (!(win > 0 && Number.isFinite(win)))
    throw new RangeError(`a win must be finite and above 0, was ${win}`);
  if (!(loss > 0 && Number.isFinite(loss)))
    throw new RangeError(`a loss must be finite and above 0, was ${loss}`);
}

/** Two outcomes: +win and -loss. */
export function outcomesOfBet(bet: Bet): Outcomes {
  checkBet(bet);
  return {
    returns: Float64Array.of(bet.win, -bet.loss),
    probability: Float64Array.of(bet.winRate, 1 - bet.winRate),
  };
}

/**
 * A sample taken as a distribution, each return as probable as any other.
 *
 * @param returns  at least one, finite
 */
export function outcomesOfSample(returns: Float64Array): Outcomes {
  if (returns.length === 0) throw new RangeError('a sample must hold at least one return, was empty');
  const wrong = returns.findIndex((one) => !Number.isFinite(one));
  if (wrong >= 0) throw new RangeError(`a return must be finite, was ${returns[wrong]} at ${wrong}`);
  return { returns, probability: new Float64Array(returns.length).fill(1 / returns.length) };
}

/** The return to expect for each unit staked. */
export function expectedReturn({ returns, probability }: Outcomes): number {
  return sum(returns.map((r, i) => probability[i]! * r));
}

/**
 * The fraction at which the worst possible outcome leaves nothing: 1 / |worst|. A stake must stay below it.
 *
 * @returns > 0; null where no possible outcome loses more than a double can divide by
 */
export function ruinBound({ returns, probability }: Outcomes): number | null {
  let worst = 0;
  for (let i = 0; i < returns.length; i += 1) {
    if (probability[i]! > 0 && returns[i]! < worst) worst = returns[i]!;
  }
  const bound = -1 / worst;
  return Number.isFinite(bound) ? bound : null;
}
