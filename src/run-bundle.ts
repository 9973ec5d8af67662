/** Runs all commands as one script, of which V8 need not compile again what it has compiled before. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

// The engine of Node 20 begins to optimise so early that a command of a second spends more on compiling than it gets back,
// and on two cores it waits for it; four times later is early enough. Later engines have no such flag, and no need of it.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=270336');

/**
 * @param bundle  a file that holds one function, of `require` and of its own address
 * @param code    what `createCachedData` of the same script gave; where it comes of another version of V8, or of other flags, V8
 *                leaves it aside and compiles as usual
 */
export function runBundle(bundle: string, code: Buffer | null): Script {
  // The bundle is written in ASCII, which this way is not read sign by sign.
  const text = readFileSync(bundle, 'latin1');
  const script = new Script(text, { filename: bundle, ...(code === null ? {} : { cachedData: code }) });
  script.runInThisContext()(createRequire(pathToFileURL(bundle)), pathToFileURL(bundle).href);
  return script;
}
