import { expect, it } from 'vitest';
import { EDITED_TEXTS } from '../support/edited-files.ts';
import { fuzz } from './fuzz.ts';
import { connectInMemory } from './in-memory.ts';

/** Another one each time finds more; the one of a failure finds it again. */
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const EDITS = Number(process.env.FUZZ_EDITS ?? 300);

it(`answers whatever is asked while documents are edited (FUZZ_SEED=${SEED})`, {
  timeout: 60_000 + EDITS * 100,
}, async () => {
  const client = connectInMemory();
  await client.initialize();
  const { answered, cancelled, refused } = await fuzz(client, EDITED_TEXTS, {
    edits: EDITS,
    seed: SEED,
  });
  expect(answered + cancelled + refused).toBe(EDITS);
  expect(answered).toBeGreaterThan(EDITS / 2);
});
