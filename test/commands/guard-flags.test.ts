import { describe, expect, test } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

async function refusal(guards: string) {
  const { shell, told } = shellIn(await scratch());
  const code = await main(['replay', '--guards', guards], shell);
  return { ...told, code };
}

describe('--guards', () => {
  test.each([
    ['all,stops', 'all'],
    ['stops,all', 'all'],
    ['none,stops', 'none'],
    ['stops, none', 'none'],
    ['none,all', 'none'],
  ])('says of %s that %s stands alone', async (guards, word) => {
    expect(await refusal(guards)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(
        `${word} stands alone; write ${word}, or names of guards with commas between them.`,
      ),
    });
  });

  test('names the nearest guard, among names as well as alone', async () => {
    for (const guards of ['stop', 'flags,stop']) {
      expect(await refusal(guards)).toMatchObject({
        code: 2,
        err: expect.stringContaining('stop is no guard; the nearest is stops.'),
      });
    }
  });

  test('names them all where nothing is near', async () => {
    expect((await refusal('zzzzzzzzzzzz')).err).toContain(
      'zzzzzzzzzzzz is no guard; write all, none, or some of emergency-stop, account-levels,',
    );
  });
});
