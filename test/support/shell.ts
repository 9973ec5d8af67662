import type { Shell } from '../../src/commands/command.ts';

type Told = { out: string; err: string; code: number | null };

/** A shell without a terminal that keeps what a command says and how it ends. */
export function shellIn(cwd: string): { readonly shell: Shell; readonly told: Told } {
  const told: Told = { out: '', err: '', code: null };
  const shell: Shell = {
    cwd,
    columns: 100,
    colour: false,
    progress: false,
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
    finish: (code) => {
      told.code = code;
    },
  };
  return { shell, told };
}
