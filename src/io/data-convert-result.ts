/** What `risk data convert` has written, as its report carries it. */
import { z } from 'zod';

export const dataConvertResult = z.strictObject({
  written: z.array(
    z.strictObject({
      file: z.string().describe('As named, with {symbol} replaced'),
      format: z.enum(['csv', 'arrow']),
      symbol: z.string(),
      interval: z.number().describe('Milliseconds'),
      bars: z.number().int().nonnegative(),
      from: z.number().describe('UTC ms'),
      to: z.number().describe('UTC ms; the end of the last bar'),
    }),
  ),
});

export type DataConvertResult = z.infer<typeof dataConvertResult>;
