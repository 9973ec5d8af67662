/** Flags of every command that runs the engine. */
import { InvalidArgumentError } from 'commander';
import { type GuardName, guardNames } from '../engine/decision.ts';
import { nearestName } from '../model/nearest-name.ts';
import { MS_PER_HOUR, parseDuration } from '../model/time.ts';
import type { PathFlag } from './flags.ts';
import { numberValue, textList } from './option-values.ts';

export const guardFlags: readonly PathFlag[] = [
  {
    flags: '--guards <names>',
    path: 'engine.guards',
    help: 'the guards that speak: all, none, or names with commas between them',
    parse: guardList,
  },
  {
    flags: '--latency <seconds>',
    path: 'engine.latency',
    help: 'from a decision to its order at the venue',
    parse: numberValue,
  },
  {
    flags: '--operator-delay <time>',
    path: 'engine.operatorDelay',
    help: 'an operator resumes a manual halt after so long: 24h',
    parse: hoursValue,
  },
];

function guardList(text: string): readonly GuardName[] {
  if (text === 'all') return guardNames;
  if (text === 'none') return [];
  const names = textList(text);
  const lone = names.find((name) => name === 'all' || name === 'none');
  if (lone !== undefined) {
    throw new InvalidArgumentError(
      `${lone} stands alone; write ${lone}, or names of guards with commas between them.`,
    );
  }
  return names.map((name) => {
    const found = guardNames.find((one) => one === name);
    if (found !== undefined) return found;
    const near = nearestName(name, guardNames);
    const remedy =
      near === null ? `write all, none, or some of ${guardNames.join(', ')}` : `the nearest is ${near}`;
    throw new InvalidArgumentError(`${name} is no guard; ${remedy}.`);
  });
}

function hoursValue(text: string): number {
  const duration = parseDuration(text);
  if (duration !== null && duration > 0) return duration / MS_PER_HOUR;
  throw new InvalidArgumentError('It must be a time such as 24h or 90m.');
}
