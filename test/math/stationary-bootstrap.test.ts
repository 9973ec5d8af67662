import { describe, expect, it } from 'vitest';
import { variance } from '../../src/math/moments.ts';
import { createRandom } from '../../src/math/random.ts';
import { resampleBlocks, seededBlocks } from '../../src/math/stationary-bootstrap.ts';
import small from '../golden/small-returns.json' with { type: 'json' };
import golden from '../golden/stationary-bootstrap.json' with { type: 'json' };
import synthetic from '../golden/synthetic-returns.json' with { type: 'json' };

const series = { small: small.returns, synthetic: synthetic.returns };

describe('resampleBlocks', () => {
  it('draws the golden rows from its draws', () => {
    const { n, p, u_newblock, u_start, indices } = golden.indices;
    let place = 0;
    const rows = new Int32Array(n);
    resampleBlocks(rows, {
      begins: () => {
        place += 1;
        return u_newblock[place]! < p;
      },
      row: () => Math.floor(u_start[place]! * n),
    });
    expect(Array.from(rows)).toEqual(indices);
  });

  // The variance over 20,000 replicates has a relative error of 1 %.
  it.each(golden.varianceOfMean)('gives the mean of the $series returns its variance', (row) => {
    const returns = Float64Array.from(series[row.series as keyof typeof series]);
    const rows = new Int32Array(returns.length);
    const draws = seededBlocks(createRandom(1), returns.length, row.meanBlock);
    const replicates = row.series === 'small' ? 20_000 : 4000;
    const means = Float64Array.from({ length: replicates }, () => {
      resampleBlocks(rows, draws);
      let total = 0;
      for (let i = 0; i < rows.length; i += 1) total += returns[rows[i]!]!;
      return total / rows.length;
    });
    const error = Math.sqrt(2 / replicates);
    expect(Math.abs(variance(means) / row.variance - 1)).toBeLessThan(4 * error);
  });

  it('goes on round the end, and with a block of 1 draws every row by itself', () => {
    const rows = new Int32Array(6);
    resampleBlocks(rows, { begins: () => false, row: () => 4 });
    expect(Array.from(rows)).toEqual([4, 5, 0, 1, 2, 3]);
    const draws = seededBlocks(createRandom(1), 6, 1);
    expect(Array.from({ length: 50 }, draws.begins).every((begins) => begins)).toBe(true);
  });

  it('refuses a block below 1', () => {
    expect(() => seededBlocks(createRandom(1), 6, 0.5)).toThrow('a mean block must be finite and at least 1');
  });
});
