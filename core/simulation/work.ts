import type { Operation } from '../model/model.ts';
import type { MemberProcess } from './member.ts';
import { type FailureReason, isFailure, type Outcome } from './outcome.ts';
import { Passage } from './policies/passage.ts';
import type { PoolTicket, PoolUser } from './pool.ts';
import type { Station } from './station.ts';

/** Whoever waits for the answer to a request. */
export interface Client {
  answered(work: Work, outcome: Outcome): void;
}

/**
 * One request at one station: enters the pool, finds a member, waits for capacity, takes its
 * latency, makes its calls, and answers. It goes on when its client has given up, and keeps its
 * slot and capacity until it is really done.
 */
export class Work implements PoolUser {
  readonly station: Station;
  readonly startedAtMs: number;
  /** False for work that exists only because somebody tried again. */
  readonly isFirstTry: boolean;
  /** Whether the work itself began, so that a repetition may do it twice. */
  hasBegun = false;
  hasEnded = false;
  readonly #client: Client;
  readonly #operation: Operation | undefined;
  readonly #assigned: MemberProcess | undefined;
  #slot: PoolTicket | undefined;
  #member: MemberProcess | undefined;
  #errorDraw = 1;
  #nextCall = 0;
  /** The call whose answer it waits for. */
  #call: Passage | undefined;
  #isProceeding = false;
  #isDegraded = false;

  constructor(
    station: Station,
    client: Client,
    isFirstTry: boolean,
    operation: Operation | undefined,
    assigned: MemberProcess | undefined,
  ) {
    this.station = station;
    this.#client = client;
    this.isFirstTry = isFirstTry;
    this.#operation = operation;
    this.#assigned = assigned;
    this.startedAtMs = station.engine.nowMs;
  }

  start(): void {
    const { pool, statistics } = this.station;
    statistics.requests++;
    this.station.engine.workBegins();
    this.#slot = pool?.enter(this);
    if (!this.#slot || this.#slot.outcome === 'admitted') this.admitted();
    else if (this.#slot.outcome !== 'queued') this.refused('pool-exhausted');
  }

  admitted(): void {
    const { station } = this;
    const { engine } = station;
    let servedAtMs = engine.nowMs;
    let addedMs = station.condition.addedLatencyMs;
    if (station.group) {
      const member = this.#assigned ?? station.group.pick(this.#operation);
      if (typeof member === 'string') {
        this.end(member);
        return;
      }
      if (!member.isUp) {
        station.group.detected.refused++;
        this.end('unavailable');
        return;
      }
      this.#member = member;
      member.take(this);
      addedMs += member.condition.addedLatencyMs + station.group.condition.addedLatencyMs;
    }
    this.hasBegun = true;
    if (station.server) servedAtMs = station.server.serve(servedAtMs);
    if (this.#member?.server) servedAtMs = this.#member.server.serve(servedAtMs);
    // Drawn here rather than at the end, so that what happens in between moves no other draw.
    this.#errorDraw = station.errorRandom.next();
    const latencyMs = station.drawLatency(station.latencyRandom);
    engine.at(servedAtMs + latencyMs + addedMs, proceed, this);
  }

  refused(reason: FailureReason): void {
    this.end(reason);
  }

  /** Makes the calls one after another. A loop, because calls may be answered on the spot. */
  proceed(): void {
    if (this.#isProceeding || this.hasEnded) return;
    this.#isProceeding = true;
    const { calls } = this.station;
    while (!this.#call && !this.hasEnded && this.#nextCall < calls.length) {
      const plan = calls[this.#nextCall++];
      if (!plan) break;
      this.#call = Passage.of(plan, this);
      this.#call.goOn();
    }
    this.#isProceeding = false;
    if (!this.#call && !this.hasEnded) this.#finish();
  }

  callAnswered(outcome: Outcome): void {
    this.#call = undefined;
    if (isFailure(outcome)) {
      this.end(outcome);
      return;
    }
    if (outcome === 'degraded') this.#isDegraded = true;
    this.proceed();
  }

  #finish(): void {
    const { group } = this.station;
    if (this.#errorDraw < this.station.errorRate(this.#member)) {
      this.end('error');
      return;
    }
    if (this.#member && this.#operation === 'write') group?.wrote(this.#member);
    this.end(this.#isDegraded ? 'degraded' : 'ok');
  }

  /** Also called from outside when the member that does the work fails. */
  end(outcome: Outcome): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    const { station } = this;
    station.engine.workEnds();
    this.#call?.giveUp(false);
    if (this.#slot) station.pool?.leave(this.#slot);
    this.#member?.drop(this);
    station.statistics.end(outcome, station.engine.nowMs - this.startedAtMs);
    this.#client.answered(this, outcome);
  }
}

function proceed(work: Work): void {
  work.proceed();
}
