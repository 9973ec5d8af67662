/** The leverage of what a plan holds and opens: what the configuration is held against before the run. */
import type { Leverages } from '../../engine/check-config.ts';
import type { Plan } from './inputs.ts';

export function leveragesOf({ book, entries }: Pick<Plan, 'book' | 'entries'>): Leverages {
  const held = book.positions.filter(({ type }) => type === 'perp').map(({ leverage }) => leverage);
  const resting = book.orders.filter(({ reduceOnly }) => !reduceOnly).map(({ leverage }) => leverage);
  const opened = entries.map(({ leverage }) => leverage);
  const largest = (one: number | null, other: number) => (one === null || other > one ? other : one);
  const least = (one: number | null, other: number) => (one === null || other < one ? other : one);
  return {
    most: [...held, ...resting, ...opened].reduce<number | null>(largest, null),
    leastOfOrders: opened.reduce<number | null>(least, null),
  };
}
