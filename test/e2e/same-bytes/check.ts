/** Simulates the same in Node and in workers of a real browser, and compares the bytes. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { BUNDLES } from '../../../.build/bundles.ts';
import { analyse, type SimulationChoice, simulate } from '../../../core/index.ts';
import { ROOT } from '../prepare.ts';
import type { SimulateInPage } from './page.ts';

/** Nobody listens there: what the page asks for is answered here. */
const ORIGIN = 'http://127.0.0.1:9';
const SCRIPT = '/same-bytes.js';

/** Every machine and distribution that has a sample, and a stop by precision. */
const CASES: readonly { readonly sample: string; readonly choice: SimulationChoice }[] = [
  { sample: 'online-shop', choice: { replications: 4 } },
  { sample: 'random-failures', choice: { replications: 3, years: 100 } },
  { sample: 'replicated-database', choice: { replications: 3 } },
  { sample: 'tail-latency', choice: { precision: 0.05 } },
];
const WORKERS = [1, 3];

/** Whether all reports are the same; says which are not. */
export async function sameBytesInBrowser(page: Page): Promise<boolean> {
  const { outputFiles } = await build({
    ...BUNDLES.webview,
    entryPoints: [join(import.meta.dirname, 'page.ts')],
    absWorkingDir: ROOT,
    write: false,
  });
  const script = outputFiles[0]?.text ?? '';
  await page.route(`${ORIGIN}/**`, (route) =>
    route.request().url().endsWith(SCRIPT)
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({
          contentType: 'text/html',
          body: `<!DOCTYPE html><script src="${SCRIPT}"></script>`,
        }),
  );
  await page.goto(ORIGIN);
  let isSame = true;
  for (const { choice, sample } of CASES) {
    const file = `samples/${sample}.resilience.yaml`;
    const text = await readFile(join(ROOT, file), 'utf8');
    const inNode = hash(JSON.stringify(simulate(analyse(text, file), choice)));
    for (const workers of WORKERS) {
      const outcome = await page.evaluate(
        ([url, config, count]) => {
          const { simulate } = globalThis as unknown as { simulate: SimulateInPage };
          return simulate(url, config, count);
        },
        [SCRIPT, { text, file, choice }, workers] as const,
      );
      if (hash(outcome) === inNode) continue;
      isSame = false;
      console.error(`e2e: ${file} in ${workers} browser worker(s) is not what it is in Node`);
    }
  }
  console.log(
    `e2e: simulations in a browser's workers ${isSame ? 'are' : 'are NOT'} those in Node`,
  );
  return isSame;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
