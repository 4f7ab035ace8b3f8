import type { Operation } from '../../model/model.ts';
import { type CallOutcome, type DatabaseCall, POLICY_ORDER } from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import type { CallCounts } from '../call-counts.ts';
import type { Ticket } from '../connections.ts';
import { Alarm } from '../delay-line.ts';
import type { Engine } from '../engine.ts';
import type { Action } from '../event-queue.ts';
import type { Link } from '../link.ts';
import type { MemberProcess } from '../member.ts';
import type { FailureReason, Outcome } from '../outcome.ts';
import type { Seat, SeatUser } from '../pool.ts';
import type { Station } from '../station.ts';
import type { TrafficStatistics } from '../traffic-statistics.ts';
import type { Client, Work } from '../work.ts';
import type { InwardMove, Layer, OutwardMove } from './layer.ts';

/** How one kind of call is made: the policies around it, the outermost first; the last one sends. */
export interface CallPlan {
  readonly engine: Engine;
  /** To whom it sends. */
  readonly link: Link;
  readonly statistics: TrafficStatistics;
  readonly counts: CallCounts;
  readonly layers: readonly Layer[];
  /** Draws which of the different requests each one is; absent where that makes no difference. */
  readonly requestRandom: RandomStream | undefined;
  /** Passages that are over, to be used again. */
  readonly idle: Passage[];
}

/** No call has more layers: each policy once, a fallback's timeout or the failover, and the sending. */
const MOST_LAYERS = POLICY_ORDER.length + 2;

/**
 * The way of one request through the layers of a call: inward to the callee and back outward.
 *
 * The turn is with one layer at a time. Those outside it have begun and will be told the outcome;
 * those inside it have ended, or not begun. A layer that tries again sends a further passage through
 * the layers inside it. So each passage comes through a layer once, and whatever comes late (an
 * answer, a timeout) can tell by where the turn is that nobody waits for it any more.
 *
 * One record with a few fields for each policy, because there is one for every call of every request.
 * It is used again when it is over and nothing that was planned for it, or asked of a callee, is
 * still to come: in the long run none is made.
 */
export class Passage implements Client, SeatUser {
  readonly plan: CallPlan;
  /** The request that makes the call. */
  work: Work;
  /** Whether it exists only because somebody tried again. */
  isRepeat = false;
  /** Drawn from [0, 1): which of the different requests this is. */
  request = 0;
  /** Whether the callee may have done the work, so that it must not be repeated. */
  mayHaveRun = false;
  /** Whether something was sent of which the answer was given up. */
  isUnanswered = false;
  /** Whether a layer on the caller's side refused: that says nothing about the callee. */
  isRefusal = false;
  /** How long such a layer asks not to be tried again, ms. */
  retryAfterMs = 0;

  /** Circuit breaker. */
  permit = 0;
  permittedAtMs = 0;
  /** Bulkhead. */
  seat: Seat | undefined = undefined;
  seatKeepers = 0;
  /** Connection pool. */
  connection: Ticket | undefined = undefined;
  connectionKeepers = 0;
  /** Concurrency limit. */
  limitedAtMs = 0;
  load: CallOutcome = 'ignore';
  limitKeepers = 0;
  /** Retry. */
  failedTries = 0;
  previousDelayMs = 0;
  /** Hedge: copies so far, how many of them have failed, and whether or when the next is due. */
  copiesSent = 0;
  copiesFailed = 0;
  isCopyDue = false;
  nextCopyAtMs = 0;
  /** Failover: the operation, and the member that does it. */
  query: DatabaseCall | undefined = undefined;
  member: MemberProcess | undefined = undefined;
  /** Deadline: when the time for all that is inside it ends. */
  deadlineAtMs = Number.POSITIVE_INFINITY;
  /** Fallback: how the call failed, and how many of the answers have been tried. */
  failure: FailureReason | undefined = undefined;
  answersTried = 0;

  /** The layer that has the turn; `#origin` when the passage is over. */
  #depth = -1;
  /** The layer that sent the passage inward; -1 when the request itself did. */
  #origin = -1;
  /** The passage that this one was sent from. */
  #outer: Passage | undefined = undefined;
  /** The last passage that was sent from this one and is not over; `#sibling` is the one before. */
  #inner: Passage | undefined = undefined;
  #sibling: Passage | undefined = undefined;
  /** Whether what it holds is in use until the callee's late answer. */
  #isKept = false;
  /** What is still to come to it, over or not: wakings, answers, and those of kept ones inside. */
  #awaited = 0;
  /** For the layers that limit the time, by depth. */
  readonly #alarms: (Alarm<Passage> | undefined)[] = [];

  private constructor(plan: CallPlan, work: Work) {
    this.plan = plan;
    this.work = work;
  }

  /** A passage that begins inside the layer `origin`, all fields as they are at first. */
  static #take(
    plan: CallPlan,
    work: Work,
    isRepeat: boolean,
    outer: Passage | undefined,
    origin: number,
  ): Passage {
    const passage = plan.idle.pop() ?? new Passage(plan, work);
    passage.work = work;
    passage.isRepeat = isRepeat;
    passage.request = outer ? outer.request : (plan.requestRandom?.next() ?? 0);
    passage.mayHaveRun = false;
    passage.isUnanswered = false;
    passage.isRefusal = false;
    passage.retryAfterMs = 0;
    passage.load = 'ignore';
    passage.failedTries = 0;
    passage.previousDelayMs = 0;
    passage.copiesFailed = 0;
    passage.isCopyDue = false;
    passage.query = undefined;
    passage.member = outer?.member;
    passage.deadlineAtMs = outer ? outer.deadlineAtMs : Number.POSITIVE_INFINITY;
    passage.failure = undefined;
    passage.answersTried = 0;
    passage.#depth = origin;
    passage.#origin = origin;
    passage.#outer = outer;
    passage.#inner = undefined;
    passage.#sibling = undefined;
    passage.#isKept = false;
    return passage;
  }

  /** A passage through all layers, still to be sent inward with `goOn`. */
  static of(plan: CallPlan, work: Work): Passage {
    plan.counts.made++;
    if (work.isFirstTry) plan.statistics.callsIntended++;
    return Passage.#take(plan, work, false, undefined, -1);
  }

  get nowMs(): number {
    return this.plan.engine.nowMs;
  }

  /** Time that is left until the deadline, ms; infinite without one. */
  get remainingMs(): number {
    return this.deadlineAtMs - this.nowMs;
  }

  /** The name of the request among `keys` different ones, each as likely as the others. */
  key(keys: number): string {
    return String(Math.floor(this.request * keys));
  }

  /** Sends a further passage through the layers inside one that has begun. */
  tryAgain({ depth }: Layer): void {
    this.#send(Passage.#take(this.plan, this.work, true, this, depth));
  }

  /** Makes another call in place of this one. Its plan has the same layers up to the one that does. */
  detour({ depth }: Layer, plan: CallPlan): void {
    if (this.work.isFirstTry && !this.isRepeat) plan.statistics.callsIntended++;
    this.#send(Passage.#take(plan, this.work, this.isRepeat, this, depth));
  }

  #send(inner: Passage): void {
    inner.#sibling = this.#inner;
    this.#inner = inner;
    inner.goOn();
  }

  /** Goes on inward from the layer that has the turn. */
  goOn(): void {
    const { layers } = this.plan;
    let move: InwardMove;
    do move = (layers[++this.#depth] as Layer).begin(this);
    while (move === 'inward');
    if (move !== 'wait') this.end(move);
  }

  /** Takes an outcome of the layer that has the turn outward. */
  end(outcome: Outcome): void {
    let passage: Passage = this;
    let move: OutwardMove = outcome;
    while (move !== 'wait') {
      const depth = --passage.#depth;
      if (depth === passage.#origin) {
        const outer = passage.#outer;
        if (!outer) {
          const { work } = passage;
          passage.#retire();
          work.callAnswered(move);
          return;
        }
        outer.#forget(passage);
        if (outer.plan === passage.plan) {
          outer.isRefusal = passage.isRefusal;
          outer.retryAfterMs = passage.retryAfterMs;
        }
        passage.#retire();
        passage = outer;
      }
      move = (passage.plan.layers[depth] as Layer).ended(passage, move);
    }
  }

  /** Ends without an outcome, because nobody waits for it. */
  giveUp(isLate: boolean): void {
    this.giveUpInside(this.#origin, isLate);
    this.#retire();
  }

  /**
   * Gives up all that goes on inside a layer that has begun. The turn is with that layer then.
   *
   * @param isLate whether because it took too long
   */
  giveUpInside(depth: number, isLate: boolean): void {
    let inner = this.#inner;
    while (inner) {
      const sibling: Passage | undefined = inner.#sibling;
      if (inner.#origin >= depth) {
        inner.giveUpInside(inner.#origin, isLate);
        this.#forget(inner);
        inner.#retire();
      }
      inner = sibling;
    }
    const { layers } = this.plan;
    for (; this.#depth > depth; this.#depth--) {
      (layers[this.#depth] as Layer).giveUp(this, isLate);
    }
  }

  /** Keeps what is held for the callee's work, here and outside, until that has really ended. */
  keep(): void {
    this.#isKept = true;
    let depth = this.plan.layers.length - 2;
    for (let passage: Passage | undefined = this; passage; passage = passage.#outer) {
      passage.#awaited++;
      const { layers } = passage.plan;
      for (; depth > passage.#origin; depth--) (layers[depth] as Layer).keep(passage);
    }
  }

  /** The callee's work has ended. */
  #letGo(): void {
    let depth = this.plan.layers.length - 2;
    for (let passage: Passage | undefined = this; passage; ) {
      const outer: Passage | undefined = passage.#outer;
      const { layers } = passage.plan;
      for (; depth > passage.#origin; depth--) (layers[depth] as Layer).letGo(passage);
      passage.#came();
      passage = outer;
    }
  }

  /** Whether a layer has nothing more to do with it. */
  hasLeft({ depth }: Layer): boolean {
    return this.#depth < depth;
  }

  /**
   * What a layer begins with when it does not let the request go on.
   *
   * @param retryAfterMs how long it will let none go on
   */
  refuse(reason: FailureReason, retryAfterMs = 0): FailureReason {
    this.isRefusal = true;
    this.retryAfterMs = retryAfterMs;
    return reason;
  }

  /** Lets the layer act after a while, unless the passage has left it by then. */
  wakeAfter({ depth }: Layer, delayMs: number): void {
    this.#awaited++;
    this.plan.engine.after(delayMs, WAKE_LATER[depth] as Action<Passage>, this);
  }

  wakeLater(depth: number): void {
    if (this.#depth >= depth) {
      this.#awaited--;
      this.wake(depth);
    } else this.#came();
  }

  wake(depth: number): void {
    (this.plan.layers[depth] as Layer).wake(this);
  }

  /** Wakes the layer when it goes off, which the layer must put off when the passage leaves it. */
  alarm({ depth }: Layer): Alarm<Passage> {
    const known = this.#alarms[depth];
    if (known) return known;
    const alarm = new Alarm<Passage>(WAKE[depth] as Action<Passage>, this);
    this.#alarms[depth] = alarm;
    return alarm;
  }

  admitted(): void {
    this.goOn();
  }

  refused(reason: FailureReason): void {
    this.end(this.refuse(reason));
  }

  /** Sends the request to a station, which answers when the work has ended. */
  ask(station: Station, operation: Operation, member: MemberProcess | undefined): void {
    this.#awaited++;
    station.take(this, this.work.isFirstTry && !this.isRepeat, operation, member);
  }

  /** The request does not come through. */
  lose(): void {
    this.#awaited++;
    this.plan.link.lose(this);
  }

  /** The connection over which the answer should have come has gone. */
  cutOff(): void {
    this.#hear('unavailable');
  }

  answered(work: Work, outcome: Outcome): void {
    if (work.hasBegun && !this.#isPast) this.mayHaveRun = true;
    if (this.plan.link.isCut) this.plan.link.lose(this);
    else this.#hear(outcome);
  }

  #hear(outcome: Outcome): void {
    if (this.#isPast) {
      if (this.#isKept) this.#letGo();
      this.#came();
      return;
    }
    this.#awaited--;
    this.isRefusal = false;
    this.end(outcome);
  }

  /** Whether nobody waits for the answer any more. */
  get #isPast(): boolean {
    return this.#depth < this.plan.layers.length - 1;
  }

  /** Something has come to it for which it may be too late. */
  #came(): void {
    this.#awaited--;
    if (this.#depth === this.#origin) this.#retire();
  }

  /** It is over: nobody may refer to it any more but what it awaits. */
  #retire(): void {
    if (this.#awaited === 0) this.plan.idle.push(this);
  }

  #forget(inner: Passage): void {
    if (inner.isUnanswered) this.isUnanswered = true;
    // What another call did is no reason not to repeat this one.
    if (inner.mayHaveRun && inner.plan === this.plan) this.mayHaveRun = true;
    if (this.#inner === inner) {
      this.#inner = inner.#sibling;
      return;
    }
    let before = this.#inner;
    while (before && before.#sibling !== inner) before = before.#sibling;
    if (before) before.#sibling = inner.#sibling;
  }
}

/** Shared actions for each layer, so that nothing is made when it asks to be woken. */
const WAKE = Array.from({ length: MOST_LAYERS }, (_, depth): Action<Passage> => {
  return (passage) => passage.wake(depth);
});
const WAKE_LATER = Array.from({ length: MOST_LAYERS }, (_, depth): Action<Passage> => {
  return (passage) => passage.wakeLater(depth);
});
