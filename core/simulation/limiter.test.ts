import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from '../patterns/index.ts';
import { Engine } from './engine.ts';
import { Limiter } from './limiter.ts';
import type { PoolUser } from './pool.ts';

/** Somebody who notes when the limiter lets him in. */
class Guest implements PoolUser {
  admittedAtMs: number | undefined;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  admitted(): void {
    this.admittedAtMs = this.#engine.nowMs;
  }

  refused(): void {
    throw new Error('A limiter refuses at once or never');
  }
}

function create(ratePerSecond: number, burst: number, maxWaitMs: number) {
  const engine = new Engine();
  return {
    engine,
    limiter: new Limiter(engine, new RateLimiter({ ratePerSecond, burst, maxWaitMs })),
  };
}

describe('Limiter', () => {
  it('lets those behind move up when one who waits leaves, and gives the last turn to the next', () => {
    const { engine, limiter } = create(1, 1, 60_000);
    const guests = Array.from({ length: 6 }, () => new Guest(engine));
    const [, b, , , e, f] = guests as [Guest, Guest, Guest, Guest, Guest, Guest];
    for (const guest of guests.slice(0, 4)) {
      if (limiter.enter(guest) === 'admitted') guest.admitted();
    }
    engine.at(500, (guest: Guest) => limiter.leave(guest), b);
    for (const guest of [e, f]) engine.at(600, (late: Guest) => limiter.enter(late), guest);
    engine.run(10_000, () => true);
    const times = guests.map(({ admittedAtMs }) => admittedAtMs);
    expect(times).toEqual([0, undefined, 1000, 2000, 3000, 4000]);
  });

  it('never lets more in than rate and burst allow, keeps the order, and forgets nobody', () => {
    const visit = fc.record({ atMs: fc.nat(1_000), leavesAfterMs: fc.option(fc.nat(1_500)) });
    fc.assert(
      fc.property(
        fc.array(visit, { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        (visits, burst) => {
          const { engine, limiter } = create(10, burst, 2_000);
          const queued: Guest[] = [];
          const left = new Set<Guest>();
          const times: number[] = [];
          const enter = ({ leavesAfterMs }: { leavesAfterMs: number | null }) => {
            const guest = new Guest(engine);
            const outcome = limiter.enter(guest);
            if (outcome === 'admitted') times.push(engine.nowMs);
            if (outcome !== 'queued') return;
            queued.push(guest);
            if (leavesAfterMs === null) return;
            engine.after(
              leavesAfterMs,
              () => {
                if (guest.admittedAtMs === undefined) left.add(guest);
                limiter.leave(guest);
              },
              undefined,
            );
          };
          for (const each of visits) engine.at(each.atMs, enter, each);
          engine.run(60_000, () => true);
          const stayed = queued
            .filter((guest) => !left.has(guest))
            .map((guest) => guest.admittedAtMs);
          expect(stayed).not.toContain(undefined);
          expect(stayed).toEqual([...stayed].sort((a, b) => (a ?? 0) - (b ?? 0)));
          expect(limiter.queued).toBe(0);
          const all = [...times, ...(stayed as number[])].sort((a, b) => a - b);
          expect(limiter.admitted).toBe(all.length);
          all.forEach((fromMs, first) => {
            all.slice(first).forEach((toMs, index) => {
              expect(index + 1).toBeLessThanOrEqual(burst + (toMs - fromMs) / 100 + 1e-6);
            });
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
