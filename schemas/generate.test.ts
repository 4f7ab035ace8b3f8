import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generate } from './generate.ts';

it('has generated files that follow from the schema; `npm run generate` writes them', async () => {
  const files = await generate();
  for (const [name, text] of Object.entries(files)) {
    const written = new URL(`../core/config/generated/${name}`, import.meta.url);
    expect(readFileSync(written, 'utf8'), name).toBe(text);
  }
});
