import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FailureDetector,
  HeartbeatDetector,
  PhiAccrualDetector,
  type Suspicion,
} from '../patterns/index.ts';
import { type Clock, VirtualClock } from '../time/index.ts';
import { SetbackClock } from './testing/setback-clock.ts';
import { Watchdog } from './watchdog.ts';

const INTERVAL_MS = 1_000;
const plain = (nowMs: number) => new HeartbeatDetector({ intervalMs: INTERVAL_MS }, nowMs);
const phi = (nowMs: number) => new PhiAccrualDetector({ intervalMs: INTERVAL_MS }, nowMs);

/** A watchdog, and what it has told so far. */
function watch<Time extends Clock>(
  clock: Time,
  createDetector: (nowMs: number) => FailureDetector = plain,
) {
  const told: [Suspicion, number][] = [];
  const onChange = (suspicion: Suspicion) => told.push([suspicion, clock.nowMs()]);
  return { clock, told, watchdog: new Watchdog({ createDetector, onChange, clock }) };
}

describe('Watchdog', () => {
  it('says when heartbeats are missing, and when they have stopped', async () => {
    const { clock, told, watchdog } = watch(new VirtualClock());
    await clock.advance(60_000);
    expect(told).toEqual([
      ['weakening', 1_500],
      ['failed', 3_500],
    ]);
    expect(watchdog.suspicion).toBe('failed');
    expect(watchdog.evidence).toEqual({ kind: 'missed', heartbeats: 59 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('says what that rests on', () => {
    const clock = new VirtualClock();
    const evidence: unknown[] = [];
    const onChange = (_: Suspicion, what: unknown) => evidence.push(what);
    new Watchdog({ createDetector: plain, onChange, clock });
    return clock.advance(3_500).then(() => {
      expect(evidence).toEqual([
        { kind: 'missed', heartbeats: 1 },
        { kind: 'missed', heartbeats: 3 },
      ]);
    });
  });

  it('says nothing while they come, and has one timer, which keeps no process alive', async () => {
    const { clock, told, watchdog } = watch(new VirtualClock());
    for (let i = 0; i < 100; i += 1) {
      await clock.advance(INTERVAL_MS);
      watchdog.heartbeat();
      expect([clock.pendingTimers, clock.aliveTimers]).toEqual([1, 0]);
    }
    expect(told).toEqual([]);
  });

  it('trusts again with the next heartbeat, at once', async () => {
    const { clock, told, watchdog } = watch(new VirtualClock());
    await clock.advance(2_000);
    watchdog.heartbeat();
    await clock.advance(5_000);
    watchdog.heartbeat();
    expect(told).toEqual([
      ['weakening', 1_500],
      ['trusted', 2_000],
      ['weakening', 3_500],
      ['failed', 5_500],
      ['trusted', 7_000],
    ]);
  });

  it('follows a detector that learns a quicker pace', async () => {
    const { clock, told, watchdog } = watch(new VirtualClock(), phi);
    for (let i = 0; i < 300; i += 1) {
      await clock.advance(INTERVAL_MS / 10);
      watchdog.heartbeat();
    }
    const lastMs = clock.nowMs();
    await clock.advance(INTERVAL_MS);
    expect(told).toHaveLength(1);
    expect(told[0]?.[1]).toBeLessThan(lastMs + INTERVAL_MS);
  });

  it('says nothing any more, and leaves no timer, when it is closed', async () => {
    const { clock, told, watchdog } = watch(new VirtualClock());
    await clock.advance(1_500);
    watchdog.close();
    watchdog.heartbeat();
    await clock.advance(60_000);
    expect(told).toEqual([['weakening', 1_500]]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('says nothing either when it is closed at the last moment', async () => {
    const { clock, told, watchdog } = watch(new VirtualClock());
    clock.after(1_500, () => watchdog.close());
    await clock.advance(60_000);
    expect(told).toEqual([]);
  });

  it.each([plain, phi])('tells each change that its detector would see: %#', async (create) => {
    const pauses = fc.array(fc.integer({ min: 1, max: 8_000 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(pauses, async (pausesMs) => {
        const { clock, told, watchdog } = watch(new VirtualClock(), create);
        const detector = create(0);
        const expected: [Suspicion, number][] = [];
        let nowMs = 0;
        const look = (atMs: number) => {
          const suspicion = detector.suspicion(atMs);
          if (suspicion !== (expected.at(-1)?.[0] ?? 'trusted')) expected.push([suspicion, atMs]);
        };
        for (const pauseMs of pausesMs) {
          const untilMs = nowMs + pauseMs;
          let atMs = detector.nextChangeAtMs(nowMs);
          for (; atMs <= untilMs; atMs = detector.nextChangeAtMs(atMs)) look(atMs);
          nowMs = untilMs;
          detector.heartbeat(nowMs);
          look(nowMs);
          await clock.advance(pauseMs);
          watchdog.heartbeat();
        }
        expect(told).toEqual(expected);
      }),
    );
  });
});

describe('The trap of', () => {
  it('the process that stood still: heartbeats that came meanwhile are read before they are missed', async () => {
    const { clock, told, watchdog } = watch(new VirtualClock());
    // Timers that are late come before what has arrived in the meantime.
    clock.after(3_500, () => watchdog.heartbeat());
    clock.after(1_500, () => watchdog.heartbeat());
    await clock.advance(3_500);
    expect(told).toEqual([
      ['weakening', 3_000],
      ['trusted', 3_500],
    ]);
  });

  it('clock backwards: it neither suspects what lives nor trusts what is dead', async () => {
    const { clock, told, watchdog } = watch(new SetbackClock());
    await clock.advance(INTERVAL_MS);
    watchdog.heartbeat();
    clock.setBack(86_400_000);
    await clock.advance(INTERVAL_MS);
    watchdog.heartbeat();
    expect(told).toEqual([]);
    clock.setBack(86_400_000);
    await clock.advance(3_500 * 2);
    expect(told.map(([suspicion]) => suspicion)).toEqual(['weakening', 'failed']);
  });
});
