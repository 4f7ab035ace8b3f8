import type { Clock, Timer } from '../time/index.ts';
import { Frame, type Upper } from './frame.ts';

/** A frame that lets what is below begin again and again, at once or after a wait. */
export abstract class RepeatingFrame extends Frame {
  /** While it waits for the next try. */
  declare timer: Timer | undefined;
  declare isStarting: boolean;
  declare startsAgain: boolean;

  constructor(above: Upper) {
    super(above);
    this.timer = undefined;
    this.isStarting = false;
    this.startsAgain = false;
  }

  /** Makes one try. */
  abstract begin(): void;

  /**
   * Starts the next try; and in a loop those after it, as long as each is rejected at once, because
   * calling this from in there would go as deep as there are tries.
   */
  start(): void {
    this.timer = undefined;
    this.startsAgain = true;
    if (this.isStarting) return;
    this.isStarting = true;
    while (this.startsAgain) {
      this.startsAgain = false;
      this.begin();
    }
    this.isStarting = false;
  }

  startAfter(delayMs: number, clock: Clock): void {
    if (delayMs === 0) this.start();
    else this.timer = clock.after(delayMs, () => this.start());
  }

  override cancel(reason: unknown, abandon: boolean): void {
    if (this.timer === undefined) super.cancel(reason, abandon);
    else this.timer.cancel();
  }
}
