/** Progress of a run on stderr: only on a terminal, only when it is not quiet, gone when the run is over. */
import type { Shell } from './command.ts';

export type Progress = {
  readonly step: (done: number, total: number) => void;
  readonly end: () => void;
};

/** One line that is written over; `what` says what is going on. */
export function progressOf(shell: Pick<Shell, 'progress' | 'err'>, quiet: boolean, what: string): Progress {
  if (!shell.progress || quiet) return { step: () => undefined, end: () => undefined };
  let shown = -1;
  return {
    step: (done, total) => {
      const percent = Math.floor((100 * done) / Math.max(1, total));
      if (percent === shown) return;
      shown = percent;
      shell.err(`\r${what} ${percent} %`);
    },
    // Blanks over the line, so that nothing of it stays beside what follows.
    end: () => {
      if (shown >= 0) shell.err(`\r${' '.repeat(what.length + 6)}\r`);
    },
  };
}
