import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{.build,core,server,client,cli,schemas,docs,test}/**/*.test.ts'],
    // Only against tests that hang: a busy machine is no failure.
    testTimeout: 60_000,
    exclude: ['**/node_modules/**', 'test/e2e/**'],
  },
});
