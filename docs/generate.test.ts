import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatePages } from './generate.ts';

const folder = new URL('rules/', import.meta.url);

it('has the pages that the rules say, and no others; `npm run generate` writes them', () => {
  const written = readdirSync(folder).map((name) => [
    name,
    readFileSync(new URL(name, folder), 'utf8'),
  ]);
  expect(Object.fromEntries(written)).toEqual(generatePages());
});
