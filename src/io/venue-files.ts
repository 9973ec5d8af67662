/** The dated terms of venues, read from the bundled folder `data/venues`: one folder a venue, one file a date. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { civilDay, MS_PER_DAY, MS_PER_HOUR } from '../model/time.ts';
import { bracketTable } from '../risk/brackets.ts';
import type { SymbolTerms, VenueSpec, VenueTerms } from '../venue/venue-spec.ts';
import { bundledPath } from './bundled.ts';
import { readYaml } from './config-yaml.ts';

const FOLDER = 'data/venues';

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
    profile: z.enum(['full', 'tier-step-down']),
    tiersPerStep: z.number().int().min(1).default(1),
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

/** The venues that are there, ascending by name. */
export function venueNames(): readonly string[] {
  return readdirSync(bundledPath(FOLDER)).sort();
}

/**
 * A venue with all its dated terms, oldest first.
 *
 * @throws InputError CONFIG_VALUE  where there is no such venue, with the nearest name
 */
export function loadVenue(name: string): VenueSpec {
  const names = venueNames();
  if (!names.includes(name)) {
    const near = nearestName(name, names);
    const meant = near === null ? '' : `Did you mean ${near}? `;
    throw new InputError({
      code: 'CONFIG_VALUE',
      message: `a venue must be one of ${names.join(', ')}, was "${name}"`,
      remedy: `${meant}A venue is a folder of dated files in ${FOLDER}`,
    });
  }
  const folder = bundledPath(`${FOLDER}/${name}`);
  const terms = readdirSync(folder).sort();
  return { name, terms: terms.map((file) => readTerms(name, file, join(folder, file))) };
}

function readTerms(venue: string, file: string, path: string): VenueTerms {
  const parsed = readYaml(readFileSync(path, 'utf8'));
  if ('problem' in parsed) throw new RangeError(`${venue}/${file}:${parsed.line}: ${parsed.problem}`);
  const content = venueFile.parse(parsed.value);
  const { liquidation, fees, funding } = content;
  return {
    effectiveFrom: dayOf(content.effectiveFrom),
    name: `${venue}/${content.effectiveFrom}`,
    source: content.source,
    symbols: new Map(Object.entries(content.symbols).map(([symbol, one]) => [symbol, termsOf(one)])),
    defaults: { linear: defaultOf('linear', content), inverse: defaultOf('inverse', content) },
    liquidation: {
      profile: liquidation.profile,
      tiersPerStep: liquidation.tiersPerStep,
      feeRate: liquidation.feeRate,
    },
    makerFee: fees.maker,
    takerFee: fees.taker,
    funding: {
      interval: funding.intervalHours * MS_PER_HOUR,
      offset: funding.offsetHours * MS_PER_HOUR,
      flatRate: funding.flatRate,
    },
  };
}

function defaultOf(
  contract: 'linear' | 'inverse',
  { defaults }: z.output<typeof venueFile>,
): SymbolTerms | null {
  const own = defaults[contract];
  return own === undefined ? null : termsOf(own);
}

function termsOf({ contract, fundingCap, brackets }: z.output<typeof symbolTerms>): SymbolTerms {
  const rows = brackets.map(([cap, rate, maxLeverage]) => ({ cap, rate, maxLeverage }));
  return { contract, brackets: bracketTable(rows), fundingCap: fundingCap ?? null };
}

/** 00:00 UTC of `2021-03-18`. */
function dayOf(text: string): number {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return civilDay({ year, month, day }) * MS_PER_DAY;
}
