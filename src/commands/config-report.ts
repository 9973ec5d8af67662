/** The report of `risk config`: the effective configuration, or the part of it below one path. */
import type { Config } from '../io/config.ts';
import { findTarget } from '../io/config-entry.ts';
import { type ConfigResult, configResultOf } from '../io/config-result.ts';
import { runIdOf } from '../io/run-id.ts';
import type { Report } from '../model/report.ts';
import { version } from '../model/version.ts';
import { type ConfigTree, configTree } from './config-tree.ts';

/**
 * Makes the report.
 *
 * @param below a section or a key, such as `guards.stops`; null for all. `config` and its hash are whole all the same.
 * @throws InputError USAGE, CONFIG_KEY where `below` names no section and no key
 */
export function configReport(
  { values, leaves, hash }: Config<ConfigTree>,
  below: string | null,
  seed: number,
): Report<ConfigResult> {
  const path = below === null ? null : findTarget(configTree, below, () => ({ path: '--path' })).path;
  const shown = leaves.filter(
    (leaf) => path === null || leaf.path === path || leaf.path.startsWith(`${path}.`),
  );
  return {
    schema: 'risk-report/1',
    command: 'config',
    version,
    runId: runIdOf({ command: 'config', version, configHash: hash, seed, inputs: [] }),
    seed,
    config: values,
    configHash: hash,
    inputs: [],
    fidelity: [],
    warnings: [],
    result: configResultOf(shown),
  };
}
