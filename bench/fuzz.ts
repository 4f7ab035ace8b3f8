/**
 * A hundred thousand edits of sound, broken and hostile files, with questions in between and some of
 * them taken back, against the real server in this process: nothing may break, nothing stay without
 * an answer, and no memory stay behind.
 *
 *     node --expose-gc bench/fuzz.ts [EDITS] [SEED]
 */

import { fuzz } from '../test/protocol/fuzz.ts';
import { connectInMemory } from '../test/protocol/in-memory.ts';
import { EDITED_TEXTS } from '../test/support/edited-files.ts';

/** After so many edits the documents are closed, and what was told last is held against the truth. */
const ROUND = 2_000;
const MOST_GROWTH = 0.1;

const [edits = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const client = connectInMemory();
await client.initialize();

let heapBefore = 0;
const counts = { answered: 0, refused: 0, cancelled: 0 };
for (let done = 0; done < edits; done += ROUND) {
  const found = await fuzz(client, EDITED_TEXTS, {
    edits: Math.min(ROUND, edits - done),
    seed: seed + done,
  });
  counts.answered += found.answered;
  counts.refused += found.refused;
  counts.cancelled += found.cancelled;
  // The first round warms up what stays for good, such as compiled code.
  if (done === 0) heapBefore = heapMb();
  if (process.stdout.isTTY) process.stdout.write(`\r${done + ROUND} edits`);
}
const heapAfter = heapMb();
console.log(
  `\n${edits} edits with seed ${seed}: ${counts.answered} answers, ${counts.refused} refusals, ${counts.cancelled} taken back in time.`,
);
console.log(`Heap ${heapBefore.toFixed(1)} MB before, ${heapAfter.toFixed(1)} MB after.`);
process.exitCode = heapAfter <= heapBefore * (1 + MOST_GROWTH) ? 0 : 1;

function heapMb(): number {
  if (!globalThis.gc) throw new Error('Run it with --expose-gc, so that the heap can be measured.');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1e6;
}
