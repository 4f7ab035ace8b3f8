import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

const emptyQueue = () => new EventQueue(10_000, () => expect.unreachable());

function drain(queue: EventQueue): number[] {
  const times: number[] = [];
  while (queue.size > 0) {
    times.push(queue.nextTimeMs);
    queue.runNext();
  }
  return times;
}

test('events come out by time, and by insertion where times are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 3000 }), (times) => {
      const queue = emptyQueue();
      const seen: number[] = [];
      for (const [index, time] of times.entries()) queue.push(time, (i) => seen.push(i), index);
      const sorted = times.map((time, index) => ({ time, index })).sort((a, b) => a.time - b.time);
      expect(drain(queue)).toEqual(sorted.map(({ time }) => time));
      expect(seen).toEqual(sorted.map(({ index }) => index));
    }),
    { numRuns: 30 },
  );
});

test('order holds whatever events put in while they happen', () => {
  const children = fc.array(fc.nat(5), { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(children, { maxLength: 300 }), fc.nat(50), (delays, roots) => {
      const queue = emptyQueue();
      const expected: { atMs: number; id: number }[] = [];
      const happened: number[] = [];
      const put = (atMs: number) => {
        const id = expected.push({ atMs, id: expected.length }) - 1;
        queue.push(atMs, happen, { atMs, id });
      };
      const happen = ({ atMs, id }: { atMs: number; id: number }) => {
        happened.push(id);
        for (const delayMs of delays[id] ?? []) put(atMs + delayMs);
      };
      for (let root = 0; root < roots; root++) put(root % 7);
      while (queue.size > 0) queue.runNext();
      expected.sort((a, b) => a.atMs - b.atMs || a.id - b.id);
      expect(happened).toEqual(expected.map(({ id }) => id));
    }),
    { numRuns: 100 },
  );
});

test('an event may put new ones in, also for the same time', () => {
  const queue = emptyQueue();
  const seen: string[] = [];
  const say = (word: string) => seen.push(word);
  queue.push(
    1,
    (word: string) => {
      say(word);
      queue.push(1, say, 'third');
    },
    'first',
  );
  queue.push(1, say, 'second');
  drain(queue);
  expect(seen).toEqual(['first', 'second', 'third']);
});

test('an empty queue has no next time', () => {
  expect(emptyQueue().nextTimeMs).toBe(Number.POSITIVE_INFINITY);
});

test('a queue holds as many events as it may and no more', () => {
  const full = new Error('full');
  const queue = new EventQueue(3000, () => {
    throw full;
  });
  for (let i = 0; i < 3000; i++) queue.push(i, () => {}, i);
  expect(() => queue.push(0, () => {}, 0)).toThrow(full);
  queue.runNext();
  expect(() => queue.push(0, () => {}, 0)).not.toThrow();
});
