/** Tests stand where their subject stands: `test/math/atr.test.ts` holds `src/math/atr.ts`. */
import { floors } from './floors.ts';
import type { Source, Violation } from './sources.ts';

const rooms = floors.flat();

/**
 * Tests in a room without a file of the same name. Tests of the whole house lie directly in test, and those on files
 * of the market, which are no part of the repository, are named `*.market.test.ts`.
 */
export function mirrorViolations(tests: readonly Source[], subjects: readonly Source[]): Violation[] {
  const paths = new Set(subjects.map(({ path }) => path));
  return tests
    .filter(({ path }) => path.endsWith('.test.ts') && !path.endsWith('.market.test.ts'))
    .flatMap(({ path }) => {
      const subject = subjectOf(path);
      if (subject === null || paths.has(subject)) return [];
      return [
        `${path}:1: a test without its file is banned, name it after the file in src that it holds (no ${subject})`,
      ];
    });
}

function subjectOf(path: string): string | null {
  const [, folder = '', ...rest] = path.split('/');
  if (rest.length === 0) return null;
  const file = `${[folder, ...rest].join('/').replace(/\.test\.ts$/, '')}.ts`;
  return rooms.includes(folder) ? `src/${file}` : file;
}
