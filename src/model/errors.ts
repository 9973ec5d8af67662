/**
 * The three ways in which a run can go wrong, and what each means to the caller.
 *
 * Market facts (a stop that was hit, a gate that says no) are results, never errors. A message states what must
 * hold, what was, where, and what to do; `where` and `remedy` are fields so that every command prints them alike.
 */

export type Place = { readonly file?: string; readonly line?: number; readonly path?: string };

export type Fault = {
  /** UPPER_SNAKE; listed with its meaning in `errorCodes`. */
  readonly code: ErrorCode;
  /** What must hold and what was: `high must be at least low, was high 99 and low 101`. */
  readonly message: string;
  /** The file and line, or the configuration path and its origin. */
  readonly place?: Place;
  /** What to do now. */
  readonly remedy?: string;
};

/** Every code with its meaning; a test holds that each is raised by some test and that none is missing here. */
export const errorCodes = {
  USAGE: 'a flag, command or argument is not one that exists, or has a value outside its range',
  CONFIG_KEY: 'a configuration key does not exist',
  CONFIG_VALUE: 'a configuration value is not of the type or in the range that its key asks for',
  CONFIG_FILE: 'a configuration file is not readable YAML',
  HARD_CAP: 'a later layer tries to raise a cap that may only be lowered',
  FILE_MISSING: 'a named file, folder or glob matches nothing',
  FILE_EMPTY: 'a file holds no rows',
  FILE_FORMAT: 'no reader knows the content of a file, or the named reader does not fit it',
  FILE_COMPRESSION: 'a compressed file is damaged or holds nothing readable',
  ROW_RAGGED: 'a row has another number of fields than the file says',
  ROW_CUT: 'the last line of a file is cut off',
  ROW_NUMBER: 'a field that must be a finite number is not one',
  ROW_TIME: 'a time stamp cannot be read, or its meaning cannot be decided',
  ROW_ORDER: 'time goes back inside a file',
  ROW_PRICE: 'a price is zero or negative',
  ROW_RANGE: 'high is below low, or open or close lies outside [low, high]',
  ROW_VALUE: 'a field has a value that its meaning rules out',
  SYMBOL_UNKNOWN: 'the symbol of a file cannot be told, or a symbol is not in the data',
  INTERVAL: 'the bar interval cannot be told or built',
  SERIES_SHORT: 'a series is too short for what is asked of it',
  JOURNAL_FIT: 'the prices of a journal do not lie within the bars that they name',
  NO_TRADES: 'no trade could be judged',
  PORTFOLIO: 'a portfolio file states a book that cannot be, or one without prices',
  ORDER: 'an order file states an order that cannot be, or that does not fit the portfolio',
  SCENARIO: 'a scenario file states an event that cannot be, or there is no scenario of a name',
  OVERRIDE_CODE: 'an operator acts without the code that the configuration asks for, or with another one',
  PACKAGE_MISSING: 'an optional package is not installed, or does not load',
  OUTPUT: 'a result cannot be written where it was asked for',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** `CODE: message (file:line). remedy` in one line, as every command prints it. */
export function faultText(fault: Fault): string {
  const { file, line, path } = fault.place ?? {};
  const at = file === undefined ? path : line === undefined ? file : `${file}:${line}`;
  const where = at === undefined ? '' : ` (${at})`;
  const remedy = fault.remedy === undefined ? '' : `. ${fault.remedy}`;
  return `${fault.code}: ${fault.message}${where}${remedy}`;
}

class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(faultText(fault));
    this.fault = fault;
  }
}

/** A flag, a configuration value or an argument is wrong: exit code 2. */
export class InputError extends FaultError {
  override readonly name = 'InputError';
}

/** Data are missing, corrupt or too short: exit code 3. */
export class DataError extends FaultError {
  override readonly name = 'DataError';
}

/** Our own bug: exit code 70. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** States a rule that only a bug of ours can break, in positive form. */
export function assert(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new InvariantError(`invariant: ${rule}`);
}
