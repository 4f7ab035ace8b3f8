import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Replication, type ReplicationOptions } from './replication.ts';

const COPIES = ['a', 'b', 'c', 'd'];
const LAG_MS = 20;

interface Step {
  readonly do: 'write' | 'fail' | 'recover';
  readonly id: string;
  readonly passedMs: number;
  /** Decides which copies are waited for. */
  readonly turn: number;
}

const histories = fc.array(
  fc.record<Step>({
    do: fc.constantFrom('write', 'write', 'write', 'fail', 'recover'),
    id: fc.constantFrom(...COPIES),
    passedMs: fc.nat(15),
    turn: fc.nat(3),
  }),
  { maxLength: 80 },
);

const systems: fc.Arbitrary<ReplicationOptions> = fc.oneof(
  fc.constant({ mode: 'async', copies: COPIES, lagMs: LAG_MS } as const),
  fc.constant({ mode: 'sync', copies: COPIES } as const),
  fc.record({
    mode: fc.constant('quorum' as const),
    copies: fc.constant(COPIES),
    write: fc.integer({ min: 1, max: 4 }),
    read: fc.integer({ min: 1, max: 4 }),
    lagMs: fc.constantFrom(0, LAG_MS),
  }),
);

/** Copies with real logs: each write reaches each copy as late as the lag allows. */
class Logs {
  readonly #lagMs: number;
  readonly #writtenAtMs: number[] = [];
  readonly #logs = new Map(COPIES.map((id) => [id, new Set<number>()]));
  readonly #upSinceMs = new Map(COPIES.map((id) => [id, Number.NEGATIVE_INFINITY]));

  constructor(lagMs: number) {
    this.#lagMs = lagMs;
  }

  get up(): string[] {
    return COPIES.filter((id) => this.#upSinceMs.has(id));
  }

  /** @param at the copies that have it before it is done. */
  write(at: readonly string[], nowMs: number): void {
    const write = this.#writtenAtMs.push(nowMs) - 1;
    for (const id of at) this.#log(id).add(write);
  }

  fail(id: string): void {
    this.#upSinceMs.delete(id);
  }

  recover(id: string, nowMs: number): void {
    if (!this.#upSinceMs.has(id)) this.#upSinceMs.set(id, nowMs);
  }

  /** Lets everything arrive that has to be there by now. */
  arrive(nowMs: number): void {
    for (const id of this.up) {
      if (!this.isUpToDate(id, nowMs)) continue;
      this.#writtenAtMs.forEach((atMs, write) => {
        if (atMs <= nowMs - this.#lagMs) this.#log(id).add(write);
      });
    }
  }

  isUpToDate(id: string, nowMs: number): boolean {
    return nowMs - (this.#upSinceMs.get(id) ?? nowMs) >= this.#lagMs && this.up.includes(id);
  }

  size(id: string): number {
    return this.#log(id).size;
  }

  /** When the writes were made that none of these copies has. */
  missing(ids: readonly string[]): number[] {
    return this.#writtenAtMs.filter((_, write) => !ids.some((id) => this.#log(id).has(write)));
  }

  #log(id: string): Set<number> {
    return this.#logs.get(id) ?? new Set();
  }
}

/** Runs a history on the machine and on logs; `check` comes before each step. */
function replay(
  options: ReplicationOptions,
  steps: readonly Step[],
  check: (replication: Replication, logs: Logs, nowMs: number) => void,
): void {
  const replication = new Replication(options);
  const lagMs = options.mode === 'sync' ? 0 : (options.lagMs ?? 0);
  const logs = new Logs(lagMs);
  let nowMs = 0;
  for (const step of steps) {
    for (let passed = 0; passed < step.passedMs; passed += 1) {
      nowMs += 1;
      logs.arrive(nowMs);
    }
    logs.arrive(nowMs);
    check(replication, logs, nowMs);
    if (step.do === 'fail') {
      replication.fail(step.id, nowMs);
      logs.fail(step.id);
    } else if (step.do === 'recover') {
      replication.recover(step.id, nowMs);
      logs.recover(step.id, nowMs);
    } else if (replication.canWrite && logs.up.includes(step.id)) {
      const others = logs.up.filter((id) => id !== step.id);
      const inTurn = [...others.slice(step.turn), ...others.slice(0, step.turn)];
      logs.write([step.id, ...inTurn].slice(0, replication.acknowledgements), nowMs);
      replication.recordWrite(step.id, nowMs);
    }
  }
}

describe('whatever happens to the copies', () => {
  it('a failover loses no more than is said, in time and in number', () => {
    fc.assert(
      fc.property(systems, histories, (options, steps) => {
        replay(options, steps, (replication, logs, nowMs) => {
          for (const from of logs.up) {
            const failover = replication.failover(from, nowMs);
            if (failover.kind === 'impossible') {
              expect(logs.up).toEqual([from]);
              continue;
            }
            const survivors = logs.up.filter((id) => id !== from);
            const upToDate = survivors.filter((id) => logs.isUpToDate(id, nowMs));
            // A quorum asks all that are up to date; the others rely on the one that takes over.
            const isQuorum = options.mode === 'quorum' && upToDate.length > 0;
            const lost = logs.missing(isQuorum ? upToDate : [failover.to]);
            // What nobody else has, but had been lost before, is lost only once.
            const lostHere = lost.filter((atMs) => !logs.missing([from]).includes(atMs));
            expect(failover.lostWrites).toBeGreaterThanOrEqual(lostHere.length);
            for (const atMs of lostHere) expect(nowMs - atMs).toBeLessThanOrEqual(failover.lostMs);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('no other copy would lose less than the one that takes over', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const options = { mode: 'async', copies: COPIES, lagMs: LAG_MS } as const;
        // With one that takes all writes, logs are longer or shorter and never differ otherwise.
        const single = steps.map((step) => (step.do === 'write' ? { ...step, id: 'a' } : step));
        replay(options, single, (replication, logs, nowMs) => {
          const failover = replication.failover('a', nowMs);
          if (failover.kind === 'impossible') return;
          const survivors = logs.up.filter((id) => id !== 'a');
          const longest = Math.max(...survivors.map((id) => logs.size(id)));
          expect(logs.size(failover.to)).toBe(longest);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('a read asks a copy that has the last write, where that is promised', () => {
    fc.assert(
      fc.property(systems, histories, (options, steps) => {
        if (options.mode !== 'quorum') return;
        replay(options, steps, (replication, logs) => {
          if (!replication.readsSeeLastWrite || !replication.canRead) return;
          const answering = logs.up.slice(0, options.read);
          expect(logs.missing(answering)).toEqual([]);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('the same history gives the same answers', () => {
    fc.assert(
      fc.property(systems, histories, (options, steps) => {
        const run = () => {
          const answers: unknown[] = [];
          replay(options, steps, (replication, _, nowMs) => {
            const { canRead, canWrite } = replication;
            answers.push(canRead, canWrite, replication.failover('a', nowMs));
          });
          return answers;
        };
        expect(run()).toEqual(run());
      }),
    );
  });
});
