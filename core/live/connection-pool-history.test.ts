import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectionPool, type ConnectionTicket } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { ConnectionPoolPolicy } from './connection-pool-policy.ts';
import { connector, type TestConnection } from './testing/connector.ts';
import { watch } from './testing/controlled.ts';
import { expectNoUnhandledRejections } from './testing/unhandled.ts';

// Each random history is played twice, through the shell and with the machine alone, as those of the
// other policies are in history.test.ts.

expectNoUnhandledRejections();

const OPTIONS = {
  name: 'pool',
  max: 2,
  queueSize: 2,
  acquireTimeoutMs: 300,
  idleTimeoutMs: 700,
  maxLifetimeMs: 2_000,
};

const ACTIONS = ['start', 'start', 'open', 'open', 'refuse', 'succeed', 'fail', 'cancel'] as const;

interface Step {
  readonly do: (typeof ACTIONS)[number];
  /** Picks one of those that it can be done with. */
  readonly which: number;
  readonly ms: number;
}

const histories = fc.array(
  fc.record<Step>({
    do: fc.constantFrom(...ACTIONS),
    which: fc.nat(20),
    ms: fc.oneof(fc.constant(0), fc.nat(50), fc.nat(900)),
  }),
  { minLength: 30, maxLength: 100 },
);

interface TestCall {
  readonly caller: AbortController;
  readonly ticket: ConnectionTicket<number>;
  /** Undefined until the operation runs. */
  end: ((outcome: 'resolve' | 'reject') => void) | undefined;
}

/** The machine, driven as it says, by somebody who has no timers but knows the time. */
class Machine {
  readonly pool = new ConnectionPool<number>({ ...OPTIONS, onDiscard: () => {} });
  readonly tickets: ConnectionTicket<number>[] = [];
  /** Those that were to open a connection, the first in front. */
  readonly opening: ConnectionTicket<number>[] = [];
  #nowMs = 0;

  acquire(nowMs: number): ConnectionTicket<number> {
    const ticket = this.pool.acquire(nowMs);
    this.tickets.push(ticket);
    if (ticket.outcome === 'connect') this.opening.push(ticket);
    return ticket;
  }

  pass(nowMs: number): void {
    for (const ticket of this.tickets) this.pool.expire(ticket, nowMs);
    let atMs = this.pool.nextEvictionAtMs(this.#nowMs);
    for (; atMs <= nowMs; atMs = this.pool.nextEvictionAtMs(atMs)) this.pool.evict(atMs);
    this.#nowMs = nowMs;
  }

  serve(next: ConnectionTicket<number> | undefined): void {
    if (next?.outcome === 'connect') this.opening.push(next);
  }
}

describe('A live connection pool and its machine', () => {
  it('have the same figures, whatever happens', async () => {
    await fc.assert(fc.asyncProperty(histories, (steps) => play(steps)));
  });
});

async function play(steps: readonly Step[]): Promise<void> {
  const clock = new VirtualClock();
  const connections = connector();
  connections.waits = true;
  const policy = new ConnectionPoolPolicy<TestConnection>({
    ...OPTIONS,
    ...connections.handling,
    clock,
  });
  const machine = new Machine();
  const calls: TestCall[] = [];
  const openings = () => connections.openings.runs.filter((run) => !ended.has(run));
  const ended = new Set<unknown>();
  for (const { do: action, which, ms } of steps) {
    await clock.advance(ms);
    const nowMs = clock.nowMs();
    machine.pass(nowMs);
    if (action === 'start') {
      const caller = new AbortController();
      const call: TestCall = { caller, ticket: machine.acquire(nowMs), end: undefined };
      const operation = () =>
        new Promise<void>((resolve, reject) => {
          call.end = (outcome) => (outcome === 'resolve' ? resolve() : reject('broken'));
        });
      watch(policy.execute(operation, { signal: caller.signal }));
      calls.push(call);
    } else if (action === 'open' || action === 'refuse') {
      const place = which % Math.max(1, machine.opening.length);
      const [run, [ticket]] = [openings()[place], machine.opening.splice(place, 1)];
      expect(run === undefined).toBe(ticket === undefined);
      if (run === undefined || ticket === undefined) continue;
      ended.add(run);
      if (action === 'open') run.resolve();
      else run.reject('refused');
      machine.serve(
        action === 'open'
          ? machine.pool.opened(ticket, connections.connections.length, nowMs)
          : machine.pool.failed(ticket, nowMs),
      );
    } else {
      const [call] = calls.splice(which % Math.max(1, calls.length), 1);
      if (call === undefined) continue;
      expect(call.end !== undefined).toBe(call.ticket.outcome === 'leased');
      if (action === 'cancel' || call.end === undefined) {
        call.caller.abort('gone');
        machine.pool.cancel(call.ticket);
      }
      // Also one that was cancelled: it has its connection until it has really ended.
      const fails = action === 'fail' || (action === 'cancel' && which % 2 === 0);
      call.end?.(fails ? 'reject' : 'resolve');
      machine.serve(machine.pool.release(call.ticket, nowMs, fails));
    }
    await clock.advance(0);
    expect(policy.stats).toEqual(machine.pool.stats);
    expect(connections.open).toHaveLength(policy.stats.idle + policy.stats.inUse);
  }
  const closed = watch(policy.close());
  for (const run of openings()) run.resolve();
  for (const { end } of calls) end?.('resolve');
  await clock.advance(0);
  expect([closed.state, connections.open, clock.pendingTimers]).toEqual(['resolved', [], 0]);
}
