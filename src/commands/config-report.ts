/** The report of `risk config`: the effective configuration, or the part of it below one path. */
import type { Config } from '../io/config.ts';
import { findTarget } from '../io/config-entry.ts';
import { type ConfigResult, configResultOf } from '../io/config-result.ts';
import type { Report } from '../model/report.ts';
import { type ConfigTree, configTree } from './config-tree.ts';
import { reportOf } from './publish.ts';

/**
 * Makes the report.
 *
 * @param below a section or a key, such as `guards.stops`; null for all. `config` and its hash are whole all the same.
 * @throws InputError USAGE, CONFIG_KEY where `below` names no section and no key
 */
export function configReport(
  config: Config<ConfigTree>,
  below: string | null,
  seed: number,
): Report<ConfigResult> {
  const path = below === null ? null : findTarget(configTree, below, () => ({ path: '--path' })).path;
  const shown = config.leaves.filter(
    (leaf) => path === null || leaf.path === path || leaf.path.startsWith(`${path}.`),
  );
  const outcome = { result: configResultOf(shown), fidelity: [], warnings: [] };
  return reportOf('config', outcome, { inputs: [], fidelity: [], warnings: [] }, { config, seed });
}
