import { defineConfig } from 'vitest/config';

/** Tests on real market files: `*.market.test.ts`, each skipped with a clear line where its folder is not named. */
export default defineConfig({
  test: {
    include: ['test/**/*.market.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
