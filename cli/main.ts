#!/usr/bin/env node
/**
 * The `faultline` command as a process, and each of its other threads. Built into one file,
 * dist/cli.js.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { Context, ReportPage } from './context.ts';
import { EXIT, Misuse } from './exit.ts';
import { internalError } from './internal-error.ts';
import { startProgress } from './progress.ts';
import { run } from './run.ts';
import { serveTasks } from './workers/serve.ts';

/** This file's folder lies in the package folder, as source and as bundle. */
const packageFolder = new URL('../', import.meta.url);
const { argv, env, stderr, stdout } = process;

// `faultline check . | head` hangs up early. What was found does not change by that.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fail(error);
  });
}
process.on('uncaughtException', fail);

const context: Context = {
  stdout,
  stderr,
  isTerminal: stdout.isTTY === true,
  ...(stdout.columns > 0 && { columns: stdout.columns }),
  cwd: process.cwd(),
  env,
  version: JSON.parse(readFileSync(new URL('package.json', packageFolder), 'utf8')).version,
  threads: { count: availableParallelism(), script: new URL(import.meta.url) },
  onInterrupt,
  startProgress: () => startProgress(stderr),
  loadReportPage,
};
// The process ends by itself once everything is written; `process.exit` would cut it off.
if (parentPort) serveTasks(parentPort);
else process.exitCode = await run(argv.slice(2), context);

/** Once: who presses Ctrl-C again wants it to end now. */
function onInterrupt(listener: () => void): () => void {
  process.once('SIGINT', listener);
  return () => process.off('SIGINT', listener);
}

async function loadReportPage(): Promise<ReportPage> {
  return { css: await readBuilt('style.css'), script: await readBuilt('report.js') };
}

/** The page is built for the editor's panel too, so it lies beside this bundle rather than in it. */
async function readBuilt(name: string): Promise<string> {
  const path = `dist/webview/${name}`;
  try {
    return await readFile(new URL(path, packageFolder), 'utf8');
  } catch (cause) {
    const message = `The package has no '${path}', which '--html' needs. Run 'npm run build'.`;
    throw new Misuse(message, { cause });
  }
}

function fail(error: unknown): void {
  stderr.write(`${internalError(error, Boolean(env.FAULTLINE_DEBUG))}\n`);
  process.exit(EXIT.internal);
}
