/** The result of `risk config` as its report carries it: every key with its value, its origin, who else says so, and what it overrode. */
import { z } from 'zod';

const value = z.json();

export const configResult = z.strictObject({
  leaves: z.array(
    z.strictObject({
      path: z.string(),
      value,
      origin: z.string().describe('base.yaml (reason), risk.yaml:12, flag --multiplier, --set'),
      also: z
        .array(z.string())
        .describe('Further documents and layers that state the same value, the strongest first'),
      losers: z
        .array(z.strictObject({ value, origin: z.string() }))
        .describe('Other values, which were overridden or set aside, the strongest first'),
      meaning: z.string(),
    }),
  ),
});

export type ConfigResult = z.output<typeof configResult>;
