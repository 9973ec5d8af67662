import { expect, test } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import { nameSilentRules } from '../../src/commands/silent-rules.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';

function toldOf(...settings: readonly string[]): string {
  let told = '';
  const err = (text: string) => {
    told += text;
  };
  nameSilentRules({ err }, loadConfigWithoutFile(configTree, settings.map(readSetting)).values);
  return told;
}

test('all that is switched off in one line, what is never first in lines of their own', () => {
  expect(toldOf()).toBe(
    [
      'note: switched off: guards.portfolio-limits.maxGrossNotional, guards.portfolio-limits.maxVenueShare, guards.trade-limits.maxPositionNotional',
      'note: guards.session-limits.weeklyDrawdown: 0.08 is never exceeded before 0.05 of guards.circuit-breakers.drawdown.limit is',
      '',
    ].join('\n'),
  );
});

test('nothing where every rule has its say, and none of a guard that is left out', () => {
  expect(toldOf('engine.guards=[stops, margin-ladder]')).toBe('');
});
