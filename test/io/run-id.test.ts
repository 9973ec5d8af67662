import { describe, expect, it } from 'vitest';
import { type RunIdentity, runIdOf } from '../../src/io/run-id.ts';

const run: RunIdentity = {
  command: 'backtest-stops',
  version: '1.0.0',
  configHash: 'c',
  seed: 1,
  inputs: [
    { role: 'ohlcv', sha256: 'a' },
    { role: 'journal', sha256: 'b' },
  ],
};

describe('runIdOf', () => {
  it('is SHA-256 of the identity as one list', async () => {
    const text = '["backtest-stops","1.0.0","c",1,[["ohlcv","a"],["journal","b"]]]';
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    expect(runIdOf(run)).toBe(Buffer.from(bytes).toString('hex'));
  });

  it('changes with every part of it', () => {
    const others: RunIdentity[] = [
      { ...run, command: 'config' },
      { ...run, version: '1.0.1' },
      { ...run, configHash: 'd' },
      { ...run, seed: 2 },
      { ...run, inputs: run.inputs.slice(1) },
      { ...run, inputs: [...run.inputs].reverse() },
    ];
    expect(new Set([run, ...others].map(runIdOf)).size).toBe(7);
  });
});
