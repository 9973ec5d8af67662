/** The effective configuration of a command: profiles, file, and what its command line says. */
import type { Command } from 'commander';
import { type Config, loadConfig, type Override } from '../io/config.ts';
import type { Shell } from './command.ts';
import { type ConfigTree, configTree } from './config-tree.ts';
import { overridesOf, type PathFlag, readShared } from './flags.ts';

/**
 * Loads the configuration once the command line is parsed.
 *
 * @param flags the flags that the command added with `addPathFlags`
 * @param named what arguments say that are no flags, weaker than these
 * @throws InputError
 */
export function loadCommandConfig(
  shell: Shell,
  command: Command,
  flags: readonly PathFlag[] = [],
  named: readonly Override[] = [],
): Config<ConfigTree> {
  const overrides = [...named, ...overridesOf(command, flags)];
  return loadConfig(configTree, { cwd: shell.cwd, file: readShared(command).config, overrides });
}
