/**
 * Who takes whose part. `SOL=LUNA`: SOL moves as LUNA does. `assets`: the largest net holding takes the stated asset that
 * would hurt it most, the next one that of the rest, so that what hurts most befalls what is held most.
 */

import type { Book } from '../../model/book.ts';
import { InputError } from '../../model/errors.ts';
import { money } from '../../model/money.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { DEFAULT_ASSET, type Scenario } from '../../model/scenario.ts';
import { assetOf } from './asset-of.ts';

/** By asset of the book: the asset of the file that it follows. */
export type Shifts = ReadonlyMap<string, string>;

/** @throws InputError CONFIG_VALUE  where a pair names an asset that the file has no prices of, or one that the book does not hold, or one twice */
export function shiftsOf(scenario: Scenario, book: Book, asked: readonly string[]): Shifts {
  const ranked = asked.includes('assets') ? byHolding(scenario, book) : [];
  const pairs = asked.filter((one) => one !== 'assets').map((one) => pairOf(scenario, one));
  refuseIdle(
    pairs.map(([own]) => own),
    book,
  );
  return new Map([...ranked, ...pairs]);
}

/** A pair that does nothing would pass for a test of what it names. */
function refuseIdle(owns: readonly string[], { accounts, positions, orders }: Book): void {
  const held = new Set([
    ...[...positions, ...orders].map(({ symbol }) => assetOf(symbol)),
    ...accounts.flatMap(({ collateral }) => collateral.map(({ asset }) => asset)),
  ]);
  const idle = owns.find((own) => !held.has(own));
  if (idle !== undefined) {
    throw new InputError({
      code: 'CONFIG_VALUE',
      message: `--shift must name an asset of the book before "=", was "${idle}"`,
      remedy: `It holds ${[...held].join(', ')}`,
    });
  }
  const again = owns.find((own, i) => owns.indexOf(own) !== i);
  if (again === undefined) return;
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `--shift must name an asset once before "=", ${again} stood there twice`,
    remedy: 'Keep one of the pairs',
  });
}

function pairOf({ id, stated, linked }: Scenario, text: string): [string, string] {
  const [own = '', other = ''] = text.split('=');
  const names = [...stated, ...linked].map(({ asset }) => asset).filter((asset) => asset !== DEFAULT_ASSET);
  if (names.includes(other)) return [own, other];
  const near = nearestName(other, names);
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `--shift must name an asset of the scenario ${id} behind "=", was "${other}"`,
    remedy: near === null ? `It has ${names.join(', ')}` : `Did you mean ${near}?`,
  });
}

function byHolding(scenario: Scenario, book: Book): [string, string][] {
  const net = new Map<string, number>();
  for (const { symbol, contract, qty, entry, mark } of book.positions) {
    const asset = assetOf(symbol);
    const value = contract === 'linear' ? money(qty).times(mark ?? entry) : money(qty);
    net.set(asset, (net.get(asset) ?? 0) + value.toNumber());
  }
  const free = scenario.shocks.filter(
    ({ asset }) => asset !== DEFAULT_ASSET && scenario.stated.some((one) => one.asset === asset),
  );
  const pairs: [string, string][] = [];
  for (const [asset, value] of [...net].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))) {
    const side = value < 0 ? -1 : 1;
    const [worst] = free.toSorted((a, b) => side * (a.move - b.move));
    if (worst === undefined) break;
    pairs.push([asset, worst.asset]);
    free.splice(free.indexOf(worst), 1);
  }
  return pairs;
}
