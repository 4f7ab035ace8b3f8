/** How fast the simulator is: beside others on systems that all can simulate, and on its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, printFigures } from '../table.ts';
import type { LongRun } from './faultline.ts';
import { type Queue, type Result, SYSTEMS, type SystemName } from './systems.ts';

const ROUNDS = 3;
const REQUESTS = 300_000;
/** For those that are slow. */
const FEW_REQUESTS = 30_000;

/** A program that simulates a queue; the same one for all systems. */
interface Contender {
  readonly name: string;
  run(system: SystemName): Result;
  /** How many times as fast Faultline must be, in events a second. */
  readonly factor?: number;
}

/** Another one, or what is missing for it. */
type Peer = Contender | { readonly name: string; readonly missing: string };

export async function benchSimulation(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  try {
    const peers = [cpp(folder), simjs(), simpy()];
    for (const system of Object.keys(SYSTEMS) as SystemName[]) benchQueue(system, peers);
  } finally {
    rmSync(folder, { recursive: true });
  }
  benchAlone();
}

const FAULTLINE: Contender = {
  name: 'Faultline',
  run: (system) => node<Result>('faultline.ts', system, REQUESTS),
};

function benchQueue(system: SystemName, peers: readonly Peer[]): void {
  const contenders = [FAULTLINE, ...peers.filter((peer) => 'run' in peer)];
  const best = new Map<Contender, Result>();
  // Side by side, round by round: the machine drifts, and a ratio only holds at one time.
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of contenders) {
      const result = contender.run(system);
      const { nsPerRequest } = best.get(contender) ?? result;
      best.set(contender, {
        ...result,
        nsPerRequest: Math.min(nsPerRequest, result.nsPerRequest),
      });
    }
  }
  const own = best.get(FAULTLINE) as Result;
  const figures = [...best].flatMap(([contender, result]): Figure[] => {
    const { nsPerRequest } = result;
    const { factor, name } = contender;
    const time: Figure = { name, value: nsPerRequest, unit: 'ns' };
    if (contender === FAULTLINE) return [time];
    const value = own.nsPerRequest / nsPerRequest;
    const ratio: Figure = { name: `Faultline / ${name}`, value, unit: '×' };
    return [time, factor === undefined ? ratio : { ...ratio, bound: 1 / factor }];
  });
  const missing = peers.flatMap((peer) => ('run' in peer ? [] : [`${peer.name}: ${peer.missing}`]));
  const means = [...best.values()].map(({ meanResponse }) => meanResponse.toFixed(2)).join(', ');
  printFigures(
    `Simulation: ${system}`,
    'A request, which is two events: its arrival and its end. One process a contender, the fastest ' +
      `run of ${ROUNDS} rounds.\n  Mean responses, which should agree: ${means}.` +
      missing.map((each) => `\n  Missing – ${each}`).join(''),
    figures,
  );
}

function benchAlone(): void {
  const fastestOf = (what: string, size: number): number =>
    Math.min(
      ...Array.from(
        { length: ROUNDS },
        () => node<Result>('faultline.ts', what, size).nsPerRequest,
      ),
    );
  const { longMb, shortMb } = node<LongRun>('faultline.ts', 'memory', REQUESTS / 3);
  printFigures(
    'Simulation: Faultline alone',
    `One process each, the fastest run of ${ROUNDS} rounds. The chain is service → retry → breaker → ` +
      'bulkhead → timeout → database.',
    [
      { name: 'chain, a request', value: fastestOf('chain', REQUESTS), unit: 'ns', bound: 1_000 },
      {
        name: '1,000 services, a request and its calls',
        value: fastestOf('wide', 1_000),
        unit: 'ns',
      },
      { name: 'memory after a run', value: shortMb, unit: 'MB' },
      { name: 'more after one ten times as long', value: longMb - shortMb, unit: 'MB', bound: 1 },
    ],
  );
}

/** Compiled here, with what a C++ programmer would first try. */
function cpp(folder: string): Peer {
  const name = 'C++ by hand';
  const program = join(folder, 'queue');
  const compiled = spawnSync('g++', ['-O2', '-o', program, pathOf('peers/queue.cpp')]);
  if (compiled.status !== 0) return { name, missing: 'needs g++.' };
  return {
    name,
    factor: 0.5,
    run: (system) => resultOf(program, argumentsOf(SYSTEMS[system], REQUESTS)),
  };
}

function simjs(): Peer {
  const name = 'simjs';
  try {
    createRequire(import.meta.url).resolve('simjs');
  } catch {
    return { name, missing: 'npm install --no-save simjs' };
  }
  return {
    name,
    run: (system) => {
      const { servers, ...others } = SYSTEMS[system];
      // It makes a list of all servers.
      const queue = { ...others, servers: Math.min(servers, 20_000) };
      return node('peers/simjs.ts', ...argumentsOf(queue, FEW_REQUESTS));
    },
  };
}

function simpy(): Peer {
  const name = 'SimPy';
  const python = ['python3', '/usr/bin/python3'].find(
    (each) => spawnSync(each, ['-c', 'from simpy import Environment']).status === 0,
  );
  if (python === undefined) return { name, missing: 'apt-get install python3-simpy3' };
  return {
    name,
    factor: 50,
    run: (system) => {
      const args = argumentsOf(SYSTEMS[system], FEW_REQUESTS);
      return resultOf(python, [pathOf('peers/queue.py'), ...args]);
    },
  };
}

function argumentsOf({ load, places, servers }: Queue, requests: number): string[] {
  return [servers, places, load, requests].map(String);
}

function node<Out>(file: string, ...args: readonly (string | number)[]): Out {
  return resultOf(process.execPath, ['--expose-gc', pathOf(file), ...args.map(String)]);
}

function resultOf<Out>(program: string, args: readonly string[]): Out {
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8' })) as Out;
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

if (import.meta.main) await benchSimulation();
