import type { RandomStream } from '../time/index.ts';
import type { Arrivals } from './arrivals/arrivals.ts';
import type { Goodput } from './comeback/index.ts';
import type { Engine } from './engine.ts';
import type { Outcome } from './outcome.ts';
import type { Station } from './station.ts';
import type { TrafficStatistics } from './traffic-statistics.ts';
import type { Client, Work } from './work.ts';

/** Requests that arrive from outside, whatever becomes of those before. */
export class OpenTraffic implements Client {
  readonly #engine: Engine;
  readonly #station: Station;
  readonly #arrivals: Arrivals;
  readonly #statistics: TrafficStatistics;
  readonly #goodput: Goodput;

  constructor(
    engine: Engine,
    station: Station,
    arrivals: Arrivals,
    statistics: TrafficStatistics,
    goodput: Goodput,
  ) {
    this.#engine = engine;
    this.#station = station;
    this.#arrivals = arrivals;
    this.#statistics = statistics;
    this.#goodput = goodput;
  }

  planNext(): void {
    const atMs = this.#arrivals.next(this.#engine.nowMs);
    if (atMs < Number.POSITIVE_INFINITY) this.#engine.at(atMs, arrive, this);
  }

  arrive(): void {
    this.planNext();
    this.#statistics.arrive(this.#engine.nowMs);
    this.#goodput.arrive(this.#engine.nowMs);
    this.#station.take(this, true);
  }

  answered(work: Work, outcome: Outcome): void {
    const { nowMs } = this.#engine;
    this.#statistics.answer(outcome, nowMs, nowMs - work.startedAtMs);
    this.#goodput.answer(outcome, nowMs);
  }
}

/** A load test: callers that each send the next request when the previous one is answered. */
export class ClosedTraffic implements Client {
  readonly #engine: Engine;
  readonly #stations: readonly Station[];
  readonly #random: RandomStream;
  readonly #statistics: TrafficStatistics;
  readonly #notBeforeMs: number;
  #unanswered: number;

  /** @param notBeforeMs the run goes on until then, so that faults after the last answer strike */
  constructor(
    engine: Engine,
    stations: readonly Station[],
    requests: number,
    random: RandomStream,
    statistics: TrafficStatistics,
    notBeforeMs: number,
  ) {
    this.#engine = engine;
    this.#stations = stations;
    this.#random = random;
    this.#statistics = statistics;
    this.#notBeforeMs = notBeforeMs;
    statistics.unsent = requests;
    this.#unanswered = requests;
  }

  start(callers: number): void {
    for (let caller = 0; caller < Math.min(callers, this.#statistics.unsent); caller++) {
      this.#engine.at(0, send, this);
    }
  }

  send(): void {
    if (this.#statistics.unsent === 0) return;
    this.#statistics.unsent--;
    this.#statistics.arrive(this.#engine.nowMs);
    const station = this.#stations[Math.floor(this.#random.next() * this.#stations.length)];
    (station as Station).take(this, true);
  }

  answered(work: Work, outcome: Outcome): void {
    const { nowMs } = this.#engine;
    this.#statistics.answer(outcome, nowMs, nowMs - work.startedAtMs);
    this.#unanswered--;
    if (this.#unanswered === 0) this.#finish();
    // As an event of its own: requests that are refused on the spot must not pile up the stack.
    else this.#engine.after(0, send, this);
  }

  #finish(): void {
    if (this.#engine.nowMs >= this.#notBeforeMs) this.#engine.stop();
    else this.#engine.at(this.#notBeforeMs, stop, this.#engine);
  }
}

function stop(engine: Engine): void {
  engine.stop();
}

function arrive(traffic: OpenTraffic): void {
  traffic.arrive();
}

function send(traffic: ClosedTraffic): void {
  traffic.send();
}
