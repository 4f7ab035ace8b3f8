import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Samples import the library by its name.
  resolve: { alias: { faultline: fileURLToPath(new URL('core/index.ts', import.meta.url)) } },
  test: {
    include: ['{.build,core,server,client,cli,schemas,docs,test}/**/*.test.ts'],
    // Only against tests that hang: a busy machine is no failure.
    testTimeout: 60_000,
    exclude: ['**/node_modules/**', 'test/e2e/**'],
  },
});
