/** The entry of the command line: the only file here that touches the process. */
import { setFlagsFromString } from 'node:v8';
import { main } from './commands/main.ts';

// The engine of Node 20 begins to optimise so early that a command of a second spends more on compiling than it gets back,
// and on two cores it waits for it; four times later is early enough. Later engines have no such flag, and no need of it.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=270336');

// A reader that has seen enough (`risk ... | head`) closes the pipe; that is no error of ours. A full disk is the user's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`OUTPUT: the result must be written to stdout, was ${error.code ?? error.message}\n`);
  process.exit(2);
});

process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  columns: process.stdout.isTTY ? process.stdout.columns : 100,
  colour: process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '',
  progress: process.stderr.isTTY === true,
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
});
