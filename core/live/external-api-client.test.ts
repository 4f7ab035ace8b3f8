import { describe, expect, it } from 'vitest';
import { CircuitOpenError } from '../patterns/index.ts';
import { VirtualClock } from '../time/index.ts';
import { ExternalApiClient, type ExternalApiClientOptions } from './external-api-client.ts';

type Params = Readonly<Record<string, unknown>>;

function client(options: Partial<ExternalApiClientOptions<Params, string>> = {}) {
  const clock = new VirtualClock(1_000_000);
  const api = { up: true, calls: 0 };
  const client = new ExternalApiClient<Params, string>({
    name: 'users',
    clock,
    request: (endpoint, params) => {
      api.calls += 1;
      if (!api.up) throw new Error('API service unavailable');
      return `${endpoint} ${JSON.stringify(params)} #${api.calls}`;
    },
    ...options,
  });
  return { clock, api, client };
}

describe('ExternalApiClient', () => {
  it('answers with what the API says while that works', async () => {
    const { client: users } = client();
    const first = await users.ask('/users', { id: 1 });
    expect(first).toEqual({ source: 'api', value: '/users {"id":1} #1' });
    const second = await users.ask('/users', { id: 1 });
    expect(second.value).toBe('/users {"id":1} #2');
  });

  it('answers from the cache when the API fails, marked, with the time of the answer', async () => {
    const { client: users, api, clock } = client();
    await users.ask('/users', { id: 1, page: 2 });
    await clock.advance(5_000);
    api.up = false;
    const expected = {
      source: 'cache',
      value: '/users {"id":1,"page":2} #1',
      storedAtMs: 1_000_000,
    };
    expect(await users.ask('/users', { page: 2, id: 1 })).toEqual(expected);
    expect(await users.ask('/users', { id: 1, page: 2 })).toEqual(expected);
  });

  it('opens its breaker at three failures, for 30 s, and closes it at two successes', async () => {
    const { client: users, api, clock } = client({ fallback: () => 'nobody' });
    api.up = false;
    for (let i = 0; i < 5; i += 1) await users.ask('/users', { id: i });
    expect(api.calls).toBe(3);
    await clock.advance(29_999);
    await users.ask('/users', {});
    expect(api.calls).toBe(3);
    await clock.advance(1);
    api.up = true;
    await users.ask('/users', {});
    expect(users.metrics.state).toBe('half-open');
    await users.ask('/users', {});
    expect(users.metrics.state).toBe('closed');
  });

  it('answers by default when there is nothing in the cache', async () => {
    const { client: users, api } = client({
      fallback: (endpoint, { id }, failure) => `${endpoint}/${id}: ${(failure as Error).message}`,
    });
    api.up = false;
    expect(await users.ask('/users', { id: 7 })).toEqual({
      source: 'default',
      value: '/users/7: API service unavailable',
    });
  });

  it('fails with the original error when there is no default either', async () => {
    const { client: users, api } = client();
    api.up = false;
    for (let i = 0; i < 3; i += 1) {
      await expect(users.ask('/users', {})).rejects.toThrow('API service unavailable');
    }
    await expect(users.ask('/users', {})).rejects.toThrow(CircuitOpenError);
  });

  it('keeps an answer no longer, and no more of them, than it may', async () => {
    const { client: users, api, clock } = client({ maxAgeMs: 1_000, maxEntries: 1 });
    await users.ask('/users', { id: 1 });
    await users.ask('/users', { id: 2 });
    api.up = false;
    await expect(users.ask('/users', { id: 1 })).rejects.toThrow('unavailable');
    expect((await users.ask('/users', { id: 2 })).source).toBe('cache');
    await clock.advance(1_000);
    await expect(users.ask('/users', { id: 2 })).rejects.toThrow('unavailable');
  });

  it('may be cancelled, and says what it does to who listens', async () => {
    const { client: users, clock } = client({ request: () => new Promise(() => {}) });
    const kinds: string[] = [];
    users.subscribe(({ kind }) => kinds.push(kind));
    const caller = new AbortController();
    const asked = users.ask('/users', {}, { signal: caller.signal });
    caller.abort('gone');
    await expect(asked).rejects.toBe('gone');
    await clock.advance(0);
    expect(kinds).toEqual(['call-ended']);
  });
});
