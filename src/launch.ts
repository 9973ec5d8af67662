/** The entry of the built command: runs the bundle beside it, with what V8 made of it when it was built. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runBundle } from './run-bundle.ts';

/** What a start of the same command left, by its first two words, then its first; null where nothing is kept. */
function codeOf([first = 'help', second = '']: readonly string[]): Buffer | null {
  for (const name of [`${first}-${second}`, first]) {
    if (!/^[a-z]+(-[a-z]+)*$/.test(name)) continue;
    try {
      return readFileSync(new URL(`code/${name}.bin`, import.meta.url));
    } catch {
      // A command without one starts all the same.
    }
  }
  return null;
}

const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));
runBundle(fileURLToPath(new URL('risk.cjs', import.meta.url)), codeOf(words));
