/** Cases of what a scenario file may not say: a text of `full-scenario.ts`, what is changed in it, and what is said then. */
import { expect, test } from 'vitest';
import { readScenario } from '../../src/io/read-scenario.ts';
import { type Fault, InputError } from '../../src/model/errors.ts';

/** A text, what is changed in it and into what, what is said then, and the part of the new text whose line is named. */
export type Rule = readonly [string, string, string, string, string];

export function scenarioFault(text: string, file: string): Fault {
  try {
    readScenario(text, file);
  } catch (error) {
    if (error instanceof InputError) return error.fault;
    throw error;
  }
  throw new Error('the text must be refused, it was read');
}

/** The text with one place changed; the place must be there. */
export function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`${from} must be in the text`);
  return text.replace(from, to);
}

/** The file whose name is the id of a text. */
export function fileOf(text: string): string {
  return `${text.slice('id: '.length, text.indexOf('\n'))}.yaml`;
}

export function testRules(rules: readonly Rule[]): void {
  test.each(rules.map((rule) => [rule[3], rule] as const))('%s', (message, [text, from, to, _, part]) => {
    const wrong = changed(text, from, to);
    const fault = scenarioFault(wrong, fileOf(text));
    expect(fault.message).toBe(message);
    const line = wrong.slice(0, wrong.indexOf(part)).split('\n').length;
    expect(fault.place).toEqual({ file: fileOf(text), line });
    expect(fault.remedy).toMatch(/\S/);
  });
}

/** Texts on the allowed side of a rule: a name, a text, what is changed in it and into what. */
export function testRead(cases: readonly (readonly [string, string, string, string])[]): void {
  test.each(cases)('%s', (_, text, from, to) => {
    const { id } = readScenario(changed(text, from, to), fileOf(text));
    expect(`${id}.yaml`).toBe(fileOf(text));
  });
}
