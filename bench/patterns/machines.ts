/**
 * Measures one machine alone in this process, without promises and clocks: what the simulator pays.
 * Prints what a transition takes, ns; or how much a closed breaker allocates, bytes.
 */
import { argv } from 'node:process';
import { measure } from 'mitata';
import {
  Bulkhead,
  CircuitBreaker,
  ConcurrencyLimit,
  DeadlineEntry,
  DeadlineQueue,
  Hedge,
  RateLimiter,
  ResponseCache,
  Retry,
  RetryBudget,
  type TripOptions,
} from '../../core/patterns/index.ts';
import { createRandom } from '../../core/time/index.ts';

/** Something that happens to a machine, `transitions` of its changes of state at once. */
interface Machine {
  readonly transitions: number;
  readonly step: (nowMs: number) => unknown;
}

/** A call each 0.1 ms, of which every eighth takes another and longer time. */
const STEP_MS = 0.1;
const durationMs = (nowMs: number): number => 1 + (nowMs % 8);

function breaker(trip: TripOptions): Machine {
  const machine = new CircuitBreaker({ trip });
  const step = (nowMs: number): void => {
    machine.succeed(machine.acquire(nowMs), nowMs, durationMs(nowMs));
  };
  return { transitions: 2, step };
}

const backoff = { initialMs: 100, maxMs: 10_000, jitter: 'full' } as const;

export const MACHINES = {
  'breaker, leaky': () => breaker({ kind: 'leaky', failureThreshold: 5 }),
  'breaker, consecutive': () => breaker({ kind: 'consecutive', failureThreshold: 5 }),
  'breaker, count window': () => breaker({ kind: 'count-window', size: 100, failureRate: 0.5 }),
  'breaker, time window': () =>
    breaker({
      kind: 'time-window',
      windowMs: 10_000,
      failureRate: 0.5,
      slowCallRate: 0.5,
      slowCallMs: 100,
    }),
  'breaker, open': () => {
    const machine = new CircuitBreaker({ recoveryTimeoutMs: 1e12 });
    for (let i = 0; i < 5; i++) machine.fail(machine.acquire(0), 0, 1);
    return { transitions: 1, step: (nowMs) => machine.acquire(nowMs) };
  },
  bulkhead: () => {
    const machine = new Bulkhead({ name: 'pool', size: 10 });
    return { transitions: 2, step: (nowMs) => machine.release(machine.request(nowMs), nowMs) };
  },
  retry: () => {
    const machine = new Retry({ attempts: 3, backoff });
    const random = createRandom(1);
    return { transitions: 1, step: (nowMs) => machine.nextDelayMs(1, 0, random, nowMs) };
  },
  'retry budget': () => {
    const machine = new RetryBudget({ ratio: 0.1 });
    const step = (nowMs: number): boolean => {
      machine.recordCall(nowMs);
      return machine.tryRetry(nowMs);
    };
    return { transitions: 2, step };
  },
  hedge: () => {
    const machine = new Hedge({ delayMs: 100, attempts: 2 });
    return { transitions: 2, step: (nowMs) => machine.nextDelayMs(1) + +machine.trySend(1, nowMs) };
  },
  'rate limiter': () => {
    const machine = new RateLimiter({ ratePerSecond: 5_000, burst: 100 });
    return { transitions: 1, step: (nowMs) => machine.take(nowMs) };
  },
  'concurrency limit, AIMD': () => concurrencyLimit('aimd'),
  'concurrency limit, gradient': () => concurrencyLimit('gradient'),
  cache: () => {
    const machine = new ResponseCache<string>({
      maxAgeMs: 1e12,
      staleIfErrorMs: 0,
      maxEntries: 100,
    });
    machine.put('key', 'answer', 0);
    return { transitions: 1, step: (nowMs) => machine.fresh('key', nowMs) };
  },
  'deadline queue': () => {
    const machine = new DeadlineQueue(1_000);
    const entry = new DeadlineEntry();
    const step = (nowMs: number): boolean => {
      machine.add(entry, nowMs);
      return machine.remove(entry);
    };
    return { transitions: 2, step };
  },
} satisfies Record<string, () => Machine>;
export type MachineName = keyof typeof MACHINES;

function concurrencyLimit(kind: 'aimd' | 'gradient'): Machine {
  const machine = new ConcurrencyLimit({ algorithm: { kind }, initial: 10, min: 1, max: 100 });
  const step = (nowMs: number): void => {
    machine.tryAcquire();
    machine.release(nowMs, durationMs(nowMs), 'success');
  };
  return { transitions: 2, step };
}

/** Steps at a time, so that what measures has no part in it. */
const STEPS = 1_000;

async function transitionNs({ step, transitions }: Machine): Promise<number> {
  let nowMs = 0;
  const { min } = await measure(() => {
    for (let i = 0; i < STEPS; i++) {
      nowMs += STEP_MS;
      step(nowMs);
    }
  });
  return min / STEPS / transitions;
}

export interface Memory {
  /** Bytes that the closed path allocates a call. */
  readonly perCall: number;
  /** Bytes that a breaker grows by in ten million further calls. */
  readonly growth: number;
}

function memoryOfBreaker(): Memory {
  const machine = new CircuitBreaker();
  let calls = 0;
  const call = (times: number): void => {
    let nowMs = (calls * STEP_MS) / 10;
    calls += times;
    for (let i = 0; i < times; i++) {
      nowMs += STEP_MS / 10;
      machine.succeed(machine.acquire(nowMs), nowMs, durationMs(nowMs));
    }
  };
  // Until the code is compiled, what is seldom done included: compiling leaves a lot behind.
  for (let i = 0; i < 10_000; i++) call(1_000);
  const before = heapUsed();
  call(1_000_000);
  const perCall = (process.memoryUsage().heapUsed - before) / 1_000_000;
  call(10_000_000);
  return { perCall: Math.max(0, perCall), growth: heapUsed() - before };
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

if (import.meta.main) {
  const [, , name] = argv;
  const machine = name === undefined ? undefined : MACHINES[name as MachineName];
  console.log(JSON.stringify(machine ? await transitionNs(machine()) : memoryOfBreaker()));
}
