/** What Arrow and Parquet files have in common: a table of named columns with types of their own. */
import { DataError } from '../model/errors.ts';

export type BinaryColumn = {
  readonly name: string;
  /** One for each row: number, bigint, boolean, text, bytes, or null. */
  readonly values: Iterable<unknown>;
  /** A column of stamps with a unit of its own: the value in ms. */
  readonly toMs: ((value: number | bigint) => number) | null;
  /** A column of decimals: values are whole numbers of 10^-scale. */
  readonly scale: number | null;
};

export type BinaryTable = {
  readonly names: readonly string[];
  readonly rows: number;
  /** Reads columns by their places in `names`. */
  readonly read: (places: readonly number[]) => Promise<readonly BinaryColumn[]>;
};

/** Turns whatever a library throws on damaged bytes into an error of the data. */
export async function orDamaged<T>(what: string, file: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof DataError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${what} must be readable to its end, was not: ${reason}`;
    throw new DataError({ code: 'FILE_FORMAT', message, place: { file }, remedy: 'Fetch the file again' });
  }
}
