import { type InwardMove, Layer } from './layer.ts';
import type { Passage } from './passage.ts';

/** Waits for so long and no longer; then gives up what is inside. */
export class TimeoutLayer extends Layer {
  readonly #timeoutMs: number;

  constructor(depth: number, timeoutMs: number) {
    super(depth);
    this.#timeoutMs = timeoutMs;
  }

  override begin(passage: Passage): InwardMove {
    passage.wakeAfter(this, this.#timeoutMs);
    return 'inward';
  }

  override wake(passage: Passage): void {
    passage.giveUpInside(this.depth);
    passage.isRefusal = false;
    passage.end('timeout');
  }
}
