import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests on real market files run by `npm run test:market`; the others in that folder mirror src/market.
    exclude: ['test/market/**/*.market.test.ts'],
    // Two cores, and some tests spawn the built command: a slow machine must not look like a wrong number.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
