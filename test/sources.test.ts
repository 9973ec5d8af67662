import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { configTree } from '../src/commands/config-tree.ts';
import { type GuardName, guardNames } from '../src/engine/decision.ts';
import { configureGuards } from '../src/engine/guards.ts';
import { loadConfigWithoutFile, type Origin, type Override, readSetting } from '../src/io/config.ts';
import { type Profile, profiles, type Row, type Stage, type Story } from './sources/row.ts';
import { elsewhere, rows } from './sources/rows.ts';
import { engineScene, play } from './support/engine-scene.ts';
import { flatTable } from './support/flat-table.ts';
import { bookOf, positionOf } from './support/venue-scene.ts';

const environments: readonly Profile[] = ['staging', 'development', 'production'];

function configUnder(profile: Profile, settings: readonly Override[] = []) {
  const key = environments.includes(profile) ? 'env' : 'mode';
  return loadConfigWithoutFile(configTree, [readSetting(`${key}=${profile}`), ...settings]);
}

const configs = new Map(profiles.map((profile) => [profile, configUnder(profile)]));

function leafOf(profile: Profile, path: string) {
  const leaf = configs.get(profile)?.leaves.find((one) => one.path === path);
  if (leaf === undefined) throw new Error(`no key ${path}`);
  return leaf;
}

const nameOf = ({ document, row, path }: Row) => `${document} ${row} -> ${path}`;
/** "S2 layer 3" and "base.yaml (S2 layer 3)" cite one source. */
const sourceOf = ({ text }: Origin) => /^[a-z-]+\.yaml \((.*)\)$/.exec(text)?.[1] ?? text;
const isRepeat = (text: string, i: number, all: readonly string[]) => all.indexOf(text) !== i;
const isCiting =
  ({ document, cites }: Row) =>
  ({ text }: Origin) =>
    text.includes(cites) && text.includes(document);
const winsOf = ({ states, wins }: Row) => wins ?? (states === undefined ? [] : profiles);

describe('every row of the source documents stands in the configuration, cited', () => {
  test.each(rows.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
    const { path, states } = row;
    for (const profile of profiles) {
      const { value, origin, also, losers } = leafOf(profile, path);
      if (winsOf(row).includes(profile)) expect({ profile, value }).toEqual({ profile, value: states });
      if (states === undefined) {
        expect({ profile, cited: [origin].some(isCiting(row)) }).toEqual({ profile, cited: true });
      } else if (isDeepStrictEqual(value, states)) {
        expect({ profile, cited: [origin, ...also].some(isCiting(row)) }).toEqual({ profile, cited: true });
      } else {
        const stating = losers.filter((lost) => isDeepStrictEqual(lost.value, states));
        const cited = stating.map((lost) => lost.origin).some(isCiting(row));
        expect({ profile, losers, cited }).toEqual({ profile, losers, cited: true });
      }
    }
  });

  test.each(profiles)('no loser under %s has the value of the winner, and none stands twice', (profile) => {
    for (const { path, value, origin, also, losers } of configs.get(profile)?.leaves ?? []) {
      expect({ path, losers: losers.filter((lost) => isDeepStrictEqual(lost.value, value)) }).toEqual({
        path,
        losers: [],
      });
      const stated = losers.map((lost) => JSON.stringify([lost.value, sourceOf(lost.origin)]));
      expect({ path, stated: stated.filter(isRepeat) }).toEqual({ path, stated: [] });
      expect({ path, also: [origin, ...also].map(sourceOf).filter(isRepeat) }).toEqual({ path, also: [] });
    }
  });

  test('no row twice, and none both here and left out', () => {
    const names = rows.map(nameOf);
    expect(new Set(names).size).toBe(names.length);
    expect(rows.filter(({ row }) => elsewhere.some((one) => one.row === row))).toEqual([]);
  });
});

/** The guard that a path configures. */
function guardOf({ path }: Row): readonly GuardName[] {
  return guardNames.filter((name) => path.startsWith(`guards.${name}.`));
}

/** The configuration that a story plays under. */
function valuesOf(row: Row, trip: Story) {
  const [won] = winsOf(row);
  const profile = trip.under ?? won ?? 'staging';
  const own: readonly Override[] =
    won === undefined && row.states !== undefined
      ? [{ path: row.path, value: row.states, origin: { layer: 'set', text: '--set' } }]
      : [];
  const settings = [...own, ...(trip.sets ?? []).map(readSetting)];
  const ready = settings.length === 0 ? configs.get(profile) : undefined;
  return (ready ?? configUnder(profile, settings)).values;
}

type Played = { readonly text: string; readonly stage: Stage | undefined };

function told(row: Row, trip: Story, { text, stage: on = {} }: Played): string {
  const values = valuesOf(row, trip);
  const { held = [], balance = '100000', cross = false, rate = 0.005, returns = [], ...stage } = on;
  const scene = engineScene({
    marks: [100],
    table: flatTable(rate),
    ...stage,
    book: bookOf(held.map(positionOf), { balance, marginMode: cross ? 'cross' : 'isolated' }),
    guards: configureGuards(values.guards, trip.guards ?? guardOf(row)),
    mode: values.mode,
  });
  for (const [symbol, own] of returns.entries()) scene.returns[symbol] = own;
  return play(scene, text);
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** The sources of the tests below a folder. */
function testsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

/** `daily-loss` is no part of `daily-loss-recovered`, nor 96.5 of 96.53. */
function wholeWords(text: string): RegExp {
  return new RegExp(`${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=[ ;]|$)`, 'm');
}

describe('and something trips it, just beyond and not just inside', () => {
  test.each(rows.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
    const { trip } = row;
    if ('test' in trip) {
      expect(testsIn(trip.folder).some((source) => source.includes(`'${trip.test}'`))).toBe(true);
      return;
    }
    const says = wholeWords(trip.says);
    expect(told(row, trip, { text: trip.beyond, stage: trip.stageBeyond ?? trip.stage })).toMatch(says);
    expect(told(row, trip, { text: trip.inside, stage: trip.stage })).not.toMatch(says);
  });
});
