/** A study is a value: named inputs and configuration in, a result out; no files, no clock, no chance but the seed. */

import type { Fidelity } from './fidelity.ts';

/** What the content of a file shows. */
export type FileRole = 'ohlcv' | 'journal' | 'funding' | 'ticks';

/** What a file is to a study: mark prices look like any bars, and a portfolio or an order is no market file. */
export type Role = FileRole | 'mark' | 'portfolio' | 'order' | 'scenarios' | 'market';

export type StudyContext = {
  readonly seed: number;
  /** Called at most 200 times a run, never in a kernel. */
  readonly progress: (done: number, total: number) => void;
};

/** A result, what it leaves open, and what its reader must be told, in words. */
export type Outcome<R> = {
  readonly result: R;
  readonly fidelity: readonly Fidelity[];
  readonly warnings: readonly string[];
};

export type Study<I, C, R> = {
  readonly name: string;
  readonly needs: readonly Role[];
  /** The configuration paths whose values can change the result. */
  readonly configPaths: readonly string[];
  readonly run: (inputs: I, config: C, ctx: StudyContext) => Outcome<R>;
};
