import type { Engine } from '../engine.ts';
import { TimeLimitLayer } from './time-limit.ts';

/** Limits how long each attempt may take. */
export class TimeoutLayer extends TimeLimitLayer {
  constructor(depth: number, engine: Engine, timeoutMs: number) {
    super(depth, engine, timeoutMs, 'timeout');
  }
}
