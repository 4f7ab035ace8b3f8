import { LineIndex } from '../core/index.ts';
import { type BatchResult, checkBatch, type FileToCheck } from './check-batch.ts';
import type { Context } from './context.ts';
import type { CheckedFile } from './read-file.ts';
import type { RuleFailures } from './rule-failures.ts';
import { WorkerPool } from './workers/pool.ts';

/** Enough work for a message to cost little beside it, few enough for threads to end together. */
const FILES_PER_BATCH = 16;
/** With fewer files a thread takes longer to start than it saves. */
const FILES_PER_THREAD = 100;

/**
 * Checks files, in several threads where there are enough of them. The result does not depend on
 * how many threads there are.
 *
 * @returns what is wrong, by path, in the order of the files.
 * @throws Misuse for a file that cannot be read.
 */
export async function checkAll(
  files: readonly FileToCheck[],
  failures: RuleFailures,
  { threads }: Pick<Context, 'threads'>,
): Promise<ReadonlyMap<string, CheckedFile>> {
  const count = threads ? Math.min(threads.count, Math.floor(files.length / FILES_PER_THREAD)) : 0;
  const results =
    threads && count > 1
      ? await inThreads(files, new WorkerPool(threads.script, count))
      : await checkBatch(files);
  const checked = new Map<string, CheckedFile>();
  for (const [index, result] of results.entries()) {
    const { path, shown } = files[index] as FileToCheck;
    for (const { error, ruleId } of result.failures) failures.on(shown)({ id: ruleId }, error);
    checked.set(path, { ...result.checked, lines: new LineIndex(result.checked.text) });
  }
  return checked;
}

async function inThreads(
  files: readonly FileToCheck[],
  pool: WorkerPool,
): Promise<readonly BatchResult[]> {
  const batches: FileToCheck[][] = [];
  for (let i = 0; i < files.length; i += FILES_PER_BATCH) {
    batches.push(files.slice(i, i + FILES_PER_BATCH));
  }
  try {
    return (await Promise.all(batches.map((batch) => pool.run('check-batch', batch)))).flat();
  } finally {
    await pool.close();
  }
}
