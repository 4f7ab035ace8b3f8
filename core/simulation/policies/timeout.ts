import { TimeLimitLayer } from './time-limit.ts';

/** Limits how long each attempt may take. */
export class TimeoutLayer extends TimeLimitLayer {
  constructor(depth: number, timeoutMs: number) {
    super(depth, timeoutMs, 'timeout');
  }
}
