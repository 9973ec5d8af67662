/** `risk init`: writes a first risk.yaml with every key, its meaning and its default. */
import { Command } from 'commander';
import { loadConfigWithoutFile } from '../io/config.ts';
import { configText, writeFirstConfig } from '../io/config-text.ts';
import type { Shell } from './command.ts';
import { configTree } from './config-tree.ts';
import { addOverrideOptions, overridesOf } from './flags.ts';

const FILE = 'risk.yaml';

export function command(shell: Shell): Command {
  const init = new Command('init')
    .description(`Writes a commented ${FILE} with every default into the working directory`)
    .option('--force', `replace a ${FILE} that is there`)
    .addHelpText('after', '\nExample:\n  $ risk init --mode conservative');
  return addOverrideOptions(init).action(async () => {
    const { leaves } = loadConfigWithoutFile(configTree, await overridesOf(init));
    const { force = false } = init.opts<{ force?: boolean }>();
    await writeFirstConfig(shell.cwd, FILE, configText(leaves), { force });
    shell.out(`Wrote ${FILE} with ${leaves.length} keys. "risk config" prints what they come to.\n`);
    shell.finish(0);
  });
}
