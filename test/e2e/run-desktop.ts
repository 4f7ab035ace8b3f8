/**
 * Runs the same suite in a desktop VS Code: the one that `FAULTLINE_VSCODE` names, or one that
 * `@vscode/test-electron` downloads. The driver reaches its window through the debugging port.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startDriver } from './driver.ts';
import { type Prepared, ROOT, SCREENSHOTS, SETTINGS } from './prepare.ts';

/** Runs the suite; gives the exit code for this process. */
export async function runOnDesktop(prepared: Prepared): Promise<number> {
  const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
  const program =
    process.env.FAULTLINE_VSCODE ??
    (await downloadAndUnzipVSCode().catch((error: unknown) => {
      throw new Error(
        `FAULTLINE_E2E=desktop needs a desktop VS Code, and none could be downloaded (${error}). ` +
          `Name an installed one in FAULTLINE_VSCODE, or unset FAULTLINE_E2E for the browser.`,
      );
    }));
  const userData = join(prepared.folder, 'user');
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(SETTINGS));

  const port = await freePort();
  let page: Promise<Page> | undefined;
  const driver = await startDriver(() => {
    page ??= attach(port);
    return page;
  }, SCREENSHOTS);
  try {
    await prepared.tellAddress(driver.address);
    return await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: prepared.suite,
      launchArgs: [
        prepared.workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        `--user-data-dir=${userData}`,
        `--remote-debugging-port=${port}`,
      ],
    });
  } finally {
    await (await page?.catch(() => undefined))?.context().browser()?.close();
    await driver.close();
  }
}

/** The window of the editor that listens for debuggers on `port`. */
async function attach(port: number): Promise<Page> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const pages = browser.contexts().flatMap((context) => context.pages());
  const page = pages.find((candidate) => candidate.url().includes('workbench'));
  if (!page) {
    throw new Error('The desktop editor shows no window that the driver could use.');
  }
  return page;
}

/** A port that was free a moment ago: Electron cannot say which one it would choose itself. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
