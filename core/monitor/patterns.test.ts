import { describe, expect, it } from 'vitest';
import type { FailureEvent } from './events.ts';
import { failurePatterns } from './patterns.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function failure(component: string, atMs: number, rest: Partial<FailureEvent> = {}): FailureEvent {
  return { component, atMs, type: 'disk_full', severity: 'high', ...rest };
}

describe('failurePatterns', () => {
  it('counts failures by severity and by type', () => {
    const { bySeverity, byType } = failurePatterns([
      failure('a', 0),
      failure('a', 0, { severity: 'low', type: 'crash' }),
      failure('b', 0, { type: 'crash' }),
    ]);
    expect(bySeverity).toEqual({ low: 1, medium: 0, high: 2, critical: 0 });
    expect(byType).toEqual({ disk_full: 1, crash: 2 });
  });

  it('takes a type of any name as a name', () => {
    const { byType } = failurePatterns([failure('a', 0, { type: '__proto__' })]);
    expect(JSON.stringify(byType)).toBe('{"__proto__":1}');
  });

  it('counts failures by the hour of the day', () => {
    const { byHourOfDay } = failurePatterns([
      failure('a', 0),
      failure('a', HOUR_MS - 1),
      failure('a', 23 * HOUR_MS),
      failure('a', 25 * HOUR_MS),
      failure('a', Date.UTC(2024, 1, 29, 13, 30)),
    ]);
    expect(byHourOfDay).toHaveLength(24);
    expect([byHourOfDay[0], byHourOfDay[1], byHourOfDay[13], byHourOfDay[23]]).toEqual([
      2, 1, 1, 1,
    ]);
  });

  it('finds cascades of failures at most five minutes apart, in whatever order they came', () => {
    const { cascades } = failurePatterns([
      failure('b', 5 * MINUTE_MS),
      failure('a', 0),
      failure('a', 10 * MINUTE_MS),
      failure('c', 15 * MINUTE_MS + 1),
      failure('d', 60 * MINUTE_MS),
      failure('e', 61 * MINUTE_MS),
    ]);
    expect(cascades).toEqual({
      count: 3,
      chains: [
        { startMs: 0, endMs: 10 * MINUTE_MS, components: ['a', 'b'] },
        { startMs: 60 * MINUTE_MS, endMs: 61 * MINUTE_MS, components: ['d', 'e'] },
      ],
    });
  });

  it('finds nothing where nothing failed', () => {
    expect(failurePatterns([])).toEqual({
      bySeverity: { low: 0, medium: 0, high: 0, critical: 0 },
      byType: {},
      byHourOfDay: new Array(24).fill(0),
      cascades: { count: 0, chains: [] },
    });
  });
});
