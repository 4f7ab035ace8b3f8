/**
 * What core needs of abort signals. Core is compiled without the types of any host; where those are
 * there, `Signal` is the host's own `AbortSignal`, so that it can go straight on to `fetch` and to
 * everything else that takes one.
 */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer HostSignal } }
  ? HostSignal
  : BareSignal;

/** The part of `AbortSignal` that is used in here. */
export interface BareSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: AbortListener): void;
  removeEventListener(type: 'abort', listener: AbortListener): void;
}

/** Listening as an object costs no closure. */
export interface AbortListener {
  handleEvent(): void;
}

/** The part of `AbortController` that is used in here. */
export interface Controller {
  readonly signal: Signal;
  abort(reason?: unknown): void;
}

declare const AbortController: new () => Controller;

export function createController(): Controller {
  return new AbortController();
}
