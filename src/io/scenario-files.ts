/** Scenarios by name: those that the package brings, in the folder `scenarios`, and files of the user's own. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { DataError, InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { ReportInput } from '../model/report.ts';
import type { Scenario } from '../model/scenario.ts';
import { bundledPath } from './bundled.ts';
import { compiledOf } from './compiled.ts';
import { reasonOf } from './file-chunks.ts';
import { textOf } from './utf8-text.ts';

const FOLDER = 'scenarios';
const ENDING = '.yaml';

export type ScenarioRead = { readonly scenario: Scenario; readonly input: ReportInput };

/** The ids of the bundled scenarios, ascending. */
export function scenarioIds(): string[] {
  return readdirSync(bundledPath(FOLDER))
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .sort();
}

/**
 * A scenario by its id, or from a file of the user's own.
 *
 * @param nameOrPath a path where it ends in .yaml, .yml or .json, or holds a slash
 * @throws DataError FILE_MISSING
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, SCENARIO
 */
export async function loadScenario(nameOrPath: string, cwd: string): Promise<ScenarioRead> {
  const isPath = /[\\/]|\.(?:ya?ml|json)$/i.test(nameOrPath);
  const file = isPath ? resolve(cwd, nameOrPath) : bundledFile(nameOrPath);
  const path = isPath ? nameOrPath : `${FOLDER}/${nameOrPath}${ENDING}`;
  const bytes = bytesOf(file, path);
  const text = textOf(bytes, path);
  const ready = compiledOf<Scenario>(file, [text]);
  const scenario = ready ?? (await import('./read-scenario.ts')).readScenario(text, path);
  const isBundled = dirname(file) === bundledPath(FOLDER);
  return {
    scenario,
    input: {
      path: `${isBundled ? 'scenario:' : ''}${basename(file)}`,
      role: 'scenario',
      format: 'scenario',
      why: 'named as a scenario',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      rows: scenario.stated.reduce((sum, one) => sum + rowsOf(one), 0),
      rejected: 0,
      from: scenario.start,
      to: scenario.end,
      symbols: assetsOf(scenario),
    },
  };
}

/** The assets that a scenario names prices or a link for, ascending. */
export function assetsOf({ stated, linked }: Scenario): string[] {
  return [...stated, ...linked].map(({ asset }) => asset).sort();
}

function rowsOf({ bars, points }: Scenario['stated'][number]): number {
  return bars.reduce((sum, { rows }) => sum + rows.length, points.length);
}

function bundledFile(id: string): string {
  const ids = scenarioIds();
  if (ids.includes(id)) return `${bundledPath(FOLDER)}/${id}${ENDING}`;
  const near = nearestName(id, ids);
  throw new InputError({
    code: 'SCENARIO',
    message: `a scenario must be a bundled one or a path of a file, was "${id}"`,
    remedy:
      near === null
        ? `Bundled are ${ids.join(', ')}; a path ends in ${ENDING} or holds a slash`
        : `Did you mean "${near}"?`,
  });
}

function bytesOf(file: string, path: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new DataError({
      code: 'FILE_MISSING',
      message: `a scenario file must be there and readable, was ${reasonOf(error)}`,
      place: { file: path },
      remedy: 'Check the path, and that it names a file',
    });
  }
}
