import type { LocalClock } from '../local-clock.ts';
import type { Outcome } from '../outcome.ts';
import type { Passage } from './passage.ts';

/**
 * What becomes of a passage that comes to a layer: it goes on inward, it waits until the layer sends
 * it on, or it has its outcome here already.
 */
export type InwardMove = 'inward' | 'wait' | Outcome;

/** What becomes of an outcome that comes back to a layer: it goes on outward, changed or not. */
export type OutwardMove = 'wait' | Outcome;

/**
 * One policy around a call, shared by all requests that make the call: it drives the machine of
 * its pattern. What it has to remember of one request is kept in the `Passage`.
 */
export abstract class Layer {
  /** Place among the layers of its call: 0 is the outermost. */
  readonly depth: number;

  constructor(depth: number) {
    this.depth = depth;
  }

  /** The clock that its machine is told, where it keeps time. */
  get clock(): LocalClock | undefined {
    return undefined;
  }

  /** A request comes from outside. */
  abstract begin(passage: Passage): InwardMove;

  /** An outcome comes from inside. Not told when the layer itself has ended the passage. */
  ended(_passage: Passage, outcome: Outcome): OutwardMove {
    return outcome;
  }

  /**
   * Something outside no longer waits: to give back all that the passage holds here.
   *
   * @param isLate whether because it took too long
   */
  giveUp(_passage: Passage, _isLate: boolean): void {}

  /** The callee's work goes on, and until it ends it uses what the passage holds here. */
  keep(_passage: Passage): void {}

  /** Such work has ended. */
  letGo(_passage: Passage): void {}

  /** The time has come that was asked for with `passage.wakeAfter`, and the passage is still here. */
  wake(_passage: Passage): void {}
}
