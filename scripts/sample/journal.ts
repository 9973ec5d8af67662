/** The journal of the sample. */

import { nextBelow, type Random } from '../../src/math/random.ts';
import { MS_PER_MINUTE } from '../../src/model/time.ts';
import { utcText } from '../../src/model/utc-text.ts';
import { priceText } from './bars.ts';
import { START } from './plan.ts';
import type { SampleTrade } from './trades.ts';

const HEADER =
  'symbol,direction,entry_time,entry_price,exit_time,exit_price,qty,leverage,confidence,exit_reason';

const leverages = [2, 3, 3, 5, 5, 10];

/** One row a round trip, in the order of entries. */
export function journalFile(random: Random, trades: readonly SampleTrade[]): string {
  const ordered = [...trades].sort((a, b) => a.entry.minute - b.entry.minute);
  return `${[HEADER, ...ordered.map((trade) => rowOf(random, trade))].join('\n')}\n`;
}

function rowOf(random: Random, { coin, side, entry, exit, reason, confidence }: SampleTrade): string {
  const notional = 4000 + 2000 * nextBelow(random, 6);
  const qty = (notional * coin.ticks) / entry.price;
  return [
    coin.symbol,
    side === 1 ? 'long' : 'short',
    isoText(entry.minute),
    priceText(coin, entry.price),
    isoText(exit.minute),
    priceText(coin, exit.price),
    qty.toFixed(coin.price > 1000 ? 3 : 1),
    leverages[nextBelow(random, leverages.length)],
    confidence.toFixed(2),
    reason,
  ].join(',');
}

/** `2024-01-01T00:07:00Z` of a minute since the start. */
export function isoText(minute: number): string {
  return `${utcText(START + minute * MS_PER_MINUTE).replace(' ', 'T')}:00Z`;
}
