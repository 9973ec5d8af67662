/** `npm run bench [name...]`: every claim of speed as a ratio against a peer or a floor, measured in one run. */
import { type Claim, tell } from './timing.ts';

/**
 * A bench is imported when its turn comes, and the ATR last: its peer loads polyfills that detach a buffer, and from then on
 * every read of a typed array in the process checks for that, which costs all loops a quarter of their speed.
 */
const benches: Readonly<Record<string, () => Promise<Claim[]>>> = {
  replay: async () => (await import('./replay.ts')).benchReplay(),
  engine: async () => (await import('./engine.ts')).benchEngine(),
  stops: async () => (await import('./stops.ts')).benchStops(),
  csv: async () => (await import('./csv.ts')).benchCsv(),
  var: async () => (await import('./var.ts')).benchVar(),
  start: async () => (await import('./start.ts')).benchStart(),
  atr: async () => (await import('./atr.ts')).benchAtr(),
};
const asked = process.argv.slice(2);
let failed = 0;
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(name);
  for (const claim of await bench()) if (!tell(claim)) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
