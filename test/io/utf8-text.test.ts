import { expect, test } from 'vitest';
import { textOf } from '../../src/io/utf8-text.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('text is text, without its byte order mark', () => {
  expect(textOf(bytesOf('\ufeffenv: caf\u00e9\n'), 'a.yaml')).toBe('env: caf\u00e9\n');
});

test.each([
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0x00), 'Save the file anew with the encoding UTF-8'],
  ['UTF-16', Uint8Array.of(0xfe, 0xff, 0x00, 0x61), 'Save the file anew with the encoding UTF-8'],
  ['binary', bytesOf('ELF\0\0'), 'Name a file of text'],
  [
    'text in another encoding, or binary',
    Uint8Array.of(0x61, 0xe9),
    'Save the file anew with the encoding UTF-8',
  ],
])('what is none is refused as %s, with a remedy', (was, bytes, remedy) => {
  expect(() => textOf(bytes, 'a.yaml')).toThrow(
    `CONFIG_FILE: it must be UTF-8 text, was ${was} (a.yaml). ${remedy}`,
  );
});
