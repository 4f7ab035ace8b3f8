import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

const emptyQueue = () => new EventQueue(10_000, () => expect.unreachable());

const IDLE = { nowMs: 0, events: 0, isStopped: false };

function drain(queue: EventQueue): number[] {
  const clock = { ...IDLE };
  const times: number[] = [];
  while (queue.runNext(clock, Number.POSITIVE_INFINITY)) times.push(clock.nowMs);
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
      const put = (atMs: number, isNow = false) => {
        const id = expected.push({ atMs, id: expected.length }) - 1;
        if (isNow) queue.pushNow({ ...IDLE, nowMs: atMs }, happen, { atMs, id });
        else queue.push(atMs, happen, { atMs, id });
      };
      const happen = ({ atMs, id }: { atMs: number; id: number }) => {
        happened.push(id);
        // Of those for the same time every other one in the other way.
        for (const delayMs of delays[id] ?? []) {
          put(atMs + delayMs, delayMs === 0 && expected.length % 2 === 0);
        }
      };
      for (let root = 0; root < roots; root++) put(root % 7);
      drain(queue);
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

test('nothing happens on an empty queue, or before its time', () => {
  const queue = emptyQueue();
  const clock = { ...IDLE };
  expect(queue.runNext(clock, Number.POSITIVE_INFINITY)).toBe(false);
  queue.push(3, () => expect.unreachable(), undefined);
  expect(queue.runNext(clock, 2)).toBe(false);
  expect(clock.nowMs).toBe(0);
});

test('a queue holds as many events as it may and no more', () => {
  const full = new Error('full');
  const queue = new EventQueue(3000, () => {
    throw full;
  });
  for (let i = 0; i < 3000; i++) queue.push(i, () => {}, i);
  expect(() => queue.push(0, () => {}, 0)).toThrow(full);
  queue.runNext({ ...IDLE }, 0);
  expect(() => queue.push(0, () => {}, 0)).not.toThrow();
});
