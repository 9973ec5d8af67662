/** A configuration as the text of a first risk.yaml: every key, what it means, and where its value is from. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { InputError } from '../model/errors.ts';
import type { ConfigLeaf } from './config-merge.ts';
import { writeWhole } from './write-file.ts';

const HEAD = `# risk.yaml: the configuration of risk in this folder.
#
# What stands here wins over the built-in defaults and over what --env and --mode bring; flags and --set win over it.
# A line that is taken out leaves its key to the defaults. "risk config" prints every value with its origin.
# Files are named relative to the working directory.
`;

/** The text of a file that, loaded, gives the same values. A default that follows other keys stands as a comment. */
export function configText(leaves: readonly ConfigLeaf[]): string {
  let text = HEAD;
  let open: readonly string[] = [];
  for (const leaf of leaves) {
    const sections = leaf.path.split('.').slice(0, -1);
    const shared = sections.findIndex((section, i) => section !== open[i]);
    const from = shared === -1 ? sections.length : shared;
    if (from === 0) text += '\n';
    for (const [i, section] of sections.entries()) if (i >= from) text += `${indent(i)}${section}:\n`;
    text += leafText(leaf, indent(sections.length));
    open = sections;
  }
  return text;
}

/**
 * Writes a first configuration file, whole.
 *
 * @throws InputError OUTPUT where the file is there already and `force` is not given
 */
export async function writeFirstConfig(
  cwd: string,
  name: string,
  text: string,
  { force }: { readonly force: boolean },
): Promise<void> {
  if (!force && existsSync(resolve(cwd, name))) {
    const message = `${name} must not be there already, was found`;
    throw new InputError({
      code: 'OUTPUT',
      message,
      place: { file: name },
      remedy: 'Give --force to replace it',
    });
  }
  await writeWhole(name, cwd, text);
}

function leafText({ path, value, origin, meaning, derived }: ConfigLeaf, margin: string): string {
  const key = path.split('.').at(-1) ?? path;
  const plain = stringify(value, {
    collectionStyle: 'flow',
    flowCollectionPadding: false,
    lineWidth: 0,
  }).trim();
  const notes = [...(meaning === '' ? [] : [meaning]), `Value of ${origin.text}`];
  const comments = notes.map((note) => `${margin}# ${note}\n`).join('');
  return `${comments}${margin}${derived ? '# ' : ''}${key}: ${plain}\n`;
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
