/** The dated terms of venues, read from the bundled folder `data/venues`: one folder a venue, one file a date. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { civilDay, MS_PER_DAY, MS_PER_HOUR } from '../model/time.ts';
import { bracketTable } from '../risk/brackets.ts';
import type { SymbolTerms, VenueSpec, VenueTerms } from '../venue/venue-spec.ts';
import { bundledPath } from './bundled.ts';
import { compiledOf } from './compiled.ts';
import type { SymbolFile, VenueFile } from './venue-schema.ts';

const FOLDER = 'data/venues';

/** The venues that are there, ascending by name. */
export function venueNames(): readonly string[] {
  return readdirSync(bundledPath(FOLDER)).sort();
}

/**
 * A venue with all its dated terms, oldest first.
 *
 * @throws InputError CONFIG_VALUE  where there is no such venue, with the nearest name
 */
export async function loadVenue(name: string): Promise<VenueSpec> {
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
  const files = readdirSync(folder).sort();
  return { name, terms: await Promise.all(files.map((file) => readTerms(name, join(folder, file)))) };
}

async function readTerms(venue: string, path: string): Promise<VenueTerms> {
  const content = await contentOf(path);
  const { fees, funding } = content;
  return {
    effectiveFrom: dayOf(content.effectiveFrom),
    name: `${venue}/${content.effectiveFrom}`,
    source: content.source,
    symbols: new Map(Object.entries(content.symbols).map(([symbol, one]) => [symbol, termsOf(one)])),
    defaults: { linear: defaultOf('linear', content), inverse: defaultOf('inverse', content) },
    liquidation: liquidationOf(content.liquidation),
    makerFee: fees.maker,
    takerFee: fees.taker,
    funding: {
      interval: funding.intervalHours * MS_PER_HOUR,
      offset: funding.offsetHours * MS_PER_HOUR,
      flatRate: funding.flatRate,
    },
  };
}

function liquidationOf(stated: VenueFile['liquidation']): VenueTerms['liquidation'] {
  const { profile, tiersPerStep, stageNotional, stageShare, cooldownSeconds, backstopShare, feeRate } =
    stated;
  return { profile, tiersPerStep, stageNotional, stageShare, cooldownSeconds, backstopShare, feeRate };
}

async function contentOf(path: string): Promise<VenueFile> {
  const text = readFileSync(path, 'utf8');
  const ready = compiledOf<VenueFile>(path, [text]);
  if (ready !== null) return ready;
  const { readVenueFile } = await import('./venue-schema.ts');
  return readVenueFile(text, path);
}

function defaultOf(contract: 'linear' | 'inverse', { defaults }: VenueFile): SymbolTerms | null {
  const own = defaults[contract];
  return own === undefined ? null : termsOf(own);
}

function termsOf({ contract, fundingCap, brackets }: SymbolFile): SymbolTerms {
  const rows = brackets.map(([cap, rate, maxLeverage]) => ({ cap, rate, maxLeverage }));
  return { contract, brackets: bracketTable(rows), fundingCap: fundingCap ?? null };
}

/** 00:00 UTC of `2021-03-18`. */
function dayOf(text: string): number {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return civilDay({ year, month, day }) * MS_PER_DAY;
}
