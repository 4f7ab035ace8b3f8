import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Countdown } from '../common/countdown.ts';
import { REJECTED } from '../common/rejected.ts';
import {
  type BreakerState,
  CircuitBreaker,
  type CircuitBreakerOptions,
} from './circuit-breaker.ts';
import { createTrip } from './create-trip.ts';
import { EVERY_TRIP } from './testing/trips.ts';
import type { TripOptions } from './trip.ts';

/** Something that happens `ms` after what happened before; the clock may have stepped back. */
type Step =
  | { readonly do: 'acquire' | 'isolate' | 'reset' | 'wait'; readonly ms: number }
  | EndingStep;

interface EndingStep {
  readonly do: 'succeed' | 'fail' | 'cancel';
  readonly ms: number;
  /** Which of the running calls ends, if there are so many. */
  readonly call: number;
  readonly durationMs: number;
}

const ms = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 20, 100) },
  { weight: 1, arbitrary: fc.constantFrom(1_500, -50, -5_000) },
);
const history: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 24, arbitrary: fc.record({ do: fc.constantFrom('acquire', 'wait'), ms }) },
    {
      weight: 24,
      arbitrary: fc.record({
        do: fc.constantFrom('succeed', 'fail', 'fail', 'cancel'),
        ms,
        call: fc.nat(5),
        durationMs: fc.constantFrom(10, 50, 51),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('isolate', 'reset', 'reset', 'reset'), ms }),
    },
  ) as fc.Arbitrary<Step>,
  // Left to itself, fast-check makes short ones, in which a breaker hardly ever opens.
  { maxLength: 200, size: 'max' },
);

const RECOVERY = { recoveryTimeoutMs: 100, recoveryFactor: 2, maxRecoveryTimeoutMs: 400 };
const SUCCESSES = 2;

function optionsFor(trip: TripOptions, halfOpenLimit: number): CircuitBreakerOptions {
  return { trip, halfOpenLimit, successThreshold: SUCCESSES, ...RECOVERY };
}

/** Plays a history on a breaker, and keeps the permits of the calls that run. */
class Player {
  nowMs: number;
  readonly breaker: CircuitBreaker;
  readonly running: number[] = [];

  constructor(breaker: CircuitBreaker, nowMs: number) {
    this.breaker = breaker;
    this.nowMs = nowMs;
  }

  /** @returns what the breaker is in afterwards, by a clock that shows 0 now. */
  play(step: Step): BreakerState {
    this.nowMs += step.ms;
    if ('call' in step) {
      const [permit] = this.running.splice(step.call, 1);
      if (permit === undefined) return this.state;
      if (step.do === 'cancel') this.breaker.cancel(permit);
      else this.breaker[step.do](permit, this.nowMs, step.durationMs);
    } else if (step.do === 'acquire') {
      const permit = this.breaker.acquire(this.nowMs);
      if (permit !== REJECTED) this.running.push(permit);
    } else if (step.do !== 'wait') {
      this.breaker[step.do](this.nowMs);
    }
    return this.state;
  }

  cancelAll(): void {
    for (const permit of this.running.splice(0)) this.breaker.cancel(permit);
  }

  get state(): BreakerState {
    const { state } = this.breaker;
    if (state.kind !== 'open') return state;
    const { openedAtMs, retryAtMs } = state;
    return { ...state, openedAtMs: openedAtMs - this.nowMs, retryAtMs: retryAtMs - this.nowMs };
  }
}

interface Call {
  readonly era: number;
  hasPlace: boolean;
}

/** The rules once more, told as a story: each call remembers the era in which it began. */
class Story {
  kind: BreakerState['kind'] = 'closed';
  readonly trip;
  readonly limit: number;
  readonly #wait = new Countdown();
  #era = 0;
  #openings = 0;
  #successes = 0;
  #patienceMs = 0;
  #trials: Call[] = [];

  constructor(trip: TripOptions, limit: number) {
    this.trip = createTrip(trip);
    this.limit = limit;
  }

  get state(): BreakerState {
    const { startedAtMs: openedAtMs, endsAtMs: retryAtMs } = this.#wait;
    switch (this.kind) {
      case 'closed':
        return { kind: 'closed', failureCount: this.trip.failureCount };
      case 'open':
        return { kind: 'open', openedAtMs, retryAtMs };
      case 'half-open': {
        const trialsInFlight = this.#trials.length;
        return { kind: 'half-open', trialsInFlight, successCount: this.#successes };
      }
      default:
        return { kind: this.kind };
    }
  }

  change(kind: BreakerState['kind'], nowMs: number): void {
    if (kind === 'isolated' && this.kind === 'isolated') return;
    if (kind === 'closed') this.trip.clear();
    if (kind === 'closed') this.#openings = 0;
    if (kind === 'open') this.#openings += 1;
    const openMs = [0, 100, 200, 400][Math.min(3, this.#openings)] as number;
    if (kind === 'open') this.#wait.start(nowMs, openMs);
    Object.assign(this, { kind });
    this.#era += 1;
    this.#trials = [];
    this.#successes = 0;
    this.#patienceMs = 1_000;
  }

  begin(nowMs: number): Call | undefined {
    if (this.kind === 'open' && this.#wait.isOver(nowMs)) this.change('half-open', nowMs);
    if (this.kind === 'open' || this.kind === 'isolated') return undefined;
    const call = { era: this.#era, hasPlace: this.kind === 'half-open' };
    if (!call.hasPlace) return call;
    if (this.#trials.length === this.limit) {
      if (!this.#wait.isOver(nowMs)) return undefined;
      for (const trial of this.#trials.splice(0)) trial.hasPlace = false;
      this.#patienceMs *= 2;
    }
    this.#wait.start(nowMs, this.#patienceMs);
    this.#trials.push(call);
    return call;
  }

  end(call: Call, step: EndingStep, nowMs: number): void {
    const { do: how, durationMs } = step;
    if (call.era !== this.#era) return;
    this.#trials = this.#trials.filter((trial) => trial !== call);
    if (how === 'cancel') return;
    if (this.kind === 'closed') {
      if (this.trip[how](nowMs, durationMs)) this.change('open', nowMs);
      return;
    }
    if (how === 'fail') this.trip.fail(nowMs, durationMs);
    if (how === 'succeed') this.#successes += 1;
    if (how === 'fail' || this.trip.isSlow(durationMs)) this.change('open', nowMs);
    else if (this.#successes === SUCCESSES) this.change('closed', nowMs);
  }
}

const limits = fc.integer({ min: 1, max: 3 });

describe.each(EVERY_TRIP)('any history of a breaker with the trip $kind', (trip) => {
  it('leads to the state that the rules say, and never to more trials than allowed', () => {
    fc.assert(
      fc.property(history, limits, (steps, limit) => {
        const breaker = new CircuitBreaker(optionsFor(trip, limit));
        const player = new Player(breaker, 0);
        const story = new Story(trip, limit);
        const running: Call[] = [];
        for (const step of steps) {
          const admitted = player.running.length;
          player.play(step);
          if ('call' in step) {
            const [call] = running.splice(step.call, 1);
            if (call) story.end(call, step, player.nowMs);
          } else if (step.do === 'acquire') {
            const call = story.begin(player.nowMs);
            expect(player.running.length - admitted).toBe(call ? 1 : 0);
            if (call) running.push(call);
          } else if (step.do !== 'wait') {
            story.change(step.do === 'reset' ? 'closed' : 'isolated', player.nowMs);
          }
          const { state } = breaker;
          expect(state).toEqual(story.state);
          if (state.kind === 'half-open') expect(state.trialsInFlight).toBeLessThanOrEqual(limit);
        }
        player.cancelAll();
        if (breaker.state.kind === 'half-open') expect(breaker.state.trialsInFlight).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('leads to the same states when it is played again', () => {
    fc.assert(
      fc.property(history, limits, (steps, limit) => {
        const [first, again] = [0, 1_000_000].map((nowMs) => {
          const player = new Player(new CircuitBreaker(optionsFor(trip, limit)), nowMs);
          return steps.map((step) => player.play(step));
        });
        expect(again).toEqual(first);
      }),
    );
  });

  it('goes on from a snapshot as if there had been none', () => {
    fc.assert(
      fc.property(history, history, limits, (before, after, limit) => {
        const options = optionsFor(trip, limit);
        const original = new Player(new CircuitBreaker(options), 0);
        for (const step of before) original.play(step);
        original.cancelAll();
        const saved = JSON.stringify(original.breaker.snapshot(original.nowMs));
        const restore = { snapshot: JSON.parse(saved), nowMs: 5_000 };
        const restored = new Player(new CircuitBreaker({ ...options, restore }), 5_000);
        expect(restored.state).toEqual(original.state);
        // How long lapsed trials have been waited for is not kept.
        if (restored.state.kind === 'half-open') return;
        for (const step of after) expect(restored.play(step)).toEqual(original.play(step));
      }),
    );
  });
});
