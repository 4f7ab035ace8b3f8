/**
 * Opens VS Code so that the extension runs in the browser's own extension host: it comes from an address
 * of the web, as one of a gallery does, and not from the disk of the server.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { ROOT } from '../prepare.ts';

const EXTENSION = '/faultline-extension';
/** VS Code runs a suite where it runs the extension that holds it. */
const SUITE = `${EXTENSION}/suite.cjs`;
const TYPES: Readonly<Record<string, string>> = {
  cjs: 'text/javascript',
  css: 'text/css',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  svg: 'image/svg+xml',
};
/** Answers what `page` asks for, for the editor at `editorUrl`. */
export async function serveToWebHost(page: Page, editorUrl: string, driver: string): Promise<void> {
  const { host, origin } = new URL(editorUrl);
  const suite = await bundleSuite(driver);
  const headers = { 'access-control-allow-origin': '*' };
  await page
    .context()
    .route(`${origin}${SUITE}/**`, (route) =>
      route.fulfill({ headers, contentType: 'text/javascript', body: suite }),
    );
  await page.context().route(`${origin}${EXTENSION}/**`, async (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname);
    if (path === SUITE) {
      await route.fulfill({ headers, contentType: 'text/javascript', body: suite });
      return;
    }
    const file = join(ROOT, path.slice(EXTENSION.length));
    const contentType = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    await readFile(file).then(
      (body) => route.fulfill({ headers, contentType, body }),
      () => route.fulfill({ headers, status: 404 }),
    );
  });
  const at = (path: string) => ({ scheme: 'http', authority: host, path });
  await page.addInitScript(setUp, {
    extensions: [at(EXTENSION)],
    extensionTestsPath: at(SUITE),
  });
}

/** As much of a page as is needed here: this project is compiled without its types. */
interface Document {
  readonly readyState: string;
  addEventListener(type: 'readystatechange', listener: () => void): void;
  getElementById(id: string): {
    getAttribute(name: string): string;
    setAttribute(name: string, value: string): void;
  };
}

/** Runs in the page: completes how VS Code is to be set up, before its script reads that. */
function setUp(options: object): void {
  const { document } = globalThis as unknown as { document: Document };
  document.addEventListener('readystatechange', () => {
    if (document.readyState !== 'interactive') return;
    const meta = document.getElementById('vscode-workbench-web-configuration');
    const settings = JSON.parse(meta.getAttribute('data-settings'));
    settings.developmentOptions = { ...settings.developmentOptions, ...options };
    meta.setAttribute('data-settings', JSON.stringify(settings));
  });
}

/** The suite as one CommonJS script, for that is what the host of extensions loads. */
async function bundleSuite(driver: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'index.ts')],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    // Mocha would take the module of the suite for its own.
    define: { DRIVER_ADDRESS: JSON.stringify(driver), module: 'undefined' },
  });
  return outputFiles[0]?.text ?? '';
}
