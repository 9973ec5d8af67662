/** What a scenario did to a book, in a word (RULES 4.1). */

export const verdicts = [
  'harmed-by-protection',
  'insolvent',
  'liquidated',
  'saved-by-protection',
  'survives',
] as const;

export type Verdict = (typeof verdicts)[number];
