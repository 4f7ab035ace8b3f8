import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../time/index.ts';
import { CachePolicy, type CachePolicyOptions } from './cache-policy.ts';
import { controlled, watch } from './testing/controlled.ts';

const fails = () => Promise.reject('broken');

function cache(options: Partial<CachePolicyOptions> = {}) {
  const clock = new VirtualClock();
  const policy = new CachePolicy({
    maxAgeMs: 100,
    staleIfErrorMs: 900,
    maxEntries: 2,
    clock,
    ...options,
  });
  return { clock, policy };
}

describe('CachePolicy', () => {
  it('gives a fresh answer without making the call', async () => {
    const { policy, clock } = cache();
    await policy.execute(() => 'first', { key: 'a' });
    await clock.advance(99);
    await expect(policy.execute(() => 'second', { key: 'a' })).resolves.toBe('first');
    await expect(policy.execute(() => 'other', { key: 'b' })).resolves.toBe('other');
    await clock.advance(1);
    await expect(policy.execute(() => 'second', { key: 'a' })).resolves.toBe('second');
  });

  it('has a stale answer stand in for a call that fails, for so long', async () => {
    const { policy, clock } = cache();
    await policy.execute(() => 'good', { key: 'a' });
    await clock.advance(999);
    await expect(policy.execute(fails, { key: 'a' })).resolves.toBe('good');
    await clock.advance(1);
    await expect(policy.execute(fails, { key: 'a' })).rejects.toBe('broken');
    await expect(policy.execute(fails, { key: 'b' })).rejects.toBe('broken');
  });

  it('lets calls without a key pass', async () => {
    const { policy } = cache();
    await policy.execute(() => 'first');
    await expect(policy.execute(() => 'second')).resolves.toBe('second');
    await expect(policy.execute(fails)).rejects.toBe('broken');
  });

  it('keeps no more answers than it may', async () => {
    const { policy } = cache();
    for (const key of ['a', 'b', 'c']) await policy.execute(() => key, { key });
    await expect(policy.execute(() => 'anew', { key: 'a' })).resolves.toBe('anew');
    await expect(policy.execute(() => 'anew', { key: 'c' })).resolves.toBe('c');
  });

  it('leaves it to the judge what is remembered, and what is replaced', async () => {
    const judge = {
      error: (error: unknown) => (error === 404 ? 'ignore' : 'failure'),
      result: (value: unknown) =>
        value === 503 ? 'failure' : value === 'partly' ? 'ignore' : 'success',
    } as const;
    const { policy, clock } = cache({ judge });
    const key = 'a';
    await expect(policy.execute(() => 503, { key })).resolves.toBe(503);
    await expect(policy.execute(() => 'partly', { key })).resolves.toBe('partly');
    await expect(policy.execute(() => 'good', { key })).resolves.toBe('good');
    await clock.advance(200);
    await expect(policy.execute<unknown>(() => 503, { key })).resolves.toBe('good');
    await expect(policy.execute(() => Promise.reject(404), { key })).rejects.toBe(404);
    const bug = new Error('judge');
    const throwing = cache({
      judge: {
        result: () => {
          throw bug;
        },
      },
    });
    await expect(throwing.policy.execute(() => 1, { key })).rejects.toBe(bug);
  });

  it('does not remember what came too late', async () => {
    const { policy, clock } = cache();
    const { operation, run } = controlled();
    const caller = new AbortController();
    watch(policy.execute(operation, { key: 'a', signal: caller.signal }));
    caller.abort();
    run(1).resolve('late');
    await clock.advance(0);
    await expect(policy.execute(() => 'new', { key: 'a' })).resolves.toBe('new');
  });

  it('says what it has answered to who listens', async () => {
    const { policy, clock } = cache();
    const events: unknown[] = [];
    await policy.execute(() => 'good', { key: 'a' });
    policy.subscribe((event) => event.kind === 'cache-hit' && events.push(event));
    await clock.advance(50);
    await policy.execute(fails, { key: 'a' });
    await clock.advance(150);
    await policy.execute(fails, { key: 'a' });
    await clock.advance(0);
    expect(events).toEqual([
      { kind: 'cache-hit', policy: 'cache', isStale: false, ageMs: 50 },
      { kind: 'cache-hit', policy: 'cache', isStale: true, ageMs: 200 },
    ]);
  });
});
