/** What the path and the terms of a replay leave open. */
import type { Contract } from '../../model/book.ts';
import type { Fidelity } from '../../model/fidelity.ts';
import { symbolTerms, termsAt } from '../../venue/venue-spec.ts';
import type { Plan, ReplayInputs } from './inputs.ts';
import type { Track } from './scene.ts';

type Perp = { readonly account: string; readonly symbol: string; readonly contract: Contract };

/** What the run leaves open, by what it actually rested on. */
export function flagsOf(
  { venues }: ReplayInputs,
  { book, symbols, entries, from }: Plan,
  { path, flat }: Track,
): Fidelity[] {
  const flags: Fidelity[] = [];
  if (path.jump.some((one, i) => one === 0 && i > 0)) flags.push('intrabar-time-assumed');
  const perps: Perp[] = [
    ...book.positions.filter(({ type }) => type === 'perp'),
    ...book.orders.filter(({ reduceOnly }) => !reduceOnly),
    ...entries.map(({ account, symbol, contract }) => ({
      account: book.accounts[account]?.id ?? '',
      symbol: symbols[symbol] ?? '',
      contract,
    })),
  ];
  const names = new Set(perps.map(({ symbol }) => symbol));
  if (symbols.some((symbol, s) => names.has(symbol) && path.marked[s] === 0)) flags.push('last-as-mark');
  for (const { venue, id } of book.accounts) {
    const spec = venues.find(({ name }) => name === venue);
    const own = perps.filter(({ account }) => account === id);
    if (spec === undefined || own.length === 0) continue;
    const { terms, nearest } = termsAt(spec, from);
    if (nearest) flags.push('brackets-nearest');
    if (own.some(({ symbol, contract }) => symbolTerms(terms, symbol, contract).fallback))
      flags.push('brackets-default');
  }
  if (flat) flags.push('funding-flat');
  return flags;
}
