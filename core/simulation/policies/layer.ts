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
  /** Whether it may send more than one passage inward for each that comes to it. */
  readonly sendsMore: boolean = false;

  constructor(depth: number) {
    this.depth = depth;
  }

  /** A request comes from outside. */
  abstract begin(passage: Passage): InwardMove;

  /** An outcome comes from inside. Not told when the layer itself has ended the passage. */
  ended(_passage: Passage, outcome: Outcome): OutwardMove {
    return outcome;
  }

  /** Something outside no longer waits: to give back all that the passage holds here. */
  giveUp(_passage: Passage): void {}

  /**
   * Work inside goes on that nobody waits for any more: to give what the passage holds here to the
   * passage of that work.
   */
  handOver(_from: Passage, _to: Passage): void {}

  /** The work that was given up but went on has ended: to give back what it holds of this layer. */
  letGo(_passage: Passage): void {}

  /** The time has come that was asked for with `passage.wakeAfter`, and the passage is still here. */
  wake(_passage: Passage): void {}
}
