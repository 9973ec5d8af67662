/** The taker's side of a trade as files write it. */
const words: ReadonlyMap<string, number> = new Map([
  ...['buy', 'b', 'bid'].map((word) => [word, 1] as const),
  ...['sell', 's', 'ask', 'a'].map((word) => [word, -1] as const),
]);

/** +1 for a text that says buy, -1 for one that says sell, null for anything else. */
export function sideOf(text: string): number | null {
  return words.get(text.toLowerCase()) ?? null;
}

/** -1 where a text says true (the buyer was the maker, so the seller took), +1 for false, null for anything else. */
export function sideOfBuyerMaker(text: string): number | null {
  const word = text.toLowerCase();
  return word === 'true' || word === '1' ? -1 : word === 'false' || word === '0' ? 1 : null;
}

/** The side in a JSON trade: 0 where it is null or left out, null where it is something else than buy or sell. */
export function jsonSide(value: unknown): number | null {
  if (value === null || value === undefined) return 0;
  return typeof value === 'string' ? sideOf(value) : null;
}
