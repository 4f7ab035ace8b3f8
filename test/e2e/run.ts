/**
 * Runs the end-to-end suite in a real VS Code; `npm run test:e2e` calls it after a build.
 *
 * By default the editor is VS Code's own server with a headless Chromium, both from npm packages.
 * The suite runs in its extension host in Node, and a shorter one in the extension host in the browser;
 * `FAULTLINE_E2E=node` and `FAULTLINE_E2E=web` run only one. `FAULTLINE_E2E=desktop` runs the suite in a
 * desktop VS Code instead.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, ROOT } from './prepare.ts';
import { runInBrowser } from './run-browser.ts';
import { runOnDesktop } from './run-desktop.ts';

/** Ends with an exit code at these, so that the handlers of `exit` leave nothing behind. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}

try {
  if (!existsSync(join(ROOT, 'dist'))) {
    throw new Error('There is no dist folder: build the extension first (npm run build).');
  }
  const prepared = await prepare();
  const wanted = process.env.FAULTLINE_E2E;
  const hosts = { node: wanted !== 'web', web: wanted !== 'node' };
  process.exitCode = await (wanted === 'desktop'
    ? runOnDesktop(prepared)
    : runInBrowser(prepared, hosts));
} catch (error) {
  console.error(`e2e: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
