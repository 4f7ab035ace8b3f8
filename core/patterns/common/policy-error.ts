type Capture = (target: object, upTo: unknown) => void;

const host = Error as { captureStackTrace?: Capture };

let capturesStacks = false;

/**
 * Whether the errors of policies capture the stack from now on; by default they do not. A breaker
 * rejects most when there is the least time to spare, the stack costs several times as much as all
 * the rest of a rejected call, and it leads to the policy, never to what failed.
 */
export function captureRejectionStacks(on: boolean): void {
  capturesStacks = on;
}

/**
 * What a policy says in place of the answer to a call: an error of our own making, never the
 * dependency's. `stack` is name and message only, unless `captureRejectionStacks` asks for more.
 *
 * It inherits from `Error` without being made by it: `instanceof`, `name`, `message` and `stack`
 * are an error's, but even with a stack limit of 0 the engine's own constructor would take longer
 * than the rest of a rejected call. What only looks for the engine's mark, such as
 * `structuredClone`, sees an object with the same properties.
 */
export abstract class PolicyError implements Error {
  static {
    Object.setPrototypeOf(PolicyError.prototype, Error.prototype);
  }

  /** On the prototype of each class, where `Error` has its own. */
  declare name: string;
  readonly message: string;

  constructor(message: string) {
    this.message = message;
    if (capturesStacks) host.captureStackTrace?.(this, new.target);
  }

  /** A captured stack is a property of the error itself and found before this one. */
  get stack(): string {
    return `${this.name}: ${this.message}`;
  }

  /** Tools that follow errors across asynchronous calls write their own. */
  set stack(value: string) {
    Object.defineProperty(this, 'stack', { value, writable: true, configurable: true });
  }
}
