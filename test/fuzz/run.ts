/**
 * `npm run fuzz [N]`: N mutated files (10,000 unless told) through the readers and the data gate. Each must be a clear
 * error of ours or a correct read: no crash, and no row of a plain CSV that is neither read nor told.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FileOptions,
  readFundingFiles,
  readJournalFiles,
  readOhlcvFiles,
  readTicksFiles,
} from '../../src/io/read-files.ts';
import { createRandom, nextBelow } from '../../src/math/random.ts';
import { DataError, InputError } from '../../src/model/errors.ts';
import { mutations } from './mutate.ts';
import { type Seed, seeds } from './seeds.ts';

const readers = {
  ohlcv: readOhlcvFiles,
  ticks: readTicksFiles,
  funding: readFundingFiles,
  journal: readJournalFiles,
} as const;

type Tally = { read: number; refused: number; crashed: number; lost: number };

const count = Number(process.argv[2] ?? 10_000);
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const random = createRandom(2026);
const options: FileOptions = {
  cwd: folder,
  reader: null,
  symbol: null,
  strategy: null,
  timeOffset: 0,
  onBadRow: 'error',
  stamps: 'auto',
  maxGap: 3,
};
const tallies = new Map<string, Tally>();
const all = await seeds();
const names = Object.keys(mutations);
try {
  for (const seed of all)
    if ((await outcome(seed, seed.bytes)) !== 'read') throw new Error(`${seed.name} is no good seed`);
  for (let i = 0; i < count; i += 1) {
    const seed = all[i % all.length] as Seed;
    const name = names[nextBelow(random, names.length)] ?? '';
    let bytes = mutations[name]?.(seed.bytes, random) ?? seed.bytes;
    // Every third file is hit twice.
    if (i % 3 === 0 && bytes.length > 0 && bytes.length < 1e5)
      bytes = mutations['inserted']?.(bytes, random) ?? bytes;
    const tally = tallies.get(name) ?? { read: 0, refused: 0, crashed: 0, lost: 0 };
    tally[await outcome(seed, bytes)] += 1;
    tallies.set(name, tally);
  }
} finally {
  rmSync(folder, { recursive: true });
}

let bad = 0;
for (const [name, tally] of [...tallies].sort()) {
  bad += tally.crashed + tally.lost;
  console.log(name.padEnd(16), JSON.stringify(tally));
}
console.log(`${count} files, ${bad} crashed or lost rows silently`);
process.exitCode = bad === 0 ? 0 : 1;

async function outcome(seed: Seed, bytes: Uint8Array): Promise<keyof Tally> {
  const file = join(folder, seed.name);
  writeFileSync(file, bytes);
  try {
    const reads = await readers[seed.role]([file], options);
    const rows = reads.reduce((sum, { input }) => sum + input.rows, 0);
    if (!isPlainCsv(seed, bytes) || rows >= leastRows(bytes)) return 'read';
    console.log('LOST', seed.name, rows, leastRows(bytes), keep(bytes, seed.name));
    return 'lost';
  } catch (error) {
    if (error instanceof DataError || error instanceof InputError) return 'refused';
    console.log('CRASH', seed.name, error instanceof Error ? error.stack : error, keep(bytes, seed.name));
    return 'crashed';
  }
}

function keep(bytes: Uint8Array, name: string): string {
  const kept = join(mkdtempSync(join(tmpdir(), 'fuzz-kept-')), name);
  writeFileSync(kept, bytes);
  return kept;
}

/** Text lines whose count is the count of records: no quotes, no archive. */
function isPlainCsv({ name }: Seed, bytes: Uint8Array): boolean {
  return name.endsWith('.csv') && !bytes.includes(0x22);
}

/** Lines that are not blank, less the two that an address and a header may take. */
function leastRows(bytes: Uint8Array): number {
  return (
    new TextDecoder()
      .decode(bytes)
      .split(/\r\n|\n|\r/)
      .filter((line) => line.trim() !== '').length - 2
  );
}
