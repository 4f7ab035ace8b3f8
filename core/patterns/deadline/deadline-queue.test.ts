import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeadlineEntry, DeadlineQueue } from './deadline-queue.ts';

class Named extends DeadlineEntry {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

function waiting(timeoutMs: number, addedAtMs: Readonly<Record<string, number>>) {
  const queue = new DeadlineQueue<Named>(timeoutMs);
  const entries = Object.keys(addedAtMs).map((name) => new Named(name));
  for (const entry of entries) queue.add(entry, addedAtMs[entry.name] ?? 0);
  return { queue, entries: entries as [Named, Named, Named] };
}

function expired(queue: DeadlineQueue<Named>, nowMs: number): string[] {
  const names: string[] = [];
  queue.expire(nowMs, ({ name }) => names.push(name));
  return names;
}

describe('DeadlineQueue', () => {
  it('hands over what is due, the oldest first, and each once', () => {
    const { queue } = waiting(100, { a: 0, b: 10, c: 11 });
    expect(expired(queue, 99)).toEqual([]);
    expect(expired(queue, 110)).toEqual(['a', 'b']);
    expect(expired(queue, 110)).toEqual([]);
    expect(expired(queue, 1e12)).toEqual(['c']);
  });

  it('says when the next one comes due', () => {
    const { queue, entries } = waiting(100, { a: 5, b: 7 });
    expect(queue.nextDeadlineMs).toBe(105);
    queue.remove(entries[0]);
    expect(queue.nextDeadlineMs).toBe(107);
    queue.remove(entries[1]);
    expect(queue.nextDeadlineMs).toBe(Number.POSITIVE_INFINITY);
  });

  it('says how long each still has', () => {
    const { queue, entries } = waiting(100, { a: 0, b: 30 });
    expect(entries.slice(0, 2).map((entry) => queue.leftMs(entry, 110))).toEqual([-10, 20]);
  });

  it('is left from the middle too', () => {
    const { queue, entries } = waiting(100, { a: 0, b: 0, c: 0 });
    expect(queue.remove(entries[1])).toBe(true);
    expect([queue.size, queue.first]).toEqual([2, entries[0]]);
    expect(expired(queue, 100)).toEqual(['a', 'c']);
    expect(queue.first).toBeUndefined();
  });

  it('takes nothing out twice', () => {
    const { queue, entries } = waiting(100, { a: 0, b: 0 });
    expect(queue.remove(new Named('never added'))).toBe(false);
    queue.remove(entries[0]);
    expect(queue.remove(entries[0])).toBe(false);
    expired(queue, 100);
    expect(queue.remove(entries[1])).toBe(false);
    expect(queue.size).toBe(0);
  });

  it('leaves no way from one that is out to those that it waited with', () => {
    const { queue, entries } = waiting(100, { a: 0, b: 0, c: 0 });
    queue.remove(entries[1]);
    expect([entries[1].next, entries[1].previous]).toEqual([entries[1], entries[1]]);
  });

  it('lets one that waits already start again, in another queue too', () => {
    const { queue, entries } = waiting(100, { a: 0, b: 0 });
    queue.add(entries[0], 50);
    expect(expired(queue, 149)).toEqual(['b']);
    const other = new DeadlineQueue<Named>(10);
    other.add(entries[0], 149);
    expect([queue.size, other.size]).toEqual([0, 1]);
    expect(queue.remove(entries[0])).toBe(false);
    expect(expired(other, 159)).toEqual(['a']);
  });

  it('may be changed while it hands over', () => {
    const { queue, entries } = waiting(100, { a: 0, b: 0, c: 0 });
    const names: string[] = [];
    queue.expire(100, (entry) => {
      names.push(entry.name);
      queue.remove(entries[1]);
      queue.add(entry, 101);
    });
    expect(names).toEqual(['a', 'c']);
    expect(queue.nextDeadlineMs).toBe(201);
  });

  it('ends even where everything is due at once and comes back', () => {
    const { queue } = waiting(0, { a: 0, b: 0 });
    let count = 0;
    queue.expire(0, (entry) => {
      count += 1;
      queue.add(entry, 0);
    });
    expect([count, queue.size]).toEqual([2, 2]);
  });

  it('goes on after a callback that throws', () => {
    const { queue } = waiting(100, { a: 0, b: 0 });
    const failing = () => {
      throw new Error('from the callback');
    };
    expect(() => queue.expire(100, failing)).toThrow('from the callback');
    expect(expired(queue, 100)).toEqual(['b']);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a wait of %d ms', (timeoutMs) => {
    expect(() => new DeadlineQueue(timeoutMs)).toThrow(RangeError);
  });
});

describe('a DeadlineQueue whose clock steps back', () => {
  it('makes nothing wait for longer than it had left', () => {
    const { queue, entries } = waiting(100, { a: 86_400_000, b: 86_400_040 });
    expect(queue.leftMs(entries[0], 0)).toBe(60);
    expect(queue.nextDeadlineMs).toBe(60);
    expect(expired(queue, 59)).toEqual([]);
    expect(expired(queue, 60)).toEqual(['a']);
    expect(expired(queue, 100)).toEqual(['b']);
  });

  it('keeps the order of those from before and after the step', () => {
    const { queue } = waiting(100, { before: 1_000, after: 0 });
    expect(expired(queue, 100)).toEqual(['before', 'after']);
  });
});

describe('any history of a DeadlineQueue', () => {
  const step = fc.record({
    do: fc.constantFrom('add', 'remove', 'expire'),
    entry: fc.nat(9),
    // Mostly forward; in quarters, so that sums are exact.
    quarters: fc.oneof({ weight: 9, arbitrary: fc.nat(200) }, fc.integer({ min: -2_000, max: 0 })),
  });

  it('is that of a list in which each waits for its time, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new DeadlineQueue<Named>(100);
        const entries = Array.from({ length: 10 }, (_, i) => new Named(String(i)));
        let model: { name: string; leftMs: number }[] = [];
        let nowMs = 1_000;
        for (const { do: action, entry: index, quarters } of steps) {
          const entry = entries[index] ?? new Named('none');
          const others = model.filter(({ name }) => name !== entry.name);
          // A removal is not told the time.
          const passedMs = action === 'remove' ? 0 : quarters / 4;
          nowMs += passedMs;
          for (const one of model) one.leftMs -= Math.max(0, passedMs);
          if (action === 'remove') {
            expect(queue.remove(entry)).toBe(others.length < model.length);
            model = others;
          } else if (action === 'add') {
            queue.add(entry, nowMs);
            model = [...others, { name: entry.name, leftMs: 100 }];
          } else {
            const due = model.filter(({ leftMs }) => leftMs <= 0).map(({ name }) => name);
            expect(expired(queue, nowMs)).toEqual(due);
            model = model.filter(({ leftMs }) => leftMs > 0);
          }
          expect(queue.size).toBe(model.length);
          expect(queue.first?.name).toBe(model[0]?.name);
        }
        expect(expired(queue, nowMs + 100)).toEqual(model.map(({ name }) => name));
      }),
    );
  });

  it('has its first entry due at the moment it says, to the last bit of a fractional clock', () => {
    const time = fc.double({ min: 0, max: 1e13, noNaN: true });
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 20 }), (times) => {
        const queue = new DeadlineQueue<Named>(33.3);
        for (const nowMs of times) queue.add(new Named('x'), nowMs);
        expect(expired(queue, queue.nextDeadlineMs).length).toBeGreaterThan(0);
      }),
    );
  });
});
