import type {
  BreakerStateKind,
  ComponentRole,
  DiscardReason,
  Failover,
  RejectedError,
} from '../patterns/index.ts';

export type CallEnd = 'success' | 'failure' | 'cancelled';

/** Something that a policy did. `policy` is its name. */
export type PolicyEvent =
  | {
      readonly kind: 'call-ended';
      readonly policy: string;
      readonly outcome: CallEnd;
      /** From the caller's view: waits and attempts included. */
      readonly durationMs: number;
      /** Operations started: that of the call, each time, and alternatives to it. */
      readonly attempts: number;
    }
  | { readonly kind: 'rejected'; readonly policy: string; readonly error: RejectedError }
  | {
      readonly kind: 'state-changed';
      readonly policy: string;
      readonly from: BreakerStateKind;
      readonly to: BreakerStateKind;
    }
  | {
      readonly kind: 'retry';
      readonly policy: string;
      /** Tries that have failed so far; 1 or more. */
      readonly failedAttempts: number;
      readonly delayMs: number;
    }
  | { readonly kind: 'gave-up'; readonly policy: string; readonly failedAttempts: number }
  | {
      readonly kind: 'hedged';
      readonly policy: string;
      /** Copies of the call that have been sent so far, the first one included; 2 or more. */
      readonly copies: number;
    }
  | { readonly kind: 'timed-out'; readonly policy: string; readonly timeoutMs: number }
  | {
      readonly kind: 'cache-hit';
      readonly policy: string;
      /** Whether it stands in for a call that has failed, rather than saving one. */
      readonly isStale: boolean;
      readonly ageMs: number;
    }
  | { readonly kind: 'connection-opened'; readonly policy: string }
  | {
      /** One could not be opened; who waited for it has the error too. */
      readonly kind: 'connection-failed';
      readonly policy: string;
      readonly error: unknown;
    }
  | {
      readonly kind: 'connection-closed';
      readonly policy: string;
      readonly reason: DiscardReason;
      /** What went wrong in closing it, if anything did. */
      readonly error?: unknown;
    }
  | {
      /** A member of a group is taken for failed. */
      readonly kind: 'member-failed';
      readonly policy: string;
      readonly member: string;
      /** What is lost by going on without it, where members hold copies of data. */
      readonly failover?: Failover;
    }
  | {
      /** It gets no new work for now. */
      readonly kind: 'member-degraded';
      readonly policy: string;
      readonly member: string;
    }
  | { readonly kind: 'member-restored'; readonly policy: string; readonly member: string }
  | {
      readonly kind: 'health-check-failed';
      readonly policy: string;
      readonly member: string;
      readonly error: unknown;
    }
  | {
      /** A standby, or one that has just come back, is active now. */
      readonly kind: 'promoted';
      readonly policy: string;
      readonly member: string;
    }
  | {
      /** A failed member is a member again. */
      readonly kind: 'recovered';
      readonly policy: string;
      readonly member: string;
      readonly role: ComponentRole;
    }
  | {
      /** An attempt to recover a member failed. */
      readonly kind: 'recovery-failed';
      readonly policy: string;
      readonly member: string;
      readonly error: unknown;
    }
  | {
      /** All attempts to recover a member have failed. */
      readonly kind: 'given-up';
      readonly policy: string;
      readonly member: string;
      readonly attempts: number;
    }
  | {
      readonly kind: 'fell-back';
      readonly policy: string;
      /** Which alternative answered; 0 is the first. */
      readonly alternative: number;
    }
  | {
      readonly kind: 'fallback-failed';
      readonly policy: string;
      /** What went wrong with each alternative, in order. */
      readonly errors: readonly unknown[];
    };

/**
 * Runs after the fact, in a microtask of its own: it can neither delay nor disturb a call. What it
 * throws is reported by the host as an unhandled rejection.
 */
export type PolicyListener = (event: PolicyEvent) => void;

/** Something that can be listened to. */
export interface EventSource {
  /** @returns what ends it. */
  subscribe(listener: PolicyListener): () => void;
}

/** Hears each source once, however often it is named. */
export function subscribeToAll(
  sources: readonly EventSource[],
  listener: PolicyListener,
): () => void {
  const ends = [...new Set(sources)].map((source) => source.subscribe(listener));
  return () => {
    for (const end of ends) end();
  };
}

/** Who listens to a policy. Whoever wants to say something asks first whether it is `heard`. */
export class Events implements EventSource {
  /** Replaced, never changed, so that an event goes to those who listened when it happened. */
  #listeners: readonly PolicyListener[] = [];

  /** Whether an event is worth making. */
  get heard(): boolean {
    return this.#listeners.length > 0;
  }

  emit(event: PolicyEvent): void {
    for (const listener of this.#listeners) void Promise.resolve(event).then(listener);
  }

  subscribe(listener: PolicyListener): () => void {
    // A function of its own, so that the same listener can be there twice and leave once.
    const own: PolicyListener = (event) => listener(event);
    this.#listeners = [...this.#listeners, own];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== own);
    };
  }
}
