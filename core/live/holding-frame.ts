import { Frame, type Upper } from './frame.ts';

/**
 * A frame that holds something, such as a slot, for as long as operations below it really run: also
 * those that go on when their answer is not waited for any more.
 */
export abstract class HoldingFrame extends Frame {
  /** Operations that run on. */
  declare straggling: number;
  /** Whether the call is over as far as those above are concerned. */
  declare isOver: boolean;

  constructor(above: Upper) {
    super(above);
    this.straggling = 0;
    this.isOver = false;
  }

  /** Gives back what is held. */
  abstract release(): void;

  /**
   * To be called when the call is over, before those above are told: who tries again at once may need
   * what is held.
   */
  finish(): void {
    this.isOver = true;
    if (this.straggling === 0) this.release();
  }

  override straggle(): void {
    this.straggling += 1;
    this.above.straggle();
  }

  override ended(failed: boolean): void {
    this.straggling -= 1;
    if (this.isOver && this.straggling === 0) this.release();
    this.above.ended(failed);
  }
}
