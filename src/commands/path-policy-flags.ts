/** Flags that say how a path goes through what is known of its prices, of every study that drives one. */
import type { PathFlag } from './flags.ts';

/** @param study  the section of the configuration that they belong to, such as studies.replay */
export function pathPolicyFlags(study: string): readonly PathFlag[] {
  return [
    {
      flags: '--intrabar <policy>',
      path: `${study}.intrabar`,
      help: 'the order of prices inside a bar',
      choices: ['pessimistic', 'optimistic', 'ohlc', 'olhc', 'nearest-extreme'],
    },
    {
      flags: '--legs <rule>',
      path: `${study}.legs`,
      help: 'continuous: every price in between is passed; jump: only points count',
      choices: ['continuous', 'jump'],
    },
  ];
}
