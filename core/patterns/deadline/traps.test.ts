import { describe, expect, it } from 'vitest';
import { DeadlineEntry, DeadlineQueue } from './deadline-queue.ts';

describe('trap 12: durations that overflow', () => {
  it('does not let a wait without end come due at once', () => {
    const queue = new DeadlineQueue(Number.MAX_VALUE);
    queue.add(new DeadlineEntry(), Number.MAX_SAFE_INTEGER);
    const due: DeadlineEntry[] = [];
    queue.expire(Number.MAX_SAFE_INTEGER, (entry) => due.push(entry));
    expect(due).toEqual([]);
    expect(queue.nextDeadlineMs).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });
});

describe('trap 15: an answer after the timeout, and a caller that cancels', () => {
  it('tells a late answer that it comes too late, so that the call ends once', () => {
    const queue = new DeadlineQueue(100);
    const call = new DeadlineEntry();
    const ends: string[] = [];
    queue.add(call, 0);
    queue.expire(100, () => ends.push('timeout'));
    if (queue.remove(call)) ends.push('answer');
    expect(ends).toEqual(['timeout']);
  });

  it('has no timeout for a call that was cancelled or answered in time', () => {
    const queue = new DeadlineQueue(100);
    const call = new DeadlineEntry();
    queue.add(call, 0);
    expect(queue.remove(call)).toBe(true);
    queue.expire(100, () => expect.unreachable());
    expect(queue.nextDeadlineMs).toBe(Number.POSITIVE_INFINITY);
  });
});
