/** The suite for VS Code's extension host in a browser, where there is no Node: `run()` is called there. */
import 'mocha/mocha.js';
import * as driver from '../suite/driver.ts';

/** For one test, waits for workers and webviews included. */
const TEST_LIMIT_MS = 60_000;
/** The driver's address; the build of the suite puts it in. */
declare const DRIVER_ADDRESS: string;

/** Runs all tests; rejects when one failed or none ran. */
export async function run(): Promise<void> {
  driver.connectDriver(async (body) => {
    return (await fetch(DRIVER_ADDRESS, { method: 'POST', body })).text();
  });
  mocha.setup({ ui: 'bdd', reporter: 'spec', color: false, timeout: TEST_LIMIT_MS });
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => void driver.print(formatted(args));
  await import('./extension.ts');
  const stats = await new Promise<Mocha.Stats>((resolve, reject) => {
    const runner = mocha.run(() => (runner.stats ? resolve(runner.stats) : reject(new Error())));
    runner.on('fail', (test) => void driver.screenshot(`failed-web-${test.title}`));
  });
  await driver.print(
    `e2e: ${stats.passes} passed, ${stats.failures} failed in the web extension host`,
  );
  if (stats.failures > 0)
    throw new Error(`${stats.failures} tests failed in the web extension host`);
  if (stats.passes === 0) throw new Error('No test ran in the web extension host.');
}

/** As much of Node's `format` as Mocha's reporter asks for. */
function formatted([first = '', ...others]: readonly unknown[]): string {
  return String(first).replace(/%[sd]/g, () => String(others.shift()));
}
