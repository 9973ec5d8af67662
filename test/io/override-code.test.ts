import { scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { authoriseOperators, isOverrideCode, readOverrideCode } from '../../src/io/override-code.ts';
import { scratch } from '../support/scratch.ts';
import { faultOf } from '../support/small-config.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

const salt = Buffer.from('0123456789abcdef', 'hex');
const hashOf = (code: string) => `scrypt$16384$8$1$${base64(salt)}$${base64(scryptSync(code, salt, 32))}`;

const code = 'correct horse';
const hash = hashOf(code);

/** RFC 7914, section 12: the third test vector; its cost and salt are those of the document. */
const rfc7914 = {
  code: 'pleaseletmein',
  salt: base64(Buffer.from('SodiumChloride')),
  hash: base64(
    Buffer.from(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
      'hex',
    ),
  ),
};

describe('a code and its hash', () => {
  test('of RFC 7914: N 16384, r 8, p 1', () => {
    const published = `scrypt$16384$8$1$${rfc7914.salt}$${rfc7914.hash}`;
    expect(isOverrideCode(rfc7914.code, published)).toBe(true);
    expect(isOverrideCode(`${rfc7914.code} `, published)).toBe(false);
  });

  test('the right code is let in, one letter off is refused', () => {
    expect(isOverrideCode(code, hash)).toBe(true);
    for (const other of ['correct horsf', 'Correct horse', 'correct hors', 'correct horse ', ''])
      expect(isOverrideCode(other, hash)).toBe(false);
  });

  const parts = (at: number, value: string) => hash.split('$').with(at, value).join('$');

  test.each([
    ['another kind', parts(0, 'bcrypt'), 'be a text such as scrypt$16384$8$1$salt$hash'],
    ['a part more', `${hash}$more`, 'be a text such as scrypt$16384$8$1$salt$hash'],
    [
      'a cost that is no power of 2',
      parts(1, '16385'),
      'cost N that is a power of 2 and at least 16384, was 16385',
    ],
    ['a cost that is guessed too fast', parts(1, '8192'), 'at least 16384, was 8192'],
    ['no block', parts(2, '0'), 'block size r of at least 1 whose memory 128 N r is at most 256 MiB, was 0'],
    ['a block of 258 MiB', parts(2, '129'), 'at most 256 MiB, was 129'],
    ['no parallelism', parts(3, '0'), 'parallelism p from 1 to 16, was 0'],
    ['too much of it', parts(3, '17'), 'parallelism p from 1 to 16, was 17'],
    ['a salt of 7 bytes', parts(4, base64(salt.subarray(0, 7))), 'salt of at least 8 bytes in base64, was 7'],
    [
      'a hash of 15 bytes',
      parts(5, base64(new Uint8Array(15))),
      'hash of 16 to 1024 bytes in base64, was 15',
    ],
    ['a hash of 1025 bytes', parts(5, base64(new Uint8Array(1025))), 'in base64, was 1025'],
  ])('a hash with %s is named, and not shown', (_, text, problem) => {
    const fault = faultOf(() => isOverrideCode(code, text));
    expect(fault.code).toBe('CONFIG_VALUE');
    expect(fault.message).toContain('guards.emergency-stop.overrideHash must ');
    expect(fault.message).toContain(problem);
    expect(fault.message).not.toContain(text.split('$').at(-1));
  });

  test('the least that is taken is', () => {
    const short = `scrypt$16384$8$1$${base64(salt)}$${base64(scryptSync(code, salt, 16))}`;
    expect(isOverrideCode(code, short)).toBe(true);
  });
});

describe('the file of a code', () => {
  test('holds it in one line; what is blank around it is no part of it', async () => {
    const cwd = await scratch({
      plain: code,
      line: `${code}\n`,
      windows: `${code}\r\n`,
      blank: ` ${code} \n`,
    });
    for (const name of ['plain', 'line', 'windows', 'blank']) expect(readOverrideCode(cwd, name)).toBe(code);
  });

  test('is refused where it is empty, holds several lines or is not there', async () => {
    const cwd = await scratch({ empty: '\n', several: `${code}\n${code}\n` });
    expect(faultOf(() => readOverrideCode(cwd, 'empty'))).toMatchObject({
      code: 'OVERRIDE_CODE',
      message: 'the file of the override code must hold one line, was empty',
    });
    expect(faultOf(() => readOverrideCode(cwd, 'several')).message).toBe(
      'the file of the override code must hold one line, was several',
    );
    expect(faultOf(() => readOverrideCode(cwd, 'none'))).toMatchObject({
      code: 'FILE_MISSING',
      message: 'the file of the override code must be readable, was "none": ENOENT',
    });
  });
});

const act = (action: string, why = 'seen enough') => ({ action, who: 'ann', why });

describe('operators', () => {
  test.each(['halt', 'resume', 'override'])('%s with the right code', (action) => {
    authoriseOperators([act(action)], hash, code);
  });

  test.each(['halt', 'resume', 'override'])('%s with another, or without', (action) => {
    const wrong = faultOf(() => authoriseOperators([act(action)], hash, 'wrong horse'));
    expect(wrong).toEqual({
      code: 'OVERRIDE_CODE',
      message: 'the override code must be the one of guards.emergency-stop.overrideHash, was another',
      place: undefined,
      remedy: 'Ask who keeps it',
    });
    expect(faultOf(() => authoriseOperators([act(action)], hash, null)).message).toBe(
      `what an operator does must come with the override code, was "${action}" by ann without one`,
    );
  });

  test('without a hash nobody overrides, halts and resumes are free, and a code is for nothing', () => {
    authoriseOperators([act('halt'), act('resume')], null, null);
    expect(faultOf(() => authoriseOperators([act('halt'), act('override')], null, null)).message).toBe(
      'engine.operator[1].action must be halt or resume where guards.emergency-stop.overrideHash is null, was override',
    );
    expect(faultOf(() => authoriseOperators([], null, code)).message).toBe(
      'guards.emergency-stop.overrideHash must be set where --override-code is given, was null',
    );
  });

  test('where nobody acts no code is asked for, one that is given must be right, and a hash must be one', () => {
    authoriseOperators([], hash, null);
    authoriseOperators([], hash, code);
    expect(faultOf(() => authoriseOperators([], hash, 'wrong')).code).toBe('OVERRIDE_CODE');
    expect(faultOf(() => authoriseOperators([], 'scrypt$1$8$1$AAAA$AAAA', null)).code).toBe('CONFIG_VALUE');
  });

  test('the code is in no text that is told', () => {
    const told = faultOf(() => authoriseOperators([act('halt'), act('resume', `it is ${code}`)], hash, code));
    expect(told.message).toBe('engine.operator[1] must not hold the override code, was a text with it');
    expect(JSON.stringify(told)).not.toContain(code);
    const who = { ...act('halt'), who: code };
    expect(faultOf(() => authoriseOperators([who], hash, code)).code).toBe('OVERRIDE_CODE');
  });
});
