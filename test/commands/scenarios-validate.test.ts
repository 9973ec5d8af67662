import { describe, expect, test } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { bundledPath } from '../../src/io/bundled.ts';
import { fullScenario, smallScenario } from '../support/full-scenario.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

async function run(folder: string, ...argv: string[]) {
  const { shell, told } = shellIn(folder);
  const code = await main(['scenarios', 'validate', ...argv], shell);
  return { ...told, code };
}

const folderOf = () =>
  scratch({
    'full.yaml': fullScenario,
    'small.yaml': smallScenario,
    'wrong.yaml': smallScenario,
    'typo.yaml': smallScenario.replace('story:', 'sotry:'),
  });

describe('risk scenarios validate', () => {
  test('says of each file what it holds, in a line, and ends with 0', async () => {
    const folder = await folderOf();
    const { out, err, code } = await run(folder, 'full.yaml', 'small.yaml');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('2 files, 2 valid, 0 refused');
    expect(out).toMatch(
      /full\.yaml +valid +hypothetical +synthetic +2022-05-08 00:00 +2022-05-10 00:00 +BTC ETH LUNA SOL/,
    );
    expect(out).toMatch(
      /small\.yaml +valid +control +synthetic +2022-05-08 00:00 +2022-05-09 00:00 +BTC DEFAULT/,
    );
  });

  test('judges all files where some are wrong, tells each with its line, and ends with 2', async () => {
    const folder = await folderOf();
    const { out, code } = await run(folder, 'wrong.yaml', 'full.yaml', 'typo.yaml', 'nowhere.yaml');
    const told = out.replace(/\n +/g, ' ');
    expect(code).toBe(2);
    expect(told).toContain('4 files, 1 valid, 3 refused');
    expect(told).toContain(
      'wrong.yaml:1 was refused. SCENARIO: id must equal the name of the file, wrong, was small. Write id: wrong, or rename the file',
    );
    expect(told).toContain(
      'typo.yaml:5 was refused. CONFIG_KEY: a scenario must have known keys only, was "sotry"',
    );
    expect(told).toContain('Did you mean "story"?');
    expect(told).toContain(
      'nowhere.yaml was refused. FILE_MISSING: a scenario file must be there and readable',
    );
    expect(out).toMatch(/full\.yaml +valid/);
    expect(out).toMatch(/typo\.yaml +refused/);
  });

  test('ends with 3 where all that is wrong is that a file is not there', async () => {
    expect((await run(await folderOf(), 'full.yaml', 'nowhere.yaml')).code).toBe(3);
  });

  test('has a report of one form, with its inputs and what was refused', async () => {
    const folder = await folderOf();
    const { out, code } = await run(folder, 'full.yaml', 'wrong.yaml', '--format', 'json');
    const report = JSON.parse(out);
    expect(code).toBe(2);
    expect(reportSchemas.get('scenarios validate')?.parse(report)).toEqual(report);
    expect(report.inputs).toMatchObject([{ path: 'full.yaml', role: 'scenario', rows: 8 }]);
    expect(report.result).toEqual({
      scenarios: [
        {
          file: 'full.yaml',
          id: 'full',
          title: 'Every key, once at least',
          kind: 'hypothetical',
          origin: 'synthetic',
          assets: ['BTC', 'ETH', 'LUNA', 'SOL'],
          from: Date.UTC(2022, 4, 8),
          to: Date.UTC(2022, 4, 10),
          interval: 3_600_000,
        },
      ],
      refused: [
        {
          file: 'wrong.yaml',
          code: 'SCENARIO',
          line: 1,
          message: 'id must equal the name of the file, wrong, was small',
          remedy: 'Write id: wrong, or rename the file',
        },
      ],
    });
  });

  test('has all rows in CSV, those refused among them', async () => {
    const { out } = await run(await folderOf(), 'full.yaml', 'wrong.yaml', '--format', 'csv');
    const [from, to] = [Date.UTC(2022, 4, 8), Date.UTC(2022, 4, 10)];
    expect(out.trimEnd().split('\n')).toEqual([
      'file,verdict,id,kind,origin,from,to,assets',
      `"full.yaml","valid","full","hypothetical","synthetic",${from},${to},"BTC ETH LUNA SOL"`,
      '"wrong.yaml","refused",,,,,,',
    ]);
  });

  test('runs its example on a fresh clone, and knows a bundled scenario by its id', async () => {
    expect(await run(bundledPath('.'), 'scenarios/luna.yaml')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/luna\.yaml +valid +historical/),
    });
    expect((await run(await scratch(), 'luna')).code).toBe(0);
    const { out } = await run(await scratch(), '--help');
    expect(out).toContain('$ risk scenarios validate scenarios/luna.yaml');
  });

  test('asks for a file', async () => {
    expect(await run(await scratch())).toMatchObject({ code: 2, err: expect.stringContaining('files') });
  });
});
