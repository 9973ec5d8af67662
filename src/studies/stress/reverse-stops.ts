/** The stops of positions: what rests at the venue, and what the engine asks for as it first sees the book. */
import { step } from '../../engine/step.ts';
import { positionKey, type View } from '../../engine/view.ts';
import type { HeldScope, StressOutcome } from './reverse-outcome.ts';
import type { Standing } from './reverse-standing.ts';

type StopLevel = { readonly price: number; readonly trigger: 'last' | 'mark' };

/** One outcome a position: the first of its stops. */
export function stops(standing: Standing, scopes: readonly HeldScope[]): StressOutcome[] {
  const asked = askedStops(standing);
  const { accounts } = standing.venue.state;
  return scopes.flatMap(({ scope, about, positions }) =>
    positions.flatMap((position): StressOutcome[] => {
      const { account, symbol, side } = position;
      const resting = (accounts[account]?.orders ?? [])
        .filter((one) => one.kind === 'stop-market' && one.symbol === symbol && one.side === -side)
        .filter((one) => one.opens === null && one.resumesAt === null);
      const engine = asked.get(positionKey(position));
      const levels: StopLevel[] = [
        ...resting.map(({ price, trigger }) => ({ price, trigger })),
        ...(engine === undefined ? [] : [{ price: engine, trigger: 'last' as const }]),
      ];
      if (levels.length === 0) return [];
      const left = (view: View, { price, trigger }: StopLevel) =>
        side * ((trigger === 'mark' ? view.mark : view.last)[symbol]! - price);
      return [
        {
          ref: {
            ...about,
            name: 'stop',
            kind: 'stop',
            symbol: standing.venue.world.symbols[symbol] ?? null,
            direction: side > 0 ? 'long' : 'short',
          },
          scope: null,
          cuts: [scope],
          against: side > 0 ? 'fall' : 'rise',
          monotone: true,
          isReached: (view) => levels.some((level) => left(view, level) <= 0),
          slacks: levels.map((level) => {
            return { value: (view) => left(view, level), straight: true, symbols: [symbol] };
          }),
        },
      ];
    }),
  );
}

/** The stops that the engine sets when it is told of the prices of now, by position. */
function askedStops({ engine: begin, at, rest, venue }: Standing): ReadonlyMap<string, number> {
  const engine = begin();
  engine.view = { ...engine.view, ...at(rest), bases: engine.state.bases, halts: engine.state.halts };
  const said = step(engine, { kind: 'marks', time: venue.state.time });
  if (engine.failure !== null) throw engine.failure;
  return new Map(
    said.flatMap(({ effect }): [string, number][] =>
      effect?.kind === 'set-stop' ? [[positionKey(effect), effect.price]] : [],
    ),
  );
}
