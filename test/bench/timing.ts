/** Interleaved timing: contenders take turns, so that a machine that slows down slows all of them. */

export type Contender = { readonly name: string; readonly run: () => unknown | Promise<unknown> };
export type Timing = { readonly name: string; readonly ms: number };

/** The least time of each contender over the rounds, after one round that is not counted. */
export async function race(contenders: readonly Contender[], rounds: number): Promise<Timing[]> {
  const best = contenders.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [i, { run }] of contenders.entries()) {
      const start = performance.now();
      await run();
      const ms = performance.now() - start;
      if (round > 0) best[i] = Math.min(best[i] ?? ms, ms);
    }
  }
  return contenders.map(({ name }, i) => ({ name, ms: best[i] ?? Number.NaN }));
}

export type Claim = {
  readonly what: string;
  /** What was measured: a ratio, or a size. */
  readonly value: number;
  readonly unit: string;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
};

/** One line a claim: what, its value, its bound, and whether it holds. */
export function tell({ what, value, unit, bound }: Claim): boolean {
  const holds = 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
  const limit = 'atLeast' in bound ? `at least ${bound.atLeast}` : `at most ${bound.atMost}`;
  console.log(`${holds ? 'holds ' : 'FAILS '} ${what}: ${value.toFixed(1)} ${unit} (${limit})`);
  return holds;
}

export function show(timings: readonly Timing[]): void {
  for (const { name, ms } of timings)
    console.log(`        ${name.padEnd(48)} ${ms.toFixed(1).padStart(10)} ms`);
}

/** How many times slower one contender is than another. */
export function ratio(timings: readonly Timing[], slow: string, fast: string): number {
  const of = (name: string) => timings.find((timing) => timing.name === name)?.ms ?? Number.NaN;
  return of(slow) / of(fast);
}
