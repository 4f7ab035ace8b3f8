import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{.build,core,server,client,cli,schemas,docs,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/e2e/**'],
  },
});
