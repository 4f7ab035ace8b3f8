/** The end-to-end suite: VS Code calls `run()` in its extension host, where `vscode` is real. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { format } from 'node:util';
import Mocha from 'mocha';
import { BRIDGE_FILE } from '../bridge.ts';
import * as driver from './driver.ts';

/** For one test, waits for language servers and webviews included. */
const TEST_LIMIT_MS = 60_000;

/** Runs all tests; rejects when one failed or none ran. */
export async function run(): Promise<void> {
  driver.connectDriver(post);
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: TEST_LIMIT_MS });
  // Makes `describe` and `it` mean this suite; the files of tests, imported next, call them.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./smoke.ts');
  await import('./diagnostics.ts');
  await import('./fixes.ts');
  await import('./insights.ts');
  await import('./language.ts');
  await import('./comeback.ts');
  await import('./reach.ts');
  await import('./report.ts');
  await import('./tests.ts');
  await import('./restart.ts');
  mocha.suite.afterEach('keep a picture of a failure', async function () {
    if (this.currentTest?.isFailed()) {
      await driver.screenshot(`failed-${this.currentTest.fullTitle()}`);
    }
  });

  // The reporter's lines go through the bridge too: `print` keeps them in order.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    void driver.print(format(...args));
  };

  const { passes, failures, pending } = await new Promise<Mocha.Stats>((resolve, reject) => {
    const runner = mocha.run(() => (runner.stats ? resolve(runner.stats) : reject(new Error())));
  });
  await driver.print(`e2e: ${passes} passed, ${failures} failed, ${pending} skipped`);
  if (failures > 0 || passes === 0) {
    throw new Error(failures > 0 ? `${failures} end-to-end tests failed` : 'no test ran');
  }
}

/** Not with `fetch`: VS Code replaces it by one that minds the proxy settings of the user. */
function post(body: string): Promise<string> {
  const address = readFileSync(join(__dirname, BRIDGE_FILE), 'utf8');
  return new Promise((resolve, reject) => {
    request(address, { method: 'POST', agent: false }, (response) => {
      text(response).then(resolve, reject);
    })
      .once('error', reject)
      .end(body);
  });
}
