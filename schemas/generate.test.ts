import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generate } from './generate.ts';

it('has generated files that follow from the schemas; `npm run generate` writes them', async () => {
  const files = await generate();
  for (const [path, text] of Object.entries(files)) {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'), path).toBe(text);
  }
});
