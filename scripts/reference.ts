/** `npm run reference`: the command reference from the help of the commands, and the first result of the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandReference, withFirstResult } from './reference/texts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = `${root}README.md`;

writeFileSync(`${root}COMMANDS.md`, await commandReference());
writeFileSync(readme, await withFirstResult(readFileSync(readme, 'utf8')));
