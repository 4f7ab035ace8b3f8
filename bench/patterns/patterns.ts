import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Figure, printFigures, quantile } from '../table.ts';
import { MACHINES, type Memory } from './machines.ts';
import { LIBRARIES, type Library, type Measured } from './measure.ts';
import { SCENARIOS, type Scenario } from './subject.ts';

const NAMES: Readonly<Record<Library, string>> = {
  faultline: 'Faultline',
  faultlineEveryReading: 'Faultline, reading the clock each time',
  cockatiel: 'cockatiel',
  opossum: 'opossum, retries by p-retry',
  byHand: 'by hand',
};

/** What a call may take in comparison with one through another library. */
const BOUNDS: Readonly<Record<Scenario, { readonly to: Library; readonly ratio: number }>> = {
  breaker: { to: 'cockatiel', ratio: 0.7 },
  stack: { to: 'cockatiel', ratio: 0.55 },
  full: { to: 'byHand', ratio: 0.9 },
  rejected: { to: 'cockatiel', ratio: 0.1 },
};

const ROUNDS = 3;
const TRANSITION_BOUND_NS = 25;

/** Live policies beside other libraries, and the machines inside them alone. */
export async function benchPatterns(): Promise<void> {
  for (const scenario of Object.keys(SCENARIOS) as Scenario[]) benchScenario(scenario);
  benchMachines();
}

function benchScenario(scenario: Scenario): void {
  const libraries = Object.keys(LIBRARIES) as Library[];
  // Side by side, round by round: the machine drifts, and a ratio only holds at one time.
  const rounds = Array.from({ length: ROUNDS }, () =>
    Object.fromEntries(
      libraries.map((library) => [library, run<Measured>('measure.ts', library, scenario)]),
    ),
  );
  const median = (value: (round: Record<string, Measured>) => number) =>
    quantile(rounds.map(value), 0.5);
  const callNs = (library: Library) => (round: Record<string, Measured>) =>
    round[library]?.callNs ?? Number.NaN;
  const { to, ratio } = BOUNDS[scenario];
  printFigures(
    `Live: ${SCENARIOS[scenario]}`,
    `An operation that answers at once; one process a library, the fastest samples, the median of ${ROUNDS} rounds.`,
    [
      {
        name: 'bare await',
        value: median((round) => round.faultline?.bareNs ?? Number.NaN),
        unit: 'ns',
      },
      ...libraries.map((library) => ({
        name: NAMES[library],
        value: median(callNs(library)),
        unit: 'ns',
      })),
      {
        name: `Faultline / ${NAMES[to]}`,
        value: median((round) => callNs('faultline')(round) / callNs(to)(round)),
        unit: '×',
        bound: ratio,
      },
    ],
  );
}

function benchMachines(): void {
  const transitions = Object.keys(MACHINES).map((name): Figure => {
    const value = run<number>('machines.ts', name);
    return { name, value, unit: 'ns', bound: TRANSITION_BOUND_NS };
  });
  const { growth, perCall } = run<Memory>('machines.ts');
  printFigures(
    'Machines alone: a transition',
    'No clock, no promise: a call every 0.1 ms of virtual time; one process a machine, the fastest samples.',
    [
      ...transitions,
      { name: 'allocated by a closed breaker a call', value: perCall, unit: 'B', bound: 1 },
      {
        name: 'grown by a breaker in 10 million calls',
        value: growth / 1_000,
        unit: 'kB',
        bound: 10,
      },
    ],
  );
}

function run<Result>(file: string, ...args: readonly string[]): Result {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const flags = ['--expose-gc', path, ...args];
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' })) as Result;
}
