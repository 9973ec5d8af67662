/** The command line: beside its launcher the only file here that touches the process. */
import { main } from './commands/main.ts';

// A reader that has seen enough (`risk ... | head`) closes the pipe; that is no error of ours. A full disk is the user's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`OUTPUT: the result must be written to stdout, was ${error.code ?? error.message}\n`);
  process.exit(2);
});

const code = main(process.argv.slice(2), {
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

// Bundled as a script, which cannot wait at its top.
void code.then((value) => {
  process.exitCode = value;
});
