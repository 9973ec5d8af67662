/** The identity of a run: what it was asked, with which version, on which bytes. */
import { canonicalJson, hashText } from './hash.ts';

export type RunIdentity = {
  readonly command: string;
  readonly version: string;
  readonly configHash: string;
  readonly seed: number;
  /** In the order of the report. */
  readonly inputs: readonly { readonly role: string; readonly sha256: string }[];
};

/** SHA-256 of command, version, configuration, seed and inputs; file names play no part. */
export function runIdOf({ command, version, configHash, seed, inputs }: RunIdentity): string {
  const files = inputs.map(({ role, sha256 }) => [role, sha256]);
  return hashText(canonicalJson([command, version, configHash, seed, files]));
}
