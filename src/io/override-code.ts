/**
 * The override code, at the edge: who acts as an operator knows it, the configuration holds its scrypt hash, and nothing behind
 * this file ever sees it. It comes from a file of its own, as arguments and configurations are shown to others.
 *
 *   scrypt$N$r$p$salt$hash     N a power of 2, salt and hash in base64
 *
 * Source  S1 emergency stop (override code protection: `activate_emergency_stop` requires it, so does what ends it) and security
 *   considerations; cost N = 2^14, r = 8, p = 1 of Percival 2009 for interactive use as the least
 */
import { scryptSync, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../model/errors.ts';

const HASH_PATH = 'guards.emergency-stop.overrideHash';

const LEAST_COST = 16_384;
/** Bytes: what N and r ask for is 128 N r. */
const MOST_MEMORY = 268_435_456;
const MOST_PARALLEL = 16;
const LEAST_SALT = 8;
const LEAST_HASH = 16;
const MOST_HASH = 1024;

type OverrideHash = {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallel: number;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
};

/** @throws InputError CONFIG_VALUE, which names what is wrong with the hash and never shows it */
function parseHash(text: string): OverrideHash {
  const [kind, cost, blockSize, parallel, salt, hash, ...more] = text.split('$');
  const parsed: OverrideHash = {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallel: Number(parallel),
    salt: Buffer.from(salt ?? '', 'base64'),
    hash: Buffer.from(hash ?? '', 'base64'),
  };
  const wrong = problemOf(parsed);
  if (kind !== 'scrypt' || more.length > 0) refuseHash('be a text such as scrypt$16384$8$1$salt$hash');
  if (wrong !== null) refuseHash(wrong);
  return parsed;
}

function problemOf({ cost, blockSize, parallel, salt, hash }: OverrideHash): string | null {
  if (!(cost >= LEAST_COST && Number.isInteger(Math.log2(cost))))
    return `have a cost N that is a power of 2 and at least ${LEAST_COST}, was ${cost}`;
  if (!(blockSize >= 1 && 128 * cost * blockSize <= MOST_MEMORY))
    return `have a block size r of at least 1 whose memory 128 N r is at most 256 MiB, was ${blockSize}`;
  if (!(parallel >= 1 && parallel <= MOST_PARALLEL))
    return `have a parallelism p from 1 to ${MOST_PARALLEL}, was ${parallel}`;
  if (salt.length < LEAST_SALT)
    return `have a salt of at least ${LEAST_SALT} bytes in base64, was ${salt.length}`;
  if (hash.length < LEAST_HASH || hash.length > MOST_HASH)
    return `have a hash of ${LEAST_HASH} to ${MOST_HASH} bytes in base64, was ${hash.length}`;
  return null;
}

function refuseHash(rule: string): never {
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `${HASH_PATH} must ${rule}`,
    remedy: '"risk replay --help" says how one is made',
  });
}

/**
 * Whether a code is the one of a hash, in a time that does not depend on how much of it is right.
 *
 * @throws InputError CONFIG_VALUE for a hash that is none
 */
export function isOverrideCode(code: string, overrideHash: string): boolean {
  const { cost, blockSize, parallel, salt, hash } = parseHash(overrideHash);
  // Twice what the block itself takes: the library counts its own buffers.
  const maxmem = 2 * 128 * cost * blockSize + 128 * blockSize * parallel + 1_048_576;
  const key = scryptSync(code, salt, hash.length, { N: cost, r: blockSize, p: parallel, maxmem });
  return timingSafeEqual(key, hash);
}

/**
 * The code that a file holds: its one line, without blanks around it.
 *
 * @param name  as the user wrote it, relative to `folder`
 * @throws InputError FILE_MISSING, OVERRIDE_CODE
 */
export function readOverrideCode(folder: string, name: string): string {
  const code = textIn(resolve(folder, name), name).trim();
  if (code !== '' && !/[\r\n]/.test(code)) return code;
  return refuse(
    `the file of the override code must hold one line, was ${code === '' ? 'empty' : 'several'}`,
    `Write the code into "${name}", and nothing else`,
  );
}

function textIn(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new InputError({
      code: 'FILE_MISSING',
      message: `the file of the override code must be readable, was "${name}": ${String(error.code)}`,
      remedy: 'Name a file that holds the code in one line',
    });
  }
}

/** What an operator does; the code is no part of it. */
export type OperatorAct = { readonly action: string; readonly who: string; readonly why: string };

/**
 * Lets operators act, or not: the acts go on as they are, the code ends here.
 *
 * - Where a hash is configured every act asks for its code: a halt (S1: required for manual activation) and what ends one.
 * - Where none is nobody overrides; halts and resumes ask for nothing.
 *
 * @param code  null where none was given
 * @throws InputError OVERRIDE_CODE; CONFIG_VALUE for a hash that is none
 */
export function authoriseOperators(
  acts: readonly OperatorAct[],
  overrideHash: string | null,
  code: string | null,
): void {
  if (overrideHash === null) {
    authoriseWithoutHash(acts, code);
    return;
  }
  if (code === null) {
    parseHash(overrideHash);
    const [first] = acts;
    if (first === undefined) return;
    refuse(
      `what an operator does must come with the override code, was "${first.action}" by ${first.who} without one`,
      'Give --override-code FILE',
    );
  }
  if (!isOverrideCode(code, overrideHash))
    refuse(`the override code must be the one of ${HASH_PATH}, was another`, 'Ask who keeps it');
  const telling = acts.findIndex(({ who, why }) => who.includes(code) || why.includes(code));
  if (telling < 0) return;
  refuse(
    `engine.operator[${telling}] must not hold the override code, was a text with it`,
    'Take it out of who and why: they are told in reports and logs',
  );
}

function authoriseWithoutHash(acts: readonly OperatorAct[], code: string | null): void {
  const index = acts.findIndex(({ action }) => action === 'override');
  if (index >= 0) {
    refuse(
      `engine.operator[${index}].action must be halt or resume where ${HASH_PATH} is null, was override`,
      'Configure the hash of a code; "risk replay --help" says how one is made',
    );
  }
  if (code !== null)
    refuse(`${HASH_PATH} must be set where --override-code is given, was null`, 'Leave the code out');
}

function refuse(message: string, remedy: string): never {
  throw new InputError({ code: 'OVERRIDE_CODE', message, remedy });
}
