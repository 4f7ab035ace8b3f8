import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Alarm } from './delay-line.ts';
import { Engine } from './engine.ts';

interface Step {
  readonly atMs: number;
  readonly kind: 'set' | 'put off' | 'event';
  /** Which alarm, or how long until the event. */
  readonly which: number;
}

const DELAY_MS = 5;
const ALARMS = 4;

const steps = fc.array(
  fc.record<Step>({
    atMs: fc.nat(30),
    kind: fc.constantFrom('set', 'put off', 'event'),
    which: fc.nat(ALARMS - 1),
  }),
  { maxLength: 60 },
);

interface Alarms {
  set(which: number): void;
  putOff(which: number): void;
}

/** Takes all steps at their times; returns what happened, in order. */
function play(
  steps: readonly Step[],
  create: (engine: Engine, ring: (which: number) => void) => Alarms,
) {
  const engine = new Engine();
  const happened: string[] = [];
  const note = (what: string) => happened.push(`${what} at ${engine.nowMs}`);
  const alarms = create(engine, (which) => note(`alarm ${which}`));
  const take = ({ kind, which }: Step) => {
    if (kind === 'set') alarms.set(which);
    else if (kind === 'put off') alarms.putOff(which);
    else engine.after(which + 2, note, `event ${which}`);
  };
  for (const step of steps) engine.at(step.atMs, take, step);
  engine.run(1000, () => true);
  return happened;
}

function onALine(engine: Engine, ring: (which: number) => void): Alarms {
  const line = engine.line<number>(DELAY_MS);
  const alarms = Array.from({ length: ALARMS }, (_, which) => new Alarm(ring, which));
  return {
    set: (which) => line.set(alarms[which] as Alarm<number>, engine.nowMs),
    putOff: (which) => line.putOff(alarms[which] as Alarm<number>),
  };
}

/** Each as an event that does nothing when its alarm was put off or set anew meanwhile. */
function asEvents(engine: Engine, ring: (which: number) => void): Alarms {
  const times = new Array(ALARMS).fill(0);
  const goOff = ({ which, time }: { which: number; time: number }) => {
    if (times[which] === time) ring(which);
  };
  return {
    set: (which) => engine.after(DELAY_MS, goOff, { which, time: ++times[which] }),
    putOff: (which) => times[which]++,
  };
}

test('alarms on a line go off when and where they would have as events', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      expect(play(steps, onALine)).toEqual(play(steps, asEvents));
    }),
    { numRuns: 500 },
  );
});

test('alarms that are put off in time cost no events', () => {
  const engine = new Engine();
  const line = engine.line<number>(1000);
  const never = new Alarm<number>(() => expect.unreachable(), 0);
  const call = (left: number) => {
    line.set(never, engine.nowMs);
    engine.after(1, answer, left);
  };
  const answer = (left: number) => {
    line.putOff(never);
    if (left > 0) call(left - 1);
  };
  call(5000);
  engine.run(100_000, () => true);
  // One for each answer, and one a second of the line's own.
  expect(engine.events).toBeLessThan(5020);
});
