/** What stands for a configuration in reports. */
import type { ConfigLeaf } from './config-merge.ts';
import { canonicalJson, hashText } from './hash.ts';

/** SHA-256 of the effective values as canonical JSON: a list of [path, value], sorted by path. */
export function configHash(leaves: readonly Pick<ConfigLeaf, 'path' | 'value'>[]): string {
  const pairs = leaves.map(({ path, value }) => [path, value] as const);
  return hashText(canonicalJson(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
