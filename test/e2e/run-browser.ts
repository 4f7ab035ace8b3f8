/** Runs the suite in the browser-hosted editor: server, headless Chromium, and the page's hooks. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { startDriver } from './driver.ts';
import { openBrowser } from './editor/browser.ts';
import { installEditor } from './editor/install.ts';
import { type Served, serve } from './editor/serve.ts';
import { type Prepared, ROOT, SCREENSHOTS, SETTINGS } from './prepare.ts';
import { sameBytesInBrowser } from './same-bytes/check.ts';
import { serveToWebHost } from './web/serve.ts';

/** For the whole suite; a run that needs longer hangs. */
const RUN_LIMIT_MS = 5 * 60_000;

/** How a run ended: the suite's exit code, or why there is none. */
type Outcome = { code: number; logs: readonly HostLog[] } | { why: string };

/** A log file of the extension host, as VS Code hands it over at its exit. */
interface HostLog {
  readonly relativePath: string;
  readonly contents: string;
}

/** Which hosts of extensions to run the suites in. */
export interface Hosts {
  /** Node, on the side of VS Code's server. */
  readonly node: boolean;
  /** A worker of the browser. */
  readonly web: boolean;
}

/** Runs the suites; gives the exit code for this process. */
export async function runInBrowser(prepared: Prepared, hosts: Hosts): Promise<number> {
  const editor = await installEditor();
  const served = await serve(editor, SETTINGS);
  try {
    const { browser, page, program } = await openBrowser(editor);
    let shown = page;
    const driver = await startDriver(async () => shown, SCREENSHOTS);
    try {
      await prepared.tellAddress(driver.address);
      console.log(`e2e: VS Code's server with ${program}`);
      const codes: number[] = [];
      if (hosts.node) {
        const ownPage = await browser.newPage();
        codes.push((await sameBytesInBrowser(ownPage)) ? 0 : 1);
        await ownPage.close();
        const payload = { extensionDevelopmentPath: ROOT, extensionTestsPath: prepared.suite };
        codes.push(await runInPage(page, served, served.url(prepared.workspace, payload)));
      }
      if (hosts.web) {
        shown = await page.context().newPage();
        const url = served.url(prepared.workspace);
        await serveToWebHost(shown, url, driver.address);
        codes.push(await runInPage(shown, served, url));
      }
      return Math.max(...codes);
    } finally {
      await driver.close();
      await browser.close();
    }
  } finally {
    await served.stop();
  }
}

/** Opens the editor in `page`, waits for the suite's end, and explains a failure. */
async function runInPage(page: Page, served: Served, url: string): Promise<number> {
  const log: string[] = [];
  const { outcome } = await watch(page, served, (line) => log.at(-1) === line || log.push(line));
  await page.goto(url);
  const ended = await outcome;
  if ('code' in ended && ended.code === 0) {
    return 0;
  }
  await explain(ended, page);
  console.error(`--- the editor's console\n${log.slice(-40).join('\n')}`);
  console.error(await served.logTail(40));
  return 1;
}

/** Hooks into the page; `outcome` is the first of: the suite's end, the server's, the page's, the
 * time limit. In an object, because awaiting a promise of a promise would await both. */
async function watch(
  page: Page,
  served: Served,
  log: (line: string) => void,
): Promise<{ outcome: Promise<Outcome> }> {
  let settle: (outcome: Outcome) => void = () => {};
  const settled = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const limit = setTimeout(() => {
    settle({ why: `The suite did not end within ${RUN_LIMIT_MS / 60_000} minutes.` });
  }, RUN_LIMIT_MS);
  page.once('crash', () => settle({ why: 'The page of the editor crashed.' }));
  page.once('close', () => settle({ why: 'The page of the editor was closed.' }));
  void served.ended.then(() => settle({ why: "VS Code's server ended by itself." }));
  // VS Code calls these two functions of its window, where there are such, when it runs tests.
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    log(format(...args));
  });
  await page.exposeFunction('codeAutomationExit', (code: number, logs: readonly HostLog[] = []) => {
    settle({ code, logs });
  });
  return { outcome: settled.finally(() => clearTimeout(limit)) };
}

/** Prints what helps to see why a run failed. */
async function explain(ended: Outcome, page: Page): Promise<void> {
  console.error('code' in ended ? `e2e: the suite failed (${ended.code})` : `e2e: ${ended.why}`);
  await mkdir(SCREENSHOTS, { recursive: true });
  const picture = join(SCREENSHOTS, 'failure.png');
  await page.screenshot({ path: picture, timeout: 10_000 }).then(
    () => console.error(`e2e: the editor at the end: ${picture}`),
    () => console.error('e2e: no picture of the editor could be taken'),
  );
  for (const log of 'code' in ended ? ended.logs : []) {
    if (/exthost/i.test(log.relativePath) && log.contents.trim()) {
      const tail = log.contents.trimEnd().split('\n').slice(-40).join('\n');
      console.error(`--- ${log.relativePath}\n${tail}`);
    }
  }
}
