/** `npm run bench [name...]`: every claim of speed as a ratio against a peer or a floor, measured in one run. */
import { benchAtr } from './atr.ts';
import { benchCsv } from './csv.ts';
import { benchStart } from './start.ts';
import { benchStops } from './stops.ts';
import { tell } from './timing.ts';

const benches = { atr: benchAtr, stops: benchStops, csv: benchCsv, start: benchStart };
const asked = process.argv.slice(2);
let failed = 0;
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(name);
  for (const claim of await bench()) if (!tell(claim)) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
