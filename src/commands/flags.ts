/**
 * Flags. Every flag that can change a number is an alias of one path of the configuration; the others are shared by
 * all commands and say where the configuration and the seed come from, and what becomes of the result.
 */
import { type Command, Option } from 'commander';
import type { Override } from '../io/config.ts';
import { InputError } from '../model/errors.ts';
import { wholeValue } from './option-values.ts';
import { envs, modes } from './profile-names.ts';

export type PathFlag = {
  /** As commander takes it: `--multiplier <m>`, `--ohlcv <files...>`. */
  readonly flags: string;
  /** The path of the configuration that it sets. */
  readonly path: string;
  readonly help: string;
  /** From the text to the value; throws commander's InvalidArgumentError with what must hold. Text stays text without. */
  readonly parse?: (text: string) => unknown;
  /** The words that it takes, where these are all. */
  readonly choices?: readonly string[];
};

export const formats = ['table', 'json', 'markdown', 'csv'] as const;
export type Format = (typeof formats)[number];

export type SharedOptions = {
  /** What --config names; null for risk.yaml in the working directory. */
  readonly config: string | null;
  readonly format: Format;
  /** Where the JSON report is written, whatever stdout has. */
  readonly out: string | null;
  /** Where the page is written. */
  readonly html: string | null;
  readonly detail: boolean;
  readonly seed: number;
  readonly quiet: boolean;
};

const layerFlags: readonly PathFlag[] = [
  { flags: '--env <name>', path: 'env', help: 'environment overlay of the configuration', choices: envs },
  { flags: '--mode <name>', path: 'mode', help: 'mode overlay of the configuration', choices: modes },
];

/** Adds the options that every command which reads or runs something has. */
export function addSharedOptions(command: Command): Command {
  command.option('--config <file>', 'configuration file (default: risk.yaml in the working directory)');
  return addOverrideOptions(command)
    .addOption(new Option('--format <format>', 'what stdout carries').choices(formats).default('table'))
    .option('--out <file>', 'write the JSON report to a file')
    .option('--html <file>', 'write a page with charts to a file')
    .option('--detail', 'print every row')
    .addOption(new Option('--seed <n>', 'seed of everything random').argParser(wholeValue()).default(1))
    .option('--quiet', 'no progress and no warnings');
}

/** Adds what changes the configuration in every command: --env, --mode, --set. */
export function addOverrideOptions(command: Command): Command {
  const collect = (text: string, before: readonly string[] = []) => [...before, text];
  const set = 'set one value of the configuration; may be given again';
  return addPathFlags(command, layerFlags).option('--set <path=value>', set, collect);
}

/** Adds the flags of one command that are aliases of paths. */
export function addPathFlags(command: Command, flags: readonly PathFlag[]): Command {
  for (const flag of flags) {
    const option = new Option(flag.flags, flag.help);
    if (flag.choices !== undefined) option.choices(flag.choices);
    const { parse } = flag;
    if (parse !== undefined && option.variadic) {
      option.argParser((text: string, before: readonly unknown[] = []) => [...before, parse(text)]);
    } else if (parse !== undefined) option.argParser((text: string) => parse(text));
    command.addOption(option);
  }
  return command;
}

/** What the shared options say, once the command line is parsed. */
export function readShared(command: Command): SharedOptions {
  const given = command.opts<Partial<SharedOptions>>();
  return {
    config: given.config ?? null,
    format: given.format ?? 'table',
    out: given.out ?? null,
    html: given.html ?? null,
    detail: given.detail ?? false,
    seed: given.seed ?? 1,
    quiet: given.quiet ?? false,
  };
}

/**
 * What the command line says about the configuration, weakest first: --env and --mode, the command's flags, --set.
 *
 * @throws InputError USAGE where two flags set one path, or --set is no path=value
 */
export async function overridesOf(
  command: Command,
  flags: readonly PathFlag[] = [],
): Promise<readonly Override[]> {
  const given = command.opts<Readonly<Record<string, unknown>>>();
  const named = [...layerFlags, ...flags].flatMap((flag) => {
    const option = new Option(flag.flags);
    const value = given[option.attributeName()];
    return value === undefined ? [] : [{ path: flag.path, value, name: option.long ?? flag.flags }];
  });
  for (const [i, { path, name }] of named.entries()) {
    const twin = named.slice(0, i).find((one) => one.path === path);
    if (twin !== undefined) throw twice(twin.name, name, path);
  }
  const set = command.opts<{ set?: readonly string[] }>().set ?? [];
  return [
    ...named.map(({ path, value, name }): Override => {
      return { path, value, origin: { layer: 'flag', text: `flag ${name}` } };
    }),
    ...(await settingsOf(set)),
  ];
}

/** The values of --set are YAML, whose parser is loaded for them alone. */
async function settingsOf(texts: readonly string[]): Promise<readonly Override[]> {
  if (texts.length === 0) return [];
  const { readSetting } = await import('../io/config.ts');
  return texts.map(readSetting);
}

function twice(one: string, other: string, path: string): InputError {
  return new InputError({
    code: 'USAGE',
    message: `one of the flags that set ${path} must be given, was ${one} and ${other}`,
    remedy: 'Leave one of them out',
  });
}
