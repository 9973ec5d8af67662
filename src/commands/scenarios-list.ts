/** `risk scenarios list`: the bundled scenarios; `risk stress --list` says the same. */
import { Command } from 'commander';
import type { Config } from '../io/config.ts';
import { loadScenario, scenarioIds } from '../io/scenario-files.ts';
import { listedScenarios } from '../io/scenarios-list-result.ts';
import { scenariosListPage } from '../pages/scenarios-list.ts';
import type { Shell } from './command.ts';
import type { ConfigTree } from './config-tree.ts';
import { addSharedOptions, readShared, type SharedOptions } from './flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { publish, reportOf } from './publish.ts';

export function command(shell: Shell): Command {
  const self = new Command('list')
    .description('Names the bundled scenarios.')
    .addHelpText('after', '\nExample:\n  $ risk scenarios list');
  addSharedOptions(self);
  return self.action(async () => {
    await listScenarios(shell, readShared(self), await loadCommandConfig(shell, self));
  });
}

export async function listScenarios(
  shell: Shell,
  shared: SharedOptions,
  config: Config<ConfigTree>,
): Promise<void> {
  const read = await Promise.all(scenarioIds().map((id) => loadScenario(id, shell.cwd)));
  const result = listedScenarios(read.map(({ scenario }) => scenario));
  const loaded = { inputs: read.map(({ input }) => input), fidelity: [], warnings: [] };
  const outcome = { result, fidelity: [], warnings: [] };
  const report = reportOf('scenarios list', outcome, loaded, { config, seed: shared.seed });
  const page = scenariosListPage(report);
  await publish(shell, shared, { report, page, graphic: () => page });
  shell.finish(0);
}
