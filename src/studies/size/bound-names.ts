/** The bounds of a size, in the order of a report. Apart from its schema, so that a command starts without it. */
export const boundNames = [
  'kelly-stated',
  'kelly-stated-literal',
  'kelly-trades',
  'kelly-trades-literal',
  'kelly-trades-log',
  'kelly-risk-constrained',
  'kelly-continuous',
  'kelly-log',
  'signal',
  'dynamic-risk',
  'risk-per-trade',
  'volatility',
  'worst-fall',
  'position-margin',
  'position-notional',
  'leverage',
] as const;

export type BoundName = (typeof boundNames)[number];
