import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WATCH_BEGINS, WATCH_ENDS, WatchLog } from './watch.ts';

const tasks = JSON.parse(readFileSync(new URL('../.vscode/tasks.json', import.meta.url), 'utf8'));
const { background, pattern } = tasks.tasks[0].problemMatcher;

describe('the log of a watching build', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-'));
    writeFileSync(join(folder, 'broken.ts'), 'export const a = 1;\nexport const b = ;\n');
    writeFileSync(join(folder, 'sound.ts'), 'export const a = 1;\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function logOf(...entries: string[]): Promise<string[]> {
    const lines: string[] = [];
    const log = new WatchLog((text) => lines.push(...text.split('\n')));
    const builds = entries.map((entry, index) =>
      build({
        absWorkingDir: folder,
        entryPoints: [entry],
        write: false,
        logLevel: 'silent',
        plugins: [log.plugin(String(index))],
      }),
    );
    await Promise.allSettled(builds);
    await vi.waitFor(() => expect(lines).toContain(WATCH_ENDS), 10_000);
    return lines;
  }

  it('begins and ends once, whatever the number of bundles', async () => {
    expect(await logOf('sound.ts', 'sound.ts', 'sound.ts')).toEqual([WATCH_BEGINS, WATCH_ENDS]);
  });

  it('is read by the problem matcher of the editor, once for each error', async () => {
    const lines = await logOf('broken.ts', 'sound.ts', 'broken.ts');
    expect(lines[0]).toMatch(new RegExp(background.beginsPattern));
    expect(lines.at(-1)).toMatch(new RegExp(background.endsPattern));
    const matchers = pattern.map(({ regexp }: { regexp: string }) => new RegExp(regexp));
    const found = lines.flatMap((_, at) => {
      const matches = matchers.map((matcher: RegExp, i: number) =>
        matcher.exec(lines[at + i] ?? ''),
      );
      return matches.every(Boolean) ? [matches.map(([, ...groups]: string[]) => groups)] : [];
    });
    expect(found).toEqual([[['Unexpected ";"'], [], ['broken.ts', '2', '17']]]);
  });
});
