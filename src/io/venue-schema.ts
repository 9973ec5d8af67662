/** A file of `data/venues` as it may be written. */
import { z } from 'zod';
import { liquidationProfiles } from '../venue/venue-spec.ts';
import { oneShot } from './config-message.ts';
import { readYaml } from './config-yaml.ts';

const source = z.string().min(1);
const symbolTerms = z.strictObject({
  contract: z.enum(['linear', 'inverse']),
  /** Where a figure of the symbol comes from, beside the source of the file. */
  source: source.optional(),
  fundingCap: z.number().positive().optional(),
  /** Largest notional, maintenance rate, largest leverage. */
  brackets: z.array(z.tuple([z.number().positive(), z.number().positive().lt(1), z.number().min(1)])).min(1),
});

const venueFile = z.strictObject({
  venue: z.string(),
  effectiveFrom: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  source,
  symbols: z.record(z.string(), symbolTerms),
  /** For symbols that are not listed; at least one. */
  defaults: z.strictObject({ linear: symbolTerms.optional(), inverse: symbolTerms.optional() }),
  fees: z.strictObject({ maker: z.number(), taker: z.number(), source }),
  liquidation: z.strictObject({
    profile: z.enum(liquidationProfiles),
    tiersPerStep: z.number().int().min(1).default(1),
    // Hyperliquid's, for a venue that is made to liquidate as it does.
    stageNotional: z.number().min(0).default(100_000),
    stageShare: z.number().gt(0).lt(1).default(0.2),
    cooldownSeconds: z.number().positive().default(30),
    backstopShare: z
      .number()
      .min(0)
      .lt(1)
      .default(2 / 3),
    feeRate: z.number().min(0),
    source,
  }),
  funding: z.strictObject({
    intervalHours: z.number().positive(),
    offsetHours: z.number().min(0),
    flatRate: z.number(),
    source,
  }),
});

export type SymbolFile = z.output<typeof symbolTerms>;
export type VenueFile = z.output<typeof venueFile>;

/**
 * The content of a venue file, which is a file of the product's own.
 *
 * @param file for messages
 * @throws RangeError, ZodError
 */
export function readVenueFile(text: string, file: string): VenueFile {
  const parsed = readYaml(text);
  if ('problem' in parsed) throw new RangeError(`${file}:${parsed.line}: ${parsed.problem}`);
  return venueFile.parse(parsed.value, oneShot);
}
