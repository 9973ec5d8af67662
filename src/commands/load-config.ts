/** The effective configuration of a command: profiles, file, and what its command line says. */
import type { Command } from 'commander';
import type { Config, Override } from '../io/config.ts';
import { readyConfig } from '../io/config-ready.ts';
import type { Shell } from './command.ts';
import type { ConfigTree } from './config-tree.ts';
import { overridesOf, type PathFlag, readShared } from './flags.ts';

/**
 * Loads the configuration once the command line is parsed. The schema and all that reads YAML are loaded only where the
 * build has not worked it out already.
 *
 * @param flags the flags that the command added with `addPathFlags`
 * @param named what arguments say that are no flags, weaker than these
 * @throws InputError
 */
export async function loadCommandConfig(
  shell: Shell,
  command: Command,
  flags: readonly PathFlag[] = [],
  named: readonly Override[] = [],
): Promise<Config<ConfigTree>> {
  const overrides = [...named, ...(await overridesOf(command, flags))];
  const request = { cwd: shell.cwd, file: readShared(command).config, overrides };
  const ready = readyConfig<ConfigTree>(request);
  if (ready !== null) return ready;
  const { loadConfig } = await import('../io/config.ts');
  const { configTree } = await import('./config-tree.ts');
  return loadConfig(configTree, request);
}
