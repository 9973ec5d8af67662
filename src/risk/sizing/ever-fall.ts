/**
 * The probability that wealth ever falls to a fraction of its start, at c times the continuous Kelly fraction:
 *
 *   P = x^(2 / c - 1)     for 0 < c < 2
 *
 * At full Kelly it is x itself: half of the time wealth is halved at some time. From c = 2 on wealth does not grow, and
 * falls to any level for sure.
 *
 * @param multiple  c, >= 0; nothing staked never falls
 * @param level     x, in (0, 1]
 * @returns a probability, over an endless time
 * Source  Thorp 2006, The Kelly criterion in blackjack, sports betting, and the stock market
 */
export function everFallProbability(multiple: number, level: number): number {
  if (!(multiple >= 0 && Number.isFinite(multiple)))
    throw new RangeError(`a multiple of Kelly must be finite and at least 0, was ${multiple}`);
  if (!(level > 0 && level <= 1)) throw new RangeError(`a level must lie in (0, 1], was ${level}`);
  if (level === 1 || multiple >= 2) return 1;
  if (multiple === 0) return 0;
  return Math.exp((2 / multiple - 1) * Math.log(level));
}
