import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bulkhead, BulkheadSeat, type BulkheadTicket } from './bulkhead.ts';
import { BulkheadFullError } from './bulkhead-full-error.ts';

function full(options: { size?: number; queueSize?: number; maxWaitMs?: number } = {}) {
  const bulkhead = new Bulkhead({ name: 'critical', size: 2, ...options });
  const running = Array.from({ length: bulkhead.size }, () => bulkhead.request(0));
  return { bulkhead, running: running as [BulkheadTicket, BulkheadTicket] };
}

describe('Bulkhead', () => {
  it('admits up to its size and rejects at once by default', () => {
    const { bulkhead, running } = full();
    expect(running.map((ticket) => ticket.outcome)).toEqual(['admitted', 'admitted']);
    expect(bulkhead.request(0).outcome).toBe('rejected');
    expect(bulkhead.stats).toMatchObject({ requests: 3, admitted: 2, rejected: 1, timeouts: 0 });
  });

  it('says how much of it is in use', () => {
    const bulkhead = new Bulkhead({ name: 'standard', size: 4 });
    const ticket = bulkhead.request(0);
    expect([bulkhead.inUse, bulkhead.utilisation]).toEqual([1, 0.25]);
    bulkhead.release(ticket, 0);
    expect([bulkhead.inUse, bulkhead.utilisation]).toEqual([0, 0]);
  });

  it('remembers the peaks of slots and queue', () => {
    const { bulkhead, running } = full({ queueSize: 3 });
    const waiter = bulkhead.request(0);
    bulkhead.cancel(bulkhead.request(0));
    bulkhead.cancel(waiter);
    for (const ticket of running) bulkhead.release(ticket, 0);
    bulkhead.request(0);
    expect(bulkhead.stats).toMatchObject({ peakInUse: 2, peakQueued: 2 });
  });

  it('makes a release without an acquire impossible', () => {
    const { bulkhead, running } = full();
    const rejected = bulkhead.request(0);
    bulkhead.release(rejected, 0);
    bulkhead.release(full().running[0], 0);
    expect(bulkhead.inUse).toBe(2);
    bulkhead.release(running[0], 0);
    bulkhead.release(running[0], 0);
    expect(bulkhead.inUse).toBe(1);
  });

  it.each([
    { size: 0 },
    { size: 1.5 },
    { queueSize: -1 },
    { maxWaitMs: -1 },
    { maxWaitMs: Number.NaN },
  ])('refuses %j', (options) => {
    expect(() => new Bulkhead({ name: 'x', size: 1, ...options })).toThrow(RangeError);
  });

  it('has an error for a full pool that carries its name and utilisation', () => {
    const error = new BulkheadFullError('critical', 1);
    expect(error).toMatchObject({ pool: 'critical', utilisation: 1 });
    expect(error.message).toBe("Resource pool 'critical' is exhausted: 100% in use");
  });
});

describe('the queue of a Bulkhead', () => {
  it('is first in, first out, and passes the slot on without letting a newcomer in', () => {
    const { bulkhead, running } = full({ queueSize: 2 });
    const [first, second] = [bulkhead.request(1), bulkhead.request(2)];
    expect([first.outcome, second.outcome]).toEqual(['queued', 'queued']);
    expect(bulkhead.release(running[0], 3)).toBe(first);
    expect([first.outcome, running[0].outcome]).toEqual(['admitted', 'released']);
    expect([bulkhead.inUse, bulkhead.queued]).toEqual([2, 1]);
    expect(bulkhead.next).toBe(second);
    expect(bulkhead.release(first, 4)).toBe(second);
    expect(bulkhead.next).toBeUndefined();
  });

  it('is bounded: rejections are counted apart from timeouts', () => {
    const { bulkhead } = full({ queueSize: 1 });
    const waiter = bulkhead.request(0);
    expect(bulkhead.request(0).outcome).toBe('rejected');
    expect(bulkhead.expire(waiter, 10_000)).toBe(true);
    expect(bulkhead.stats).toMatchObject({ requests: 4, admitted: 2, rejected: 1, timeouts: 1 });
  });

  it('lets nobody wait longer than ten seconds by default', () => {
    const { bulkhead } = full({ queueSize: 1 });
    const waiter = bulkhead.request(500);
    expect(waiter.deadlineMs).toBe(10_500);
    expect(bulkhead.expire(waiter, 10_499)).toBe(false);
    expect(waiter.outcome).toBe('queued');
    expect(bulkhead.expire(waiter, 10_500)).toBe(true);
    expect(waiter.outcome).toBe('timed-out');
    expect(bulkhead.queued).toBe(0);
  });

  it('admits a waiter at its very deadline if the slot comes first', () => {
    const { bulkhead, running } = full({ queueSize: 1, maxWaitMs: 100 });
    const waiter = bulkhead.request(0);
    expect(bulkhead.release(running[0], 100)).toBe(waiter);
    expect(bulkhead.expire(waiter, 100)).toBe(false);
  });

  it('skips waiters past their deadline when a slot is released, and counts them once', () => {
    const { bulkhead, running } = full({ queueSize: 3, maxWaitMs: 100 });
    const [late, alsoLate] = [bulkhead.request(0), bulkhead.request(0)];
    const inTime = bulkhead.request(50);
    expect(bulkhead.release(running[0], 101)).toBe(inTime);
    expect(bulkhead.expire(late, 101)).toBe(true);
    expect(bulkhead.expire(alsoLate, 101)).toBe(true);
    expect(bulkhead.stats.timeouts).toBe(2);
  });

  it('gives the places of waiters past their deadline to newcomers', () => {
    const { bulkhead } = full({ queueSize: 1, maxWaitMs: 100 });
    const late = bulkhead.request(0);
    expect(bulkhead.request(101).outcome).toBe('queued');
    expect(late.outcome).toBe('timed-out');
  });

  it('says when the first of the waiters has waited for long enough', () => {
    const { bulkhead } = full({ queueSize: 2, maxWaitMs: 100 });
    expect(bulkhead.nextDeadlineMs).toBe(Number.POSITIVE_INFINITY);
    const waiter = bulkhead.request(10);
    bulkhead.request(20);
    expect(bulkhead.nextDeadlineMs).toBe(110);
    bulkhead.cancel(waiter);
    expect(bulkhead.nextDeadlineMs).toBe(120);
  });

  it('makes nobody wait for longer because the clock stepped back', () => {
    const { bulkhead } = full({ queueSize: 1, maxWaitMs: 100 });
    const waiter = bulkhead.request(86_400_000);
    expect(bulkhead.expire(waiter, 0)).toBe(false);
    expect(bulkhead.nextDeadlineMs).toBe(100);
    expect(bulkhead.expire(waiter, 100)).toBe(true);
  });

  it('is left by a cancelled waiter, from the middle too', () => {
    const { bulkhead, running } = full({ queueSize: 3 });
    const [first, second, third] = [bulkhead.request(0), bulkhead.request(0), bulkhead.request(0)];
    bulkhead.cancel(second);
    bulkhead.cancel(second);
    expect([bulkhead.queued, bulkhead.stats.cancelled]).toEqual([2, 1]);
    expect(bulkhead.release(running[0], 1)).toBe(first);
    expect(bulkhead.release(running[1], 1)).toBe(third);
    expect(bulkhead.expire(second, 99_999)).toBe(false);
  });

  it('is not touched by cancelling a ticket that does not wait', () => {
    const { bulkhead, running } = full();
    bulkhead.cancel(running[0]);
    expect([running[0].outcome, bulkhead.inUse]).toEqual(['admitted', 2]);
  });
});

describe('any history of a Bulkhead', () => {
  const step = fc.record({
    do: fc.constantFrom('request', 'release', 'expire', 'cancel'),
    ticket: fc.nat(30),
    ms: fc.nat(60),
  });

  it('never exceeds its limits, counts every request once, and ends with nothing in use', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.nat(3),
        fc.array(step, { maxLength: 200 }),
        (size, queueSize, steps) => {
          const bulkhead = new Bulkhead({ name: 'p', size, queueSize, maxWaitMs: 100 });
          const tickets: BulkheadTicket[] = [];
          let nowMs = 0;
          const check = () => {
            const count = (outcome: string) =>
              tickets.filter((ticket) => ticket.outcome === outcome).length;
            expect(bulkhead.inUse).toBeLessThanOrEqual(size);
            expect(bulkhead.queued).toBeLessThanOrEqual(queueSize);
            expect(bulkhead.inUse).toBe(count('admitted'));
            expect(bulkhead.queued).toBe(count('queued'));
            expect(bulkhead.stats).toMatchObject({
              requests: tickets.length,
              admitted: count('admitted') + count('released'),
              rejected: count('rejected'),
              timeouts: count('timed-out'),
              cancelled: count('cancelled'),
            });
            if (bulkhead.queued > 0) expect(bulkhead.inUse).toBe(size);
          };
          for (const { do: action, ticket: index, ms } of steps) {
            nowMs += ms;
            const ticket = tickets[index % tickets.length];
            if (action === 'request' || ticket === undefined) tickets.push(bulkhead.request(nowMs));
            else bulkhead[action](ticket, nowMs);
            check();
          }
          for (const ticket of tickets) bulkhead.cancel(ticket);
          for (const ticket of tickets) bulkhead.release(ticket, nowMs);
          check();
          expect(bulkhead.inUse).toBe(0);
        },
      ),
    );
  });

  it('is that of a list of slots and a list of waiters, whatever the clock does', () => {
    const move = fc.record({
      do: fc.constantFrom('request', 'release', 'cancel'),
      ticket: fc.nat(30),
      ms: fc.oneof({ weight: 9, arbitrary: fc.nat(40) }, fc.integer({ min: -500, max: 0 })),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 200 }), (moves) => {
        const bulkhead = new Bulkhead({ name: 'p', size: 2, queueSize: 3, maxWaitMs: 100 });
        const tickets: BulkheadTicket[] = [];
        let running: BulkheadTicket[] = [];
        let waiting: { ticket: BulkheadTicket; leftMs: number }[] = [];
        let nowMs = 1_000;
        for (const { do: action, ticket: index, ms } of moves) {
          nowMs += ms;
          for (const waiter of waiting) waiter.leftMs -= Math.max(0, ms);
          for (const { ticket, leftMs } of waiting)
            expect(bulkhead.expire(ticket, nowMs)).toBe(leftMs <= 0);
          waiting = waiting.filter(({ leftMs }) => leftMs > 0);

          const ticket = tickets[index % tickets.length];
          if (action === 'request' || ticket === undefined) {
            const newcomer = bulkhead.request(nowMs);
            tickets.push(newcomer);
            if (running.length < 2) running.push(newcomer);
            else if (waiting.length < 3) waiting.push({ ticket: newcomer, leftMs: 100 });
          } else if (action === 'cancel') {
            bulkhead.cancel(ticket);
            waiting = waiting.filter((waiter) => waiter.ticket !== ticket);
          } else {
            const next = running.includes(ticket) ? waiting.shift()?.ticket : undefined;
            expect(bulkhead.release(ticket, nowMs)).toBe(next);
            running = running.filter((one) => one !== ticket);
            if (next) running.push(next);
          }
          const now = (outcome: string) => tickets.filter((one) => one.outcome === outcome);
          expect(new Set(now('admitted'))).toEqual(new Set(running));
          expect(now('queued')).toEqual(waiting.map((waiter) => waiter.ticket));
        }
      }),
    );
  });
});

describe('BulkheadSeat', () => {
  interface Move {
    readonly guest: number;
    readonly kind: 'come' | 'leave';
    readonly afterMs: number;
  }

  const GUESTS = 6;
  const moves = fc.array(
    fc.record<Move>({
      guest: fc.nat(GUESTS - 1),
      kind: fc.constantFrom('come', 'leave'),
      afterMs: fc.nat(4),
    }),
    { maxLength: 80 },
  );

  it('is a ticket again and again as a new one would be each time', () => {
    const play = (moves: readonly Move[], reuses: boolean) => {
      const bulkhead = new Bulkhead({ name: 'p', size: 2, queueSize: 2, maxWaitMs: 5 });
      const seats = Array.from({ length: GUESTS }, () => new BulkheadSeat());
      const tickets: (BulkheadTicket | undefined)[] = [];
      let nowMs = 0;
      return moves.map(({ afterMs, guest, kind }) => {
        nowMs += afterMs;
        const ticket = tickets[guest];
        const isIn = ticket?.outcome === 'admitted' || ticket?.outcome === 'queued';
        if (kind === 'come' && !isIn) {
          tickets[guest] = bulkhead.request(nowMs, reuses ? seats[guest] : undefined);
        } else if (kind === 'leave' && ticket) {
          bulkhead.cancel(ticket);
          bulkhead.release(ticket, nowMs);
        }
        const outcomes = tickets.map((each) => each?.outcome);
        return { outcomes, stats: bulkhead.stats, inUse: bulkhead.inUse, queued: bulkhead.queued };
      });
    };
    fc.assert(
      fc.property(moves, (moves) => {
        expect(play(moves, true)).toEqual(play(moves, false));
      }),
    );
  });
});
