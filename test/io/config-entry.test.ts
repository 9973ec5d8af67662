import { describe, expect, it } from 'vitest';
import { faultOf, flag, load, profiles } from '../support/small-config.ts';

describe('unknown keys', () => {
  it.each([
    [
      'limits:\n  los: 1\n',
      'a key of limits must be one that exists, was limits.los',
      2,
      'Did you mean "limits.loss"?',
    ],
    [
      'limts: {}\n',
      'a key of the configuration must be one that exists, was limts',
      1,
      'Did you mean "limits"?',
    ],
    [
      '\nmethod: sma\n',
      'a key of the configuration must be one that exists, was method',
      2,
      'Did you mean "limits.method"?',
    ],
    [
      'limits: { zzzzzzzz: 1 }\n',
      'a key of limits must be one that exists, was limits.zzzzzzzz',
      1,
      'Its keys are max-leverage, loss, method',
    ],
    [
      'limits: { constructor: 1 }\n',
      'a key of limits must be one that exists, was limits.constructor',
      1,
      'Its keys are max-leverage, loss, method',
    ],
  ])('are errors with line and nearest name: %s', (file, message, line, remedy) => {
    expect(faultOf(() => load({ file }))).toEqual({
      code: 'CONFIG_KEY',
      message,
      place: { file: 'risk.yaml', line },
      remedy,
    });
  });

  it('are errors in --set, in flags and in profiles too', () => {
    const message = 'a key of limits must be one that exists, was limits.los';
    expect(faultOf(() => load({ sets: ['limits.los=1'] }))).toMatchObject({
      message,
      place: { path: '--set' },
    });
    expect(faultOf(() => load({ sets: ['limits={los: 1}'] }))).toMatchObject({
      message,
      place: { path: '--set' },
    });
    expect(faultOf(() => load({ flags: [flag('--los', 'limits.los', 1)] }))).toMatchObject({
      message,
      place: { path: 'flag --los' },
    });
    const wrong = { ...profiles, 'mode-moderate': '\nlimits: { los: { value: 1, source: x } }' };
    expect(faultOf(() => load({}, wrong))).toMatchObject({
      message,
      place: { file: 'mode-moderate.yaml', line: 2 },
    });
  });

  it('below a leaf are errors of the leaf', () => {
    expect(faultOf(() => load({ sets: ['limits.loss.x=1'] })).message).toContain(
      'limits.loss must hold keys',
    );
  });
});
