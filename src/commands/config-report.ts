/** The report of `risk config`: the effective configuration, or the part of it below one path. */
import type { Config, ConfigLeaf } from '../io/config.ts';
import type { ConfigResult } from '../io/config-result.ts';
import type { Report } from '../model/report.ts';
import type { ConfigTree } from './config-tree.ts';
import { reportOf } from './publish.ts';

/**
 * Makes the report.
 *
 * @param below a section or a key, such as `guards.stops`; null for all. `config` and its hash are whole all the same.
 * @throws InputError USAGE, CONFIG_KEY where `below` names no section and no key
 */
export async function configReport(
  config: Config<ConfigTree>,
  below: string | null,
  seed: number,
): Promise<Report<ConfigResult>> {
  const leaves = await leavesBelow(config.leaves, below);
  const outcome = { result: { leaves: leaves.map(toldLeaf) }, fidelity: [], warnings: [] };
  return reportOf('config', outcome, { inputs: [], fidelity: [], warnings: [] }, { config, seed });
}

/** Most paths are written as the leaves are; the schema is loaded for one that names no leaf so, to find what is meant. */
async function leavesBelow(
  leaves: readonly ConfigLeaf[],
  below: string | null,
): Promise<readonly ConfigLeaf[]> {
  if (below === null) return leaves;
  const within = (path: string) =>
    leaves.filter((leaf) => leaf.path === path || leaf.path.startsWith(`${path}.`));
  const found = within(below);
  if (found.length > 0) return found;
  const { findTarget } = await import('../io/config-entry.ts');
  const { configTree } = await import('./config-tree.ts');
  return within(findTarget(configTree, below, () => ({ path: '--path' })).path);
}

type ToldLeaf = ConfigResult['leaves'][number];

/** Values are those of a checked configuration, which is plain data throughout. */
function toldLeaf({ path, value, origin, also, losers, meaning }: ConfigLeaf): ToldLeaf {
  return {
    path,
    value: value as ToldLeaf['value'],
    origin: origin.text,
    also: also.map(({ text }) => text),
    losers: losers.map((lost) => ({ value: lost.value as ToldLeaf['value'], origin: lost.origin.text })),
    meaning,
  };
}
