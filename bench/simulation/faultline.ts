/** Simulates one system with the engine that the report comes from, alone in this process. */
import { argv } from 'node:process';
import { readConfig } from '../../core/config/index.ts';
import type { Model } from '../../core/model/model.ts';
import { type Replication, runReplication } from '../../core/simulation/replication.ts';
import {
  CHAIN_CONFIG,
  CHAIN_PER_SECOND,
  queueConfig,
  type Result,
  SYSTEMS,
  type SystemName,
  wideConfig,
} from './systems.ts';

const RUNS = 10;

export interface LongRun {
  /** What is in use after a run, and after one that simulates ten times as long, MB. */
  readonly shortMb: number;
  readonly longMb: number;
}

function modelOf(yaml: string, seconds: number): Model {
  const text = `version: 1\n${yaml}\nsimulation: { duration: ${1000 * seconds}ms }\n`;
  return readConfig(text, 'bench.resilience.yaml').model;
}

function replicate(model: Model, seed: number): Replication {
  const run = runReplication(model, {
    scenario: undefined,
    seed,
    replication: 0,
    mostEvents: Number.POSITIVE_INFINITY,
    journal: () => {},
    goOn: () => true,
  });
  if (!run) throw new Error('The run was given up.');
  return run;
}

function fastest(model: Model): Result {
  let nsPerRequest = Number.POSITIVE_INFINITY;
  let meanResponse = Number.NaN;
  for (let seed = 0; seed < RUNS; seed++) {
    const begin = performance.now();
    const { summary, world } = replicate(model, seed);
    const ns = 1e6 * (performance.now() - begin);
    nsPerRequest = Math.min(nsPerRequest, ns / summary.arrived);
    meanResponse = world.statistics.latency.meanMs;
  }
  return { nsPerRequest, meanResponse };
}

/** In use beside what was there before, with the run still held. */
function heapAfter(model: Model): number {
  const run = replicate(model, 0);
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return run.summary.arrived > 0 ? (heapUsed + arrayBuffers) / 1e6 : Number.NaN;
}

function measure(what: string, size: number): Result | LongRun {
  switch (what) {
    case 'chain':
      return fastest(modelOf(CHAIN_CONFIG, size / CHAIN_PER_SECOND));
    case 'wide':
      return fastest(modelOf(wideConfig(size), 5));
    case 'memory': {
      const seconds = size / CHAIN_PER_SECOND;
      heapAfter(modelOf(CHAIN_CONFIG, seconds));
      const shortMb = heapAfter(modelOf(CHAIN_CONFIG, seconds));
      return { shortMb, longMb: heapAfter(modelOf(CHAIN_CONFIG, 10 * seconds)) };
    }
    default: {
      const queue = SYSTEMS[what as SystemName];
      return fastest(modelOf(queueConfig(queue), size / (1000 * queue.load)));
    }
  }
}

if (import.meta.main) {
  const [what, size] = argv.slice(2) as [string, string];
  console.log(JSON.stringify(measure(what, Number(size))));
}
