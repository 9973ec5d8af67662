import { type Bet, checkBet } from './outcomes.ts';

/**
 * The Kelly fraction of a bet with two outcomes:
 *
 *   f = p / loss - (1 - p) / win
 *
 * With a loss of 1 it is W - (1 - W) / R, R = win / loss. Signed: not above 0 where there is no edge. A sure win gives
 * 1 / loss, the fraction at which the loss would ruin.
 *
 * @returns of wealth, in units of what `win` and `loss` are stated for
 * Source  Kelly 1956; Thorp 2006, The Kelly criterion in blackjack, sports betting, and the stock market
 */
export function binaryKelly(bet: Bet): number {
  checkBet(bet);
  return bet.winRate / bet.loss - (1 - bet.winRate) / bet.win;
}
