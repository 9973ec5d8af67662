import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/market/**'],
    // Two cores, and some tests spawn the built command: a slow machine must not look like a wrong number.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
