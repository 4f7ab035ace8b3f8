import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../circuit-breaker/circuit-breaker.ts';
import { REJECTED } from '../common/rejected.ts';
import { Bulkhead } from './bulkhead.ts';

describe('trap 15: a slot is held for as long as the call really runs', () => {
  it('frees no slot for anything that happens to a call which still runs', () => {
    const bulkhead = new Bulkhead({ name: 'p', size: 1, queueSize: 1, maxWaitMs: 100 });
    const running = bulkhead.request(0);
    // Its caller has timed out, and so has whoever waited behind it; the call runs on.
    const waiter = bulkhead.request(0);
    bulkhead.cancel(running);
    bulkhead.expire(running, 1_000);
    bulkhead.expire(waiter, 1_000);
    bulkhead.release(waiter, 1_000);
    expect([running.outcome, bulkhead.inUse]).toEqual(['admitted', 1]);
    bulkhead.release(running, 2_000);
    bulkhead.release(running, 2_001);
    expect(bulkhead.inUse).toBe(0);
  });
});

describe('trap 16: a rejected call is not a failure of the dependency', () => {
  it('leaves a breaker around the pool as it was, and gives its trial back', () => {
    const bulkhead = new Bulkhead({ name: 'p', size: 1 });
    const breaker = new CircuitBreaker({ recoveryTimeoutMs: 10 });
    bulkhead.request(0);
    for (let call = 0; call < 5; call += 1) breaker.fail(breaker.acquire(0), 0, 0);
    expect(breaker.acquire(0)).toBe(REJECTED);
    for (let call = 0; call < 100; call += 1) {
      const permit = breaker.acquire(10);
      expect(permit).not.toBe(REJECTED);
      expect(bulkhead.request(10).outcome).toBe('rejected');
      breaker.cancel(permit);
    }
    expect(breaker.state.kind).toBe('half-open');
    expect(breaker.metrics(10).recentCalls).toBe(5);
  });
});

describe('trap 17: the queue of a pool', () => {
  const full = () => {
    const bulkhead = new Bulkhead({ name: 'p', size: 1, queueSize: 3 });
    return { bulkhead, running: bulkhead.request(0) };
  };

  it('gives no slot to a waiter that was aborted', () => {
    const { bulkhead, running } = full();
    const [aborted, next] = [bulkhead.request(0), bulkhead.request(0)];
    bulkhead.cancel(aborted);
    expect(bulkhead.release(running, 1)).toBe(next);
    expect(aborted.outcome).toBe('cancelled');
    bulkhead.release(next, 2);
    expect(bulkhead.inUse).toBe(0);
  });

  it('gives no slot to a waiter that has waited for too long', () => {
    const { bulkhead, running } = full();
    const late = bulkhead.request(0);
    const next = bulkhead.request(9_000);
    expect(bulkhead.release(running, 10_001)).toBe(next);
    expect(late.outcome).toBe('timed-out');
  });

  it('lets no newcomer take the slot of one that has left the queue', () => {
    const { bulkhead, running } = full();
    const waiter = bulkhead.request(0);
    bulkhead.release(running, 1);
    // The waiter has the slot from now on, though it has not been told yet.
    expect(bulkhead.request(1).outcome).toBe('queued');
    expect([waiter.outcome, bulkhead.inUse]).toEqual(['admitted', 1]);
  });

  it('has the slot of a waiter given back that was aborted after it got it', () => {
    const { bulkhead, running } = full();
    const [first, second] = [bulkhead.request(0), bulkhead.request(0)];
    bulkhead.release(running, 1);
    bulkhead.cancel(first);
    expect(bulkhead.release(first, 1)).toBe(second);
  });
});
