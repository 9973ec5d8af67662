/** What text for a terminal is written with: a width, and colours that the caller alone switches on. */
import { Chalk, type ChalkInstance } from 'chalk';
import type { Tone } from '../model/page.ts';

export type TextOptions = { readonly width: number; readonly colour: boolean };

export type Pen = { readonly width: number; readonly chalk: ChalkInstance };

/** Chalk would look at the environment by itself; here the flag decides. */
export function penOf({ width, colour }: TextOptions): Pen {
  return { width, chalk: new Chalk({ level: colour ? 1 : 0 }) };
}

export function toned({ chalk }: Pen, tone: Tone, text: string): string {
  switch (tone) {
    case 'plain':
      return text;
    case 'good':
      return chalk.green(text);
    case 'warn':
      return chalk.yellow(text);
    case 'bad':
      return chalk.red(text);
    case 'dim':
      return chalk.dim(text);
  }
}
