/** What the analyser costs: its rules on one file, and the command on many. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '../core/config/index.ts';
import { checkModel } from '../core/rules/index.ts';
import { nativeFile } from './native-file.ts';
import { type Figure, printFigures, quantile } from './table.ts';

const RULE_RUNS = 200;
const FILES = 1_000;
const CLI = new URL('../dist/cli.js', import.meta.url).pathname;

export async function benchAnalysis(): Promise<void> {
  printFigures(
    'Analyser',
    `all rules on a file of 1,000 lines that is read, fastest and median of ${RULE_RUNS}; ` +
      `'faultline check' on ${FILES} files of 200 lines as a process, with its peak memory`,
    [...rulesOnOneFile(), ...(await commandOnManyFiles())],
  );
}

function rulesOnOneFile(): Figure[] {
  const text = nativeFile(1_000);
  const samples: number[] = [];
  for (let i = 0; i < RULE_RUNS; i++) {
    // Read anew, since facts are worked out once for each model.
    const { model } = readConfig(text, 'bench.resilience.yaml');
    const start = performance.now();
    checkModel(model);
    samples.push(performance.now() - start);
  }
  return [
    { name: 'rules, 1,000 lines, fastest', value: Math.min(...samples), unit: 'ms', bound: 5 },
    { name: 'rules, 1,000 lines, median', value: quantile(samples, 0.5), unit: 'ms' },
  ];
}

async function commandOnManyFiles(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  try {
    for (let i = 0; i < FILES; i++) {
      writeFileSync(join(folder, `${i}.resilience.yaml`), nativeFile(200));
    }
    const start = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(REPORT_MEMORY)}`,
      CLI,
      'check',
      folder,
    ]);
    const seconds = (performance.now() - start) / 1_000;
    const peakKb = Number(/peak (\d+)/.exec(stdout)?.[1]);
    return [
      { name: `check, ${FILES} files`, value: seconds, unit: 's', bound: 10 },
      { name: `check, ${FILES} files, peak`, value: peakKb / 1_000, unit: 'MB', bound: 500 },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs in the process that is measured; threads count towards it. */
const REPORT_MEMORY = `
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => console.log('peak ' + process.resourceUsage().maxRSS));
`;
