/** The configuration of the engine as a whole: the section `engine`. */
import { z } from 'zod';
import { guardNames } from './decision.ts';

export const engineConfig = z.strictObject({
  guards: z
    .array(z.enum(guardNames))
    .describe('The guards that speak; an empty list is no protection at all'),
  latency: z.number().min(0).max(86_400).describe('Seconds from a decision to its order at the venue'),
  operator: z
    .array(
      z.strictObject({
        time: z
          .string()
          .regex(
            /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/,
            'be a moment such as 2020-03-13T02:16:00Z',
          ),
        action: z.enum(['halt', 'resume', 'override']),
        who: z.string().min(1),
        why: z.string().min(1),
      }),
    )
    .describe('What operators did in the run'),
  operatorDelay: z
    .number()
    .positive()
    .nullable()
    .describe('Hours after which an operator resumes a manual halt in a replay; null: never'),
});

export type EngineConfig = z.output<typeof engineConfig>;
