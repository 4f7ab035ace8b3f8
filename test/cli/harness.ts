import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Context } from '../../cli/context.ts';
import { run } from '../../cli/run.ts';

/** The folder of the whole project, where the samples lie. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Shares that the progress bar was told. */
  readonly progress: readonly number[];
}

/** Runs `faultline` in this process, with nobody watching. */
export async function faultline(
  args: readonly string[],
  world: Partial<Context> = {},
): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const progress: number[] = [];
  const code = await run(args, {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    isTerminal: false,
    cwd: ROOT,
    env: {},
    version: '1.2.3',
    onInterrupt: () => () => {},
    startProgress: () => ({ update: (share) => progress.push(share), stop: () => {} }),
    loadReportPage: async () => ({ css: '/* css */', script: '/* script */' }),
    ...world,
  });
  return { code, stdout: stdout.join(''), stderr: stderr.join(''), progress };
}

/** Compares output with a file of this folder; `UPDATE_GOLDEN=1` rewrites it. Read the difference. */
export function expectGolden(name: string, actual: string): void {
  const file = fileURLToPath(new URL(`golden/${name}.golden.txt`, import.meta.url));
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, actual);
  expect(existsSync(file), `${file}: run with UPDATE_GOLDEN=1 to write it`).toBe(true);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}

/** What every message to a user keeps to: no stack, no `undefined`, nothing unprintable. */
export function expectCalm(text: string): void {
  expect(text).not.toMatch(/^\s+at .+:\d+/m);
  expect(text).not.toMatch(/undefined|NaN|\[object|node:internal/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the purpose
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
}
