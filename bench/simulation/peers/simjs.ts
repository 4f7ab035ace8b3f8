/**
 * M/M/c/K with simjs, where somebody has installed it: it has had no release since 2018, so it is
 * no dependency. Prints the fastest of a few runs as JSON. Arguments: servers, places, load, requests.
 */
import { createRequire } from 'node:module';
import { argv } from 'node:process';
import type { Queue, Result } from '../systems.ts';

/** As much of it as is used here; the package has no types of its own. */
interface SimJs {
  readonly Sim: new () => {
    addEntity(entity: unknown): void;
    simulate(end: number): void;
  };
  readonly Random: new (seed: number) => { exponential(rate: number): number };
  readonly Facility: (new (
    name: string,
    discipline: number,
    servers: number,
  ) => Facility) & {
    readonly FCFS: number;
  };
  readonly Entity: new () => {
    time(): number;
    setTimer(delay: number): { done(callback: () => void): void };
    useFacility(facility: Facility, duration: number): { done(callback: () => void): void };
  };
}

interface Facility {
  readonly free: number;
  readonly queue: { size(): number };
}

function simulate({ load, places, servers }: Queue, requests: number, seed: number): number {
  const { Entity, Facility, Random, Sim } = page.Sim as SimJs;
  const [arrivals, services] = [new Random(seed), new Random(seed + 1)];
  const facility = new Facility('servers', Facility.FCFS, servers);
  let left = requests;
  let total = 0;
  let answered = 0;
  class Source extends Entity {
    start(): void {
      if (left-- === 0) return;
      if (servers - facility.free + facility.queue.size() < places) {
        const begin = this.time();
        this.useFacility(facility, services.exponential(1)).done(() => {
          total += this.time() - begin;
          answered++;
        });
      }
      this.setTimer(arrivals.exponential(load)).done(() => this.start());
    }
  }
  const sim = new Sim();
  sim.addEntity(Source);
  sim.simulate(Number.MAX_SAFE_INTEGER);
  return total / answered;
}

// It was made for pages: what it exports it only puts there.
const page: { Sim?: SimJs } = {};
Object.assign(globalThis, { window: page });
createRequire(import.meta.url)('simjs');

const [servers, places, load, requests] = argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
];
let nsPerRequest = Number.POSITIVE_INFINITY;
let meanResponse = Number.NaN;
for (let seed = 1; seed <= 5; seed++) {
  const begin = performance.now();
  meanResponse = simulate({ servers, places, load }, requests, seed);
  nsPerRequest = Math.min(nsPerRequest, (1e6 * (performance.now() - begin)) / requests);
}
const result: Result = { nsPerRequest, meanResponse };
console.log(JSON.stringify(result));
