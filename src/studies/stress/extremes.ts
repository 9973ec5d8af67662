/** How far the marks of a path went, as multiples of those at its start. */
import type { Path } from '../../replay/path.ts';
import { createVenueState } from '../../venue/create-venue.ts';
import { type Venue, venueOf } from '../../venue/venue.ts';
import type { Extremes } from './distance.ts';
import type { Built } from './track.ts';

export function extremesOf({ symbols, mark }: Path): Extremes[] {
  const width = symbols.length;
  return symbols.map((symbol, s) => {
    const first = mark[s]!;
    let low = first;
    let high = first;
    for (let cell = s; cell < mark.length; cell += width) {
      low = Math.min(low, mark[cell]!);
      high = Math.max(high, mark[cell]!);
    }
    return { symbol, low: low / first, high: high / first };
  });
}

/** The venue of a scenario with the book at its start. */
export function venueAtStart({ scene, track }: Built): Venue {
  const { world, plan } = scene;
  const width = plan.symbols.length;
  const { path } = track;
  const prices = { last: path.last.slice(0, width), mark: path.mark.slice(0, width) };
  return venueOf(world, createVenueState(world, plan.book, plan.from), prices);
}
