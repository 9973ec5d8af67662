/** Funding of the sample: settled every 8 hours, higher after prices rose. */
import type { Random } from '../../src/math/random.ts';
import { HOUR, type HourBars } from './bars.ts';
import { HOURS, START } from './plan.ts';
import { nextNormal } from './random-normal.ts';

const EVERY = 8;
const LOOK_BACK = 48;
const USUAL = 0.0001;
const CAP = 0.003;

/** `timestamp,funding_rate`: a fraction per 8 hours with 8 decimals. */
export function fundingFile(random: Random, { close }: HourBars): string {
  const lines = ['timestamp,funding_rate'];
  for (let hour = 0; hour < HOURS; hour += EVERY) {
    // Only bars that are complete at the settlement are known to it.
    const last = close[Math.max(hour - 1, 0)]!;
    const before = close[Math.max(hour - 1 - LOOK_BACK, 0)]!;
    const rate = USUAL + 0.004 * (last / before - 1) + 0.00004 * nextNormal(random);
    lines.push(`${START + hour * HOUR},${rateText(Math.min(Math.max(rate, -CAP), CAP))}`);
  }
  return `${lines.join('\n')}\n`;
}

function rateText(rate: number): string {
  const units = Math.round(rate * 100_000_000);
  return ((units === 0 ? 0 : units) / 100_000_000).toFixed(8);
}
