import type { Operation } from '../model/model.ts';
import type { MemberProcess } from './member.ts';
import { type FailureReason, isFailure, type Outcome } from './outcome.ts';
import { type CallPlan, Passage } from './policies/passage.ts';
import type { Pool, Seat, SeatUser } from './pool.ts';
import type { Station } from './station.ts';

/** Whoever waits for the answer to a request. */
export interface Client {
  answered(work: Work, outcome: Outcome): void;
}

/**
 * One request at one station: enters the pool, finds a member, waits for capacity, takes its
 * latency, makes its calls, and answers. It goes on when its client has given up, and keeps its
 * slot and capacity until it is really done. Then the station uses the record again.
 */
export class Work implements SeatUser {
  readonly station: Station;
  startedAtMs = 0;
  /** False for work that exists only because somebody tried again. */
  isFirstTry = true;
  /** Whether the work itself began, so that a repetition may do it twice. */
  hasBegun = false;
  hasEnded = false;
  seat: Seat | undefined = undefined;
  /** Where it has its seat: that of its station when it came. */
  #pool: Pool | undefined = undefined;
  /** Its neighbours among the requests of the member that does it. Written by the member only. */
  before: Work | undefined = undefined;
  behind: Work | undefined = undefined;
  #client: Client;
  #operation: Operation | undefined = undefined;
  #assigned: MemberProcess | undefined = undefined;
  #member: MemberProcess | undefined = undefined;
  #errorDraw = 1;
  #calls: readonly CallPlan[] = [];
  #nextCall = 0;
  /** The call whose answer it waits for. */
  #call: Passage | undefined = undefined;
  #isProceeding = false;
  /** Whether the end of its latency is still to come, ended or not. */
  #isPlanned = false;
  #isDegraded = false;
  /** Taken, but not begun: whoever does it hangs. */
  #isHeldBack = false;

  constructor(station: Station, client: Client) {
    this.station = station;
    this.#client = client;
  }

  /** Begins with a request; what was done with this record before is over. */
  start(
    client: Client,
    isFirstTry: boolean,
    operation: Operation | undefined,
    assigned: MemberProcess | undefined,
  ): void {
    const { engine, pool, statistics } = this.station;
    this.#client = client;
    this.#pool = pool;
    this.isFirstTry = isFirstTry;
    this.#operation = operation;
    this.#assigned = assigned;
    this.startedAtMs = engine.nowMs;
    this.hasBegun = false;
    this.hasEnded = false;
    this.#member = undefined;
    this.#errorDraw = 1;
    this.#calls = this.station.calls;
    this.#nextCall = 0;
    this.#isDegraded = false;
    this.#isHeldBack = false;
    statistics.requests++;
    engine.workBegins();
    const entry = pool ? pool.enter(this) : 'admitted';
    if (entry === 'admitted') this.admitted();
    else if (entry !== 'queued') this.refused('pool-exhausted');
  }

  admitted(): void {
    const { station } = this;
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
      if (member.load >= station.maxConnections) {
        this.end('no-connection');
        return;
      }
      this.#member = member;
      member.take(this);
    }
    this.hasBegun = true;
    station.working++;
    const hanging = station.hanging(this.#member);
    if (!hanging) {
      this.#begin();
      return;
    }
    this.#isHeldBack = true;
    this.#isPlanned = true;
    hanging.hold(this);
  }

  /** Waits for capacity and takes its latency. */
  #begin(): void {
    const { station } = this;
    const { condition, engine, group } = station;
    const member = this.#member;
    let servedAtMs = engine.nowMs;
    let addedMs = condition.addedLatencyMs;
    if (station.server) servedAtMs = station.server.serve(servedAtMs, condition.capacityShare);
    if (group && member) {
      addedMs += member.condition.addedLatencyMs + group.condition.addedLatencyMs;
      const share = member.condition.capacityShare * group.condition.capacityShare;
      if (member.server) servedAtMs = member.server.serve(servedAtMs, share);
    }
    // Drawn here rather than at the end, so that what happens in between moves no other draw.
    this.#errorDraw = station.errorRandom.next();
    const latencyMs = station.drawLatency(station.latencyRandom);
    this.#isPlanned = true;
    addedMs += ((member ? member.load : station.working) - 1) * station.contentionMs;
    engine.at(servedAtMs + latencyMs + addedMs, goOn, this);
  }

  refused(reason: FailureReason): void {
    this.end(reason);
  }

  /** The latency has passed. */
  goOn(): void {
    const hanging = this.hasEnded ? undefined : this.station.hanging(this.#member);
    if (hanging) {
      hanging.hold(this);
      return;
    }
    this.#isPlanned = false;
    if (this.hasEnded) this.#retire();
    else this.#proceed();
  }

  /** A hang is over. */
  resume(): void {
    const hanging = this.hasEnded ? undefined : this.station.hanging(this.#member);
    if (!this.#isHeldBack || hanging) {
      this.goOn();
      return;
    }
    this.#isHeldBack = false;
    this.#isPlanned = false;
    if (this.hasEnded) this.#retire();
    else this.#begin();
  }

  /** Makes the calls one after another. A loop, because calls may be answered on the spot. */
  #proceed(): void {
    if (this.#isProceeding) return;
    this.#isProceeding = true;
    const calls = this.#calls;
    while (!this.#call && !this.hasEnded && this.#nextCall < calls.length) {
      this.#call = Passage.of(calls[this.#nextCall++] as CallPlan, this);
      this.#call.goOn();
    }
    this.#isProceeding = false;
    if (this.hasEnded) this.#retire();
    else if (!this.#call) this.#finish();
  }

  callAnswered(outcome: Outcome): void {
    this.#call = undefined;
    if (isFailure(outcome)) {
      this.end(outcome);
      return;
    }
    if (outcome === 'degraded') this.#isDegraded = true;
    this.#proceed();
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
    const call = this.#call;
    this.#call = undefined;
    call?.giveUp(false);
    if (this.hasBegun) station.working--;
    this.#pool?.leave(this);
    this.#member?.drop(this);
    station.statistics.end(outcome, station.engine.nowMs - this.startedAtMs);
    this.#client.answered(this, outcome);
    this.#retire();
  }

  /** Over, unless something will still come back to it. */
  #retire(): void {
    if (!this.#isPlanned && !this.#isProceeding) this.station.idle.push(this);
  }
}

function goOn(work: Work): void {
  work.goOn();
}
