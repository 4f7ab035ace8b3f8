import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Bulkhead,
  type BulkheadTicket,
  CircuitBreaker,
  CircuitOpenError,
  REJECTED,
  Retry,
  RetryBudget,
  STOP,
  type TripOptions,
} from '../patterns/index.ts';
import { createRandom, VirtualClock } from '../time/index.ts';
import { BreakerPolicy } from './breaker-policy.ts';
import { BulkheadPolicy } from './bulkhead-policy.ts';
import { RetryPolicy } from './retry-policy.ts';
import { controlled, watch } from './testing/controlled.ts';

// The promise of the whole design, tested: what happens live is what the machine does that the
// simulator runs, because it is that machine. Each random history is played twice, once through the
// shell on a virtual clock, once with the machine alone, and all that can be seen must be the same.

const step = fc.record({
  do: fc.constantFrom('start', 'start', 'succeed', 'fail', 'cancel'),
  which: fc.nat(20),
  ms: fc.oneof(fc.constant(0), fc.nat(50), fc.nat(1_500)),
});
// Long, or hardly any of them would open a breaker or fill a queue.
const history = fc.array(step, { minLength: 30, maxLength: 100 });

/** Calls under way, in the order of their start; `pick` wraps around. */
function underway<T>() {
  const calls: T[] = [];
  return {
    add: (call: T) => calls.push(call),
    pick(which: number): T | undefined {
      return calls.splice(which % Math.max(1, calls.length), 1)[0];
    },
  };
}

describe('A live breaker and its machine', () => {
  const trips: TripOptions[] = [
    { kind: 'leaky', failureThreshold: 3 },
    { kind: 'consecutive', failureThreshold: 2 },
    { kind: 'count-window', size: 6, failureRate: 0.5, slowCallRate: 0.5, slowCallMs: 400 },
    { kind: 'time-window', windowMs: 1_000, failureRate: 0.5, minimumCalls: 3 },
  ];

  it.each(trips)('go through the same states: $kind', async (trip) => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const options = { trip, recoveryTimeoutMs: 500, successThreshold: 2, halfOpenLimit: 2 };
        const clock = new VirtualClock();
        const policy = new BreakerPolicy({ ...options, clock });
        const machine = new CircuitBreaker(options);
        const calls = underway<{
          readonly number: number;
          readonly caller: AbortController;
          readonly permit: number;
          readonly startedMs: number;
        }>();
        const { operation, run, runs } = controlled();

        for (const { do: action, which, ms } of steps) {
          await clock.advance(ms);
          const nowMs = clock.nowMs();
          if (action === 'start') {
            const caller = new AbortController();
            const watched = watch(policy.execute(operation, { signal: caller.signal }));
            await clock.advance(0);
            const permit = machine.acquire(nowMs);
            expect(watched.error instanceof CircuitOpenError).toBe(permit === REJECTED);
            const number = runs.length;
            if (permit !== REJECTED) calls.add({ number, caller, permit, startedMs: nowMs });
          } else {
            const call = calls.pick(which);
            if (call === undefined) continue;
            const durationMs = nowMs - call.startedMs;
            if (action === 'succeed') {
              run(call.number).resolve('done');
              machine.succeed(call.permit, nowMs, durationMs);
            } else if (action === 'fail') {
              run(call.number).reject('broken');
              machine.fail(call.permit, nowMs, durationMs);
            } else {
              call.caller.abort('gone');
              machine.cancel(call.permit);
            }
            await clock.advance(0);
          }
          expect(policy.state).toEqual(machine.state);
          expect(policy.metrics).toEqual(machine.metrics(nowMs));
          expect(policy.snapshot()).toEqual(machine.snapshot(nowMs));
        }
      }),
    );
  });
});

describe('A live bulkhead and its machine', () => {
  it('admit, queue, reject and time out the same calls', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const options = { name: 'pool', size: 2, queueSize: 2, maxWaitMs: 300 };
        const clock = new VirtualClock();
        const policy = new BulkheadPolicy({ pool: options, clock });
        const machine = new Bulkhead(options);
        const calls = underway<{
          readonly ticket: BulkheadTicket;
          readonly caller: AbortController;
          readonly end: { run: (outcome: 'resolve' | 'reject') => void };
        }>();
        const tickets: BulkheadTicket[] = [];

        for (const { do: action, which, ms } of steps) {
          await clock.advance(ms);
          const nowMs = clock.nowMs();
          for (const ticket of tickets) machine.expire(ticket, nowMs);
          if (action === 'start') {
            const caller = new AbortController();
            const end = { run: (_: 'resolve' | 'reject') => {} };
            const operation = () =>
              new Promise<void>((resolve, reject) => {
                end.run = (outcome) => (outcome === 'resolve' ? resolve() : reject('broken'));
              });
            watch(policy.execute(operation, { signal: caller.signal }));
            const ticket = machine.request(nowMs);
            tickets.push(ticket);
            calls.add({ ticket, caller, end });
          } else {
            const call = calls.pick(which);
            if (call === undefined) continue;
            if (call.ticket.outcome === 'queued' || action === 'cancel') {
              call.caller.abort('gone');
              machine.cancel(call.ticket);
            }
            // Also one that was cancelled: it holds its slot until it has really ended.
            call.end.run(action === 'fail' ? 'reject' : 'resolve');
            machine.release(call.ticket, nowMs);
          }
          await clock.advance(0);
          expect(policy.stats).toEqual(machine.stats);
        }
      }),
    );
  });
});

describe('A live retry and its machine', () => {
  it('wait equally long before the same number of tries', async () => {
    const failures = fc.array(fc.record({ tookMs: fc.nat(200), retryAfterMs: fc.nat(400) }), {
      maxLength: 8,
    });
    const options = fc.record({
      attempts: fc.integer({ min: 1, max: 6 }),
      jitter: fc.constantFrom('none', 'full', 'equal', 'decorrelated'),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(failures, options, async (fails, { attempts, jitter, seed }) => {
        const backoff = { initialMs: 50, maxMs: 300, jitter };
        const budget = () => new RetryBudget({ ratio: 0.2, minRetriesPerSecond: 0.4 });
        const clock = new VirtualClock();
        const policy = new RetryPolicy({
          attempts,
          backoff,
          clock,
          budget: budget(),
          random: createRandom(seed),
          retryAfterMs: (failure) => (typeof failure === 'number' ? failure : undefined),
        });
        const startedMs: number[] = [];
        const operation = async () => {
          const failure = fails[startedMs.push(clock.nowMs()) - 1];
          if (failure === undefined) return 'done';
          await new Promise<void>((resolve) => clock.after(failure.tookMs, resolve));
          throw failure.retryAfterMs;
        };
        watch(policy.execute(operation));
        await clock.advance(60_000);

        const machine = new Retry({ attempts, backoff, budget: budget() });
        const random = createRandom(seed);
        const expectedMs = [0];
        machine.recordCall(0);
        let nowMs = 0;
        let delayMs = 0;
        for (const { tookMs, retryAfterMs } of fails) {
          nowMs += tookMs;
          const failed = expectedMs.length;
          delayMs = machine.nextDelayMs(failed, delayMs, random, nowMs, retryAfterMs);
          if (delayMs === STOP) break;
          nowMs += delayMs;
          expectedMs.push(nowMs);
        }
        expect(startedMs.length).toBe(expectedMs.length);
        for (const [i, ms] of startedMs.entries()) expect(ms).toBeCloseTo(expectedMs[i] ?? -1, 6);
      }),
    );
  });
});
