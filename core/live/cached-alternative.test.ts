import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../time/index.ts';
import { CachedAlternative } from './cached-alternative.ts';
import { FallbackPolicy } from './fallback-policy.ts';

const fails = () => Promise.reject('broken');

function fallback() {
  const clock = new VirtualClock(1_000);
  const cached = new CachedAlternative<string, string>({
    maxAgeMs: 500,
    maxEntries: 10,
    clock,
    mark: ({ value, ageMs }, storedAtMs) => `${value} of ${storedAtMs}, ${ageMs} ms old`,
  });
  const alternatives = [() => Promise.reject('asked in vain'), cached, () => 'default'];
  const judge = { result: (value: unknown) => (value === 'empty' ? 'ignore' : 'success') } as const;
  return { clock, policy: new FallbackPolicy({ alternatives, judge, clock }) };
}

describe('CachedAlternative', () => {
  it('has the last good answer to the same question stand in, among other alternatives', async () => {
    const { policy, clock } = fallback();
    await policy.execute(() => 'old', { key: 'a' });
    await policy.execute(() => 'good', { key: 'a' });
    await policy.execute(() => 'other', { key: 'b' });
    await clock.advance(100);
    await expect(policy.execute(fails, { key: 'a' })).resolves.toBe('good of 1000, 100 ms old');
  });

  it('remembers neither what is ignored nor what other alternatives have said', async () => {
    const { policy } = fallback();
    await policy.execute(() => 'empty', { key: 'a' });
    await expect(policy.execute(fails, { key: 'a' })).resolves.toBe('default');
    await expect(policy.execute(fails, { key: 'a' })).resolves.toBe('default');
  });

  it('is no help when it is too old, or when there is no key', async () => {
    const { policy, clock } = fallback();
    await policy.execute(() => 'good', { key: 'a' });
    await policy.execute(() => 'good');
    await expect(policy.execute(fails)).resolves.toBe('default');
    await clock.advance(500);
    await expect(policy.execute(fails, { key: 'a' })).resolves.toBe('default');
  });
});
