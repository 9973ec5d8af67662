import { describe, expect, it } from 'vitest';
import { configText } from '../../src/io/config-text.ts';
import { load } from '../support/small-config.ts';

describe('configText', () => {
  it('writes sections once, a value a line, each with what it means and where it is from', () => {
    const text = configText(load({ sets: ['files=[a.csv, "1"]'] }).leaves);
    const body = text.split('\n').filter((line) => !line.startsWith('#'));
    expect(body.join('\n').trim()).toBe(
      [
        'env: staging',
        '',
        'mode: moderate',
        '',
        'limits:',
        '  # Value of base.yaml (S2 layer 1)',
        '  max-leverage: 10',
        '  # The daily loss that halts',
        '  # Value of base.yaml (S4)',
        '  loss: 0.05',
        '  # Value of base.yaml (S2)',
        '  method: wilder',
        '',
        'files: [a.csv, "1"]',
      ].join('\n'),
    );
    expect(text).toContain('# grid: [0.05]\n');
  });

  it('gives the same configuration when it is read back', () => {
    const layers = { sets: ['limits.loss=0.2', 'files=["null", "a: b", "#c", "é"]', 'grid="1:2"'] };
    const config = load(layers);
    const again = load({ file: configText(config.leaves) });
    expect(again.values).toEqual(config.values);
    expect(again.hash).toBe(config.hash);
  });
});
