/** Why growth and ruin are not told, or not to be trusted. */
export const doubtReasons = {
  'no-evidence': 'neither trades nor a bet were given',
  stated: 'a stated bet has no trades to draw from: growth is its own, without doubt',
  'no-size': 'nothing is staked: wealth stays what it is',
  'one-trade': 'a single trade says nothing of growth',
  'few-trades':
    'fewer than 30 trades were won or lost: growth is at the lower bound of the win rate, without an interval; ruin is not told',
  'no-loser':
    'no trade was lost: growth is at the lower bound of the win rate and the stated loss, if any, without an interval; ruin is not told',
  'few-days': 'the trades are of fewer than 20 days: inconclusive',
  'no-days': 'trades without times are drawn singly; those of one day share a crash, so doubt is understated',
} as const;

export type DoubtReason = keyof typeof doubtReasons;
