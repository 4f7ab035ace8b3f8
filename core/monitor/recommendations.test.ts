import { describe, expect, it } from 'vitest';
import { FaultToleranceMonitor } from './monitor.ts';
import type { RecommendationKind } from './report.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function monitor(): FaultToleranceMonitor {
  return new FaultToleranceMonitor({
    components: [{ id: 'cache' }],
    groups: [
      { name: 'db', minHealthy: 2, members: ['db-1', 'db-2', 'db-3'] },
      { name: 'web', minHealthy: 1, members: ['web-1'] },
    ],
  });
}

interface Incident {
  readonly component: string;
  readonly atMs: number;
  readonly downMs: number;
  readonly type?: string;
}

/** Failures that are recovered from in the time that they last. */
function adviceAfter(...incidents: readonly Incident[]) {
  const made = monitor();
  for (const { component, atMs, downMs, type = 'disk_full' } of incidents) {
    made.recordFailure({ component, type, severity: 'high', atMs });
    const recovery = { component, method: 'restart', atMs: atMs + downMs, durationMs: downMs };
    made.recordRecovery(recovery);
  }
  const { recommendations } = made.report(DAY_MS);
  return (kind: RecommendationKind) => recommendations.filter((each) => each.kind === kind);
}

describe('recommendations', () => {
  it('ask for redundancy when availability is below 99.9 %, where it was missed most', () => {
    const advice = adviceAfter(
      { component: 'db-1', atMs: 0, downMs: 3 * HOUR_MS },
      { component: 'db-3', atMs: HOUR_MS, downMs: HOUR_MS },
      { component: 'cache', atMs: 10 * HOUR_MS, downMs: 20 * MINUTE_MS },
      { component: 'web-1', atMs: 12 * HOUR_MS, downMs: 0 },
    );
    expect(advice('add-redundancy')).toEqual([
      {
        kind: 'add-redundancy',
        message:
          "Add redundancy: every group had its minimum up for only 94.44% of the last 1d, less than 99.9%. 'db' had fewer than its minimum of 2 up for 1h.",
        components: ['db-1', 'db-3', 'db-2', 'cache'],
      },
    ]);
  });

  it('call a part that needs one member down when that one is', () => {
    const [advice] = adviceAfter({ component: 'web-1', atMs: 0, downMs: 20 * MINUTE_MS })(
      'add-redundancy',
    );
    expect(advice?.message).toContain("'web' was down for 20m.");
  });

  it('do not ask for redundancy at 99.9 % or where nothing was below its minimum', () => {
    const enough = adviceAfter({ component: 'cache', atMs: 0, downMs: DAY_MS / 1_000 });
    expect(enough('add-redundancy')).toEqual([]);
    const tooMuch = adviceAfter({ component: 'cache', atMs: 0, downMs: DAY_MS / 1_000 + 1_000 });
    expect(tooMuch('add-redundancy')).toHaveLength(1);
    const spared = adviceAfter({ component: 'db-1', atMs: 0, downMs: 12 * HOUR_MS });
    expect(spared('add-redundancy')).toEqual([]);
  });

  it('ask to automate recovery when it takes more than 15 minutes on average', () => {
    const advice = adviceAfter(
      { component: 'db-1', atMs: 0, downMs: 5 * MINUTE_MS },
      { component: 'db-2', atMs: HOUR_MS, downMs: 20 * MINUTE_MS },
      { component: 'web-1', atMs: 2 * HOUR_MS, downMs: 25 * MINUTE_MS + 20_500 },
    );
    expect(advice('automate-recovery')).toEqual([
      {
        kind: 'automate-recovery',
        message:
          "Automate recovery: it takes 16m 47s on average, more than 15m. Slowest: 'web-1' (25m 21s) and 'db-2' (20m).",
        components: ['web-1', 'db-2'],
      },
    ]);
    const quick = adviceAfter({ component: 'db-1', atMs: 0, downMs: 15 * MINUTE_MS });
    expect(quick('automate-recovery')).toEqual([]);
  });

  it('ask to investigate a component with more than five failures', () => {
    const failures = Array.from({ length: 6 }, (_, i) => {
      const type = i < 2 ? 'disk_full' : 'crash';
      return { component: 'db-1', atMs: i * HOUR_MS, downMs: MINUTE_MS, type };
    });
    expect(adviceAfter(...failures)('investigate-component')).toEqual([
      {
        kind: 'investigate-component',
        message: "Investigate 'db-1': it failed 6 times, 4 of them with crash.",
        components: ['db-1'],
      },
    ]);
    expect(adviceAfter(...failures.slice(1))('investigate-component')).toEqual([]);
  });

  it('ask for a faster recovery of a component that takes more than 30 minutes', () => {
    const advice = adviceAfter(
      { component: 'db-1', atMs: 0, downMs: 45 * MINUTE_MS },
      { component: 'db-2', atMs: HOUR_MS, downMs: 30 * MINUTE_MS },
    );
    expect(advice('improve-component-recovery')).toEqual([
      {
        kind: 'improve-component-recovery',
        message: "Make 'db-1' recover faster: it takes 45m on average, more than 30m.",
        components: ['db-1'],
      },
    ]);
  });

  it('ask for circuit breakers after any cascade, naming no more than three', () => {
    const two = adviceAfter(
      { component: 'db-1', atMs: 0, downMs: 1 },
      { component: 'web-1', atMs: 5 * MINUTE_MS, downMs: 1 },
    );
    expect(two('add-circuit-breakers')).toEqual([
      {
        kind: 'add-circuit-breakers',
        message:
          "Put circuit breakers on the calls to 'db-1' and 'web-1': their failures came within 5m of one another, in 1 chain. Breakers keep one failure from causing the next.",
        components: ['db-1', 'web-1'],
      },
    ]);
    const many = adviceAfter(
      ...['db-1', 'db-2', 'db-3', 'web-1', 'cache'].map((component, i) => {
        return { component, atMs: i * MINUTE_MS + Math.floor(i / 3) * HOUR_MS, downMs: 1 };
      }),
    );
    expect(many('add-circuit-breakers')[0]).toMatchObject({
      message: expect.stringContaining(
        "'db-1', 'db-2', 'db-3' and 2 more: their failures came within 5m of one another, in 2 chains",
      ),
      components: ['db-1', 'db-2', 'db-3', 'web-1', 'cache'],
    });
    const apart = adviceAfter(
      { component: 'db-1', atMs: 0, downMs: 1 },
      { component: 'web-1', atMs: 5 * MINUTE_MS + 1, downMs: 1 },
    );
    expect(apart('add-circuit-breakers')).toEqual([]);
  });

  it('point out what failed at the same moment, and not for breakers', () => {
    const advice = adviceAfter(
      { component: 'db-1', atMs: 0, downMs: 1 },
      { component: 'web-1', atMs: 0, downMs: 1 },
    );
    expect(advice('add-circuit-breakers')).toEqual([]);
    expect(advice('separate-failure-domains')).toEqual([
      {
        kind: 'separate-failure-domains',
        message:
          "'db-1' and 'web-1' failed at the same moment, so they share a cause, such as a zone, a power supply or a release. Give every group its minimum without what shares it.",
        components: ['db-1', 'web-1'],
      },
    ]);
  });
});
