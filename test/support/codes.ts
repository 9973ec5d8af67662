import { DataError, InputError } from '../../src/model/errors.ts';

/** The code of the error that an action ends with; the value itself where it does not end with one of ours. */
export async function codeOf(action: () => unknown): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof DataError || error instanceof InputError) return error.fault.code;
    throw error;
  }
}
