import { describe, expect, it } from 'vitest';
import { readProfile } from '../../src/io/config-profile.ts';
import { faultOf, tree } from '../support/small-config.ts';

const read = (leaf: string) => readProfile(tree, 'base', 'base.yaml', `limits:\n  loss: ${leaf}\n`);
const fault = (leaf: string) => faultOf(() => read(leaf));

describe('readProfile', () => {
  it('reads value, source, hard and losers of a leaf', () => {
    const [entry] = read('{ value: 0.1, source: S4, hard: true, losers: [{ value: 0.2, source: S2 }] }');
    expect(entry).toMatchObject({
      path: 'limits.loss',
      value: 0.1,
      derived: null,
      hard: true,
      origin: { layer: 'base', text: 'base.yaml (S4)' },
      losers: [{ value: 0.2, origin: { layer: 'base', text: 'S2' } }],
    });
  });

  it('reads a default that follows another key', () => {
    expect(read('{ derived: grid, source: x }')[0]).toMatchObject({ derived: 'grid', value: undefined });
  });

  it('takes null as a value', () => {
    const [entry] = readProfile(
      tree,
      'base',
      'base.yaml',
      'limits: { max-leverage: { value: null, source: x } }',
    );
    expect(entry).toMatchObject({ value: null, derived: null });
  });

  it('says nothing where the file has comments alone', () => {
    expect(readProfile(tree, 'env', 'env-staging.yaml', '# nothing\n')).toEqual([]);
  });

  it('refuses a leaf that is no { value, source }', () => {
    expect(fault('0.1')).toMatchObject({ code: 'CONFIG_VALUE', place: { file: 'base.yaml', line: 2 } });
    expect(fault('{ value: 0.1 }').message).toBe('limits.loss.source must be text, was nothing');
    expect(fault('{ value: 0.1, source: "" }').message).toBe(
      'limits.loss.source must have at least 1 character, was ""',
    );
    expect(fault('{ source: x }').message).toContain('must hold either value or derived');
    expect(fault('{ value: 1, derived: grid, source: x }').message).toContain(
      'must hold either value or derived',
    );
    expect(fault('{ value: 1, source: x, sorce: y }').message).toContain(
      'limits.loss must hold known keys only, not sorce',
    );
  });

  it('holds what it sets aside against the schema too', () => {
    expect(fault('{ value: 0.1, source: x, losers: [{ value: 2, source: y }] }').message).toBe(
      'limits.loss must be below 1, was 2',
    );
  });

  it('refuses a text that is no YAML, with its line', () => {
    expect(faultOf(() => readProfile(tree, 'base', 'base.yaml', 'env: {\n'))).toMatchObject({
      code: 'CONFIG_FILE',
      place: { file: 'base.yaml' },
    });
  });
});
