import { type CallOutcome, type DatabaseCall, POLICY_ORDER } from '../../patterns/index.ts';
import type { RandomStream } from '../../time/index.ts';
import type { CallCounts } from '../call-counts.ts';
import type { Ticket } from '../connections.ts';
import type { Engine } from '../engine.ts';
import type { Action } from '../event-queue.ts';
import type { MemberProcess } from '../member.ts';
import type { FailureReason, Outcome } from '../outcome.ts';
import type { PoolTicket, PoolUser } from '../pool.ts';
import type { TrafficStatistics } from '../traffic-statistics.ts';
import type { Client, Work } from '../work.ts';
import type { InwardMove, Layer, OutwardMove } from './layer.ts';

/** How one kind of call is made: the policies around it, the outermost first; the last one sends. */
export interface CallPlan {
  readonly engine: Engine;
  readonly statistics: TrafficStatistics;
  readonly counts: CallCounts;
  readonly layers: readonly Layer[];
  /** Draws which of the different requests each one is; absent where that makes no difference. */
  readonly requestRandom: RandomStream | undefined;
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
 * One record with a few fields for each policy, because it is made for every call of every request.
 */
export class Passage implements Client, PoolUser {
  readonly plan: CallPlan;
  /** The request that makes the call. */
  readonly work: Work;
  /** Whether it exists only because somebody tried again. */
  readonly isRepeat: boolean;
  /** Drawn from [0, 1): which of the different requests this is. */
  readonly request: number;
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
  slot: PoolTicket | undefined;
  slotKeepers = 0;
  /** Connection pool. */
  connection: Ticket | undefined;
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
  query: DatabaseCall | undefined;
  member: MemberProcess | undefined;
  /** Deadline: when the time for all that is inside it ends. */
  deadlineAtMs: number;
  /** Fallback: how the call failed, and how many of the answers have been tried. */
  failure: FailureReason | undefined;
  answersTried = 0;

  /** The layer that has the turn; `#origin` when the passage is over. */
  #depth: number;
  /** The layer that sent the passage inward; -1 when the request itself did. */
  readonly #origin: number;
  /** The passage that this one was sent from. */
  readonly #outer: Passage | undefined;
  /** The last passage that was sent from this one and is not over; `#sibling` is the one before. */
  #inner: Passage | undefined;
  #sibling: Passage | undefined;
  /** Whether what it holds is in use until the callee's late answer. */
  #isKept = false;

  private constructor(
    plan: CallPlan,
    work: Work,
    isRepeat: boolean,
    outer: Passage | undefined,
    origin: number,
  ) {
    this.plan = plan;
    this.work = work;
    this.isRepeat = isRepeat;
    this.request = outer ? outer.request : (plan.requestRandom?.next() ?? 0);
    this.member = outer?.member;
    this.deadlineAtMs = outer ? outer.deadlineAtMs : Number.POSITIVE_INFINITY;
    this.#outer = outer;
    this.#origin = origin;
    this.#depth = origin;
  }

  /** A passage through all layers, still to be sent inward with `goOn`. */
  static of(plan: CallPlan, work: Work): Passage {
    plan.counts.made++;
    if (work.isFirstTry) plan.statistics.callsIntended++;
    return new Passage(plan, work, false, undefined, -1);
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
    this.#send(new Passage(this.plan, this.work, true, this, depth));
  }

  /** Makes another call in place of this one. Its plan has the same layers up to the one that does. */
  detour({ depth }: Layer, plan: CallPlan): void {
    if (this.work.isFirstTry && !this.isRepeat) plan.statistics.callsIntended++;
    this.#send(new Passage(plan, this.work, this.isRepeat, this, depth));
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
          passage.work.callAnswered(move);
          return;
        }
        outer.#forget(passage);
        if (outer.plan === passage.plan) {
          outer.isRefusal = passage.isRefusal;
          outer.retryAfterMs = passage.retryAfterMs;
        }
        passage = outer;
      }
      move = (passage.plan.layers[depth] as Layer).ended(passage, move);
    }
  }

  /** Ends without an outcome, because nobody waits for it. */
  giveUp(isLate: boolean): void {
    this.giveUpInside(this.#origin, isLate);
  }

  /**
   * Gives up all that goes on inside a layer that has begun. The turn is with that layer then.
   *
   * @param isLate whether because it took too long
   */
  giveUpInside(depth: number, isLate: boolean): void {
    for (let inner = this.#inner; inner; inner = inner.#sibling) {
      if (inner.#origin < depth) continue;
      inner.giveUp(isLate);
      this.#forget(inner);
    }
    const { layers } = this.plan;
    for (; this.#depth > depth; this.#depth--) {
      (layers[this.#depth] as Layer).giveUp(this, isLate);
    }
  }

  /** Keeps what is held for the callee's work, here and outside, until that has really ended. */
  keep(): void {
    this.#isKept = true;
    this.#tellOutside(keep);
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
    this.plan.engine.after(delayMs, WAKE[depth] as Action<Passage>, this);
  }

  wake(depth: number): void {
    if (this.#depth >= depth) (this.plan.layers[depth] as Layer).wake(this);
  }

  admitted(): void {
    this.goOn();
  }

  refused(reason: FailureReason): void {
    this.end(this.refuse(reason));
  }

  answered(work: Work, outcome: Outcome): void {
    if (this.#depth < this.plan.layers.length - 1) {
      if (this.#isKept) this.#tellOutside(letGo);
      return;
    }
    this.isRefusal = false;
    if (work.hasBegun) this.mayHaveRun = true;
    this.end(outcome);
  }

  /** Tells all layers outside the innermost one, from the inside out. */
  #tellOutside(tell: (layer: Layer, passage: Passage) => void): void {
    let depth = this.plan.layers.length - 2;
    for (let passage: Passage | undefined = this; passage; passage = passage.#outer) {
      const { layers } = passage.plan;
      for (; depth > passage.#origin; depth--) tell(layers[depth] as Layer, passage);
    }
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

/** One shared action for each layer, so that nothing is made when it asks to be woken. */
const WAKE = Array.from({ length: MOST_LAYERS }, (_, depth): Action<Passage> => {
  return (passage) => passage.wake(depth);
});

function keep(layer: Layer, passage: Passage): void {
  layer.keep(passage);
}

function letGo(layer: Layer, passage: Passage): void {
  layer.letGo(passage);
}
