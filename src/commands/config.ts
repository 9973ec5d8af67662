/** `risk config`: every effective value, where it is from, and what it stands instead of. */
import { Command } from 'commander';
import { refuseMode } from '../engine/check-config.ts';
import { configDocument, configPage, configTable } from '../pages/config.ts';
import type { Shell } from './command.ts';
import { configReport } from './config-report.ts';
import { addSharedOptions, readShared } from './flags.ts';
import { loadCommandConfig } from './load-config.ts';
import { publish } from './publish.ts';

export function command(shell: Shell): Command {
  const config = new Command('config')
    .description('Prints every effective value of the configuration with its origin')
    .option('--path <path>', 'only this section or key, such as guards.stops')
    .addHelpText('after', '\nExample:\n  $ risk config --mode conservative --path guards.stops');
  return addSharedOptions(config).action(async () => {
    const shared = readShared(config);
    const { path = null } = config.opts<{ path?: string }>();
    const loaded = await loadCommandConfig(shell, config);
    refuseMode(loaded.values);
    const report = await configReport(loaded, path, shared.seed);
    const pages = { table: configPage, json: configPage, markdown: configDocument, csv: configTable };
    const page = pages[shared.format](report);
    await publish(shell, shared, { report, page, graphic: () => configDocument(report) });
    shell.finish(0);
  });
}
