import { Call } from './call.ts';
import type { CallEnd } from './events.ts';
import type { CallOptions, Operation } from './policy.ts';
import type { Route } from './route.ts';

/** A call of which somebody wants to hear how it ends. */
export class ReportedCall extends Call {
  declare readonly startedAtMs: number;

  constructor(
    route: Route,
    operation: Operation<unknown>,
    options: CallOptions<unknown> | undefined,
  ) {
    super(route, operation, options);
    this.startedAtMs = route.clock.nowMs();
  }

  override settle(state: 'succeeded' | 'failed', answer: unknown, outcome: CallEnd): void {
    const isFirst = this.state === 'pending';
    super.settle(state, answer, outcome);
    // A judge may cancel the very call whose answer is on its way up.
    if (!isFirst) return;
    const { clock, events, name: policy } = this.route;
    const durationMs = clock.nowMs() - this.startedAtMs;
    events.emit({ kind: 'call-ended', policy, outcome, durationMs, attempts: this.attempts });
  }
}
