/** How fast years of failures and repairs are simulated: 50 components in 10 groups. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../core/config/index.ts';
import { runYears } from '../../core/years/index.ts';
import { type Figure, printFigures } from '../table.ts';

const GROUPS = 10;
const MEMBERS = 5;
const NEEDED = 3;
const MTBF_HOURS = 720;
const MTTR_HOURS = 24;
/** Twenty years of fifty components are a thousand years of one. */
const SHORT_YEARS = 20;
const LONG_YEARS = 1_000;
const ROUNDS = 3;

interface Result {
  readonly ms: number;
  /** Share of time that a group is down: what all contenders should agree on. */
  readonly down: number;
}

export async function benchYears(): Promise<void> {
  const byHand = compiled();
  let own = faultline(LONG_YEARS);
  let peer = byHand?.(LONG_YEARS);
  // Side by side, round by round: the machine drifts, and a ratio only holds at one time.
  for (let round = 1; round < ROUNDS; round++) {
    own = faster(own, faultline(LONG_YEARS));
    peer = peer && faster(peer, byHand?.(LONG_YEARS) ?? peer);
  }
  let short = faultline(SHORT_YEARS);
  for (let round = 1; round < ROUNDS; round++) short = faster(short, faultline(SHORT_YEARS));
  const shares = [own, ...(peer ? [peer] : [])].map(({ down }) => down.toExponential(3)).join(', ');
  const figures: Figure[] = [
    { name: '1,000 component-years', value: short.ms / 1000, unit: 's', bound: 1 },
    { name: '50,000 component-years', value: own.ms / 1000, unit: 's' },
  ];
  if (peer) {
    figures.push(
      { name: '50,000 in C++ by hand', value: peer.ms / 1000, unit: 's' },
      { name: 'Faultline / C++', value: own.ms / peer.ms, unit: '×' },
    );
  }
  printFigures(
    'Simulation: years of failures',
    `${GROUPS} groups that need ${NEEDED} of ${MEMBERS}, failing every ${MTBF_HOURS} h and back after ${MTTR_HOURS} h; the fastest of ${ROUNDS} rounds.\n` +
      `  Shares of time down, which should agree: ${shares}.${peer ? '' : '\n  Missing – C++ by hand: needs g++.'}`,
    figures,
  );
}

function faultline(years: number): Result {
  const groups = Array.from({ length: GROUPS }, (_, group) => {
    const members = Array.from({ length: MEMBERS }, (_, member) => `c${group}-${member}`);
    return `  g${group}:
    minHealthy: ${NEEDED}
    active: [${members.join(', ')}]
    failures: { mtbf: ${MTBF_HOURS}h }
    recovery: { time: ${MTTR_HOURS}h, successRate: 100%, distribution: exponential }
`;
  });
  const { model } = readConfig(`version: 1\nredundancy:\n${groups.join('')}`, 'years.yaml');
  const begin = performance.now();
  const run = runYears(model, { seed: 1, years });
  const ms = performance.now() - begin;
  if (run.kind !== 'done') throw new Error(`The years were not simulated: ${run.kind}.`);
  return { ms, down: run.groups.reduce((sum, { down }) => sum + down.mean, 0) / GROUPS };
}

/** None without a compiler. */
function compiled(): ((years: number) => Result) | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const program = join(folder, 'years');
  const source = fileURLToPath(new URL('by-hand.cpp', import.meta.url));
  if (spawnSync('g++', ['-O2', '-o', program, source, '-std=c++17']).status !== 0) return undefined;
  return (years) => {
    const args = [GROUPS, MEMBERS, NEEDED, MTBF_HOURS, MTTR_HOURS, years].map(String);
    return JSON.parse(execFileSync(program, args, { encoding: 'utf8' }));
  };
}

function faster(a: Result, b: Result): Result {
  return b.ms < a.ms ? b : a;
}

if (import.meta.main) await benchYears();
