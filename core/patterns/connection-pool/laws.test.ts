import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectionPool } from './connection-pool.ts';
import type { ConnectionTicket } from './connection-ticket.ts';

type Ticket = ConnectionTicket<number>;

const ACQUIRE_TIMEOUT_MS = 50;

const ACTIONS = [
  'acquire',
  'acquire',
  'open',
  'open',
  'fail',
  'release',
  'release',
  'break',
  'cancel',
  'evict',
  'prepare',
] as const;

interface Step {
  readonly do: (typeof ACTIONS)[number];
  /** Picks one of those that it can be done with. */
  readonly which: number;
  readonly passedMs: number;
}

const histories = fc.array(
  fc.record<Step>({ do: fc.constantFrom(...ACTIONS), which: fc.nat(), passedMs: fc.nat(30) }),
  { maxLength: 120 },
);

const sizes = fc.record({ max: fc.integer({ min: 1, max: 4 }), minIdle: fc.nat(1) });

/** Somebody who uses a pool as it says, and keeps a record of everything. */
class Driver {
  readonly pool: ConnectionPool<number>;
  readonly tickets: Ticket[] = [];
  readonly opening: Ticket[] = [];
  /** Connections that are open. */
  readonly open = new Set<number>();
  /** Who waits, in the order of arrival. */
  waiting: Ticket[] = [];
  nowMs = 0;
  #connections = 0;

  constructor(options: { max: number; minIdle: number }) {
    this.pool = new ConnectionPool<number>({
      name: 'pool',
      queueSize: 3,
      acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
      idleTimeoutMs: 100,
      maxLifetimeMs: 400,
      ...options,
      onDiscard: (connection) => {
        expect(this.open.delete(connection), 'discarded while open, and once').toBe(true);
        expect(this.leases.map((ticket) => ticket.connection)).not.toContain(connection);
      },
    });
  }

  get leases(): Ticket[] {
    return this.tickets.filter(({ outcome }) => outcome === 'leased');
  }

  do({ do: action, which, passedMs }: Step): void {
    this.nowMs += passedMs;
    const { nowMs, pool } = this;
    const pick = (from: readonly Ticket[]) => from[which % from.length];
    if (action === 'acquire') this.#take(pool.acquire(nowMs));
    if (action === 'prepare') this.#take(pool.prepare(nowMs));
    if (action === 'evict') pool.evict(nowMs);
    if (action === 'open') this.openOne(pick(this.opening));
    if (action === 'fail') this.failOne(pick(this.opening));
    if (action === 'release') this.release(pick(this.leases), false);
    if (action === 'break') this.release(pick(this.leases), true);
    if (action === 'cancel') {
      const ticket = pick(this.tickets);
      if (ticket) pool.cancel(ticket);
    }
    this.waiting = this.waiting.filter(({ outcome }) => outcome === 'waiting');
  }

  openOne(ticket: Ticket | undefined): void {
    if (!ticket) return;
    this.opening.splice(this.opening.indexOf(ticket), 1);
    this.#connections += 1;
    this.open.add(this.#connections);
    this.#serve(this.pool.opened(ticket, this.#connections, this.nowMs));
  }

  failOne(ticket: Ticket | undefined): void {
    if (!ticket) return;
    this.opening.splice(this.opening.indexOf(ticket), 1);
    this.#serve(this.pool.failed(ticket, this.nowMs));
  }

  release(ticket: Ticket | undefined, isBroken: boolean): void {
    if (ticket) this.#serve(this.pool.release(ticket, this.nowMs, isBroken));
  }

  #take(ticket: Ticket | undefined): void {
    if (!ticket) return;
    this.tickets.push(ticket);
    if (ticket.outcome === 'waiting') this.waiting.push(ticket);
    if (ticket.outcome === 'connect' || ticket.outcome === 'spare') this.opening.push(ticket);
  }

  /** Whoever is served has to be the first of those who still wait. */
  #serve(ticket: Ticket | undefined): void {
    if (!ticket) return;
    const first = this.waiting.find((each) => each === ticket || each.outcome === 'waiting');
    expect(ticket).toBe(first);
    expect(this.nowMs).toBeLessThanOrEqual(ticket.deadlineMs);
    if (ticket.outcome === 'connect') this.opening.push(ticket);
    else expect(ticket.outcome).toBe('leased');
  }
}

function check(law: (driver: Driver, steps: readonly Step[]) => void): void {
  fc.assert(
    fc.property(sizes, histories, (size, steps) => law(new Driver(size), steps)),
    { numRuns: 300 },
  );
}

describe('whatever happens to a connection pool', () => {
  it('there are never more connections than may be, open or being opened', () => {
    check((driver, steps) => {
      for (const step of steps) {
        driver.do(step);
        expect(driver.open.size + driver.opening.length).toBeLessThanOrEqual(driver.pool.max);
      }
    });
  });

  it('no connection is leased to two callers, nor after it was discarded', () => {
    check((driver, steps) => {
      for (const step of steps) {
        driver.do(step);
        const leased = driver.leases.map(({ connection }) => connection ?? -1);
        expect(new Set(leased).size).toBe(leased.length);
        for (const connection of leased) expect(driver.open).toContain(connection);
      }
    });
  });

  it('nobody waits while there is a connection for it, or room for one', () => {
    check((driver, steps) => {
      for (const step of steps) {
        driver.do(step);
        const { idle, inUse, opening, waiting } = driver.pool.stats;
        if (waiting > 0) expect([idle, inUse + opening]).toEqual([0, driver.pool.max]);
      }
    });
  });

  it('the figures are what happened', () => {
    check((driver, steps) => {
      for (const step of steps) {
        driver.do(step);
        const { stats } = driver.pool;
        const count = (wanted: string) =>
          driver.tickets.filter(({ outcome }) => outcome === wanted).length;
        expect(stats.inUse).toBe(driver.leases.length);
        expect(stats.idle + stats.inUse).toBe(driver.open.size);
        expect(stats.opening).toBe(driver.opening.length);
        expect(stats.waiting).toBe(driver.waiting.length);
        const discarded = stats.evicted + stats.expired + stats.broken + stats.closed;
        expect(stats.created - discarded).toBe(driver.open.size);
        expect(stats.timeouts).toBe(count('timed-out'));
        expect(stats.cancelled).toBe(count('cancelled'));
        expect(stats.rejected).toBe(count('rejected'));
      }
    });
  });

  it('nobody gets a connection once it is closed, and in the end none is left', () => {
    check((driver, steps) => {
      const half = Math.floor(steps.length / 2);
      for (const step of steps.slice(0, half)) driver.do(step);
      driver.pool.close();
      const before = driver.leases;
      for (const step of steps.slice(half)) {
        driver.do(step);
        for (const lease of driver.leases) expect(before).toContain(lease);
      }
      while (driver.opening.length > 0) driver.openOne(driver.opening[0]);
      for (const ticket of driver.leases) driver.release(ticket, false);
      expect(driver.open.size).toBe(0);
      expect(driver.pool.stats).toMatchObject({ inUse: 0, idle: 0, opening: 0, waiting: 0 });
    });
  });

  it('every caller is served, rejected, fails or times out, and in the end nothing is in use', () => {
    check((driver, steps) => {
      for (const step of steps) driver.do(step);
      for (const ticket of driver.tickets) driver.pool.expire(ticket, driver.nowMs);
      while (driver.opening.length > 0) driver.openOne(driver.opening[0]);
      driver.nowMs += ACQUIRE_TIMEOUT_MS;
      for (const ticket of driver.tickets) driver.pool.expire(ticket, driver.nowMs);
      for (const ticket of driver.leases) driver.release(ticket, false);
      expect(driver.pool.stats).toMatchObject({ inUse: 0, opening: 0, waiting: 0 });
      for (const { outcome } of driver.tickets) {
        expect(['waiting', 'connect', 'leased']).not.toContain(outcome);
      }
      driver.nowMs += 1_000;
      driver.pool.evict(driver.nowMs);
      expect(driver.open.size).toBe(0);
    });
  });
});
