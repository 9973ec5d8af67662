import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests on real market files are run by `npm run test:market`.
    exclude: ['test/**/*.market.test.ts'],
    // Two cores, and some tests spawn the built command: a slow machine must not look like a wrong number.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
