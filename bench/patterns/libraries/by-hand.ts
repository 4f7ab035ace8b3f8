import { operation, rejectedBy, SETTINGS, type Subject } from '../subject.ts';

// What one writes where there is no library: everything in one function, as little as will do, and a
// timer for each call. It has no metrics, no queue, no half-open state, no cancellation.

const { attempts, initialDelayMs, failureThreshold, openMs, slots, timeoutMs } = SETTINGS;

class Breaker {
  #failures = 0;
  #openUntilMs = 0;

  enter(): void {
    if (this.#failures < failureThreshold) return;
    if (performance.now() < this.#openUntilMs) throw new Error('The circuit is open');
  }

  leave(failed: boolean): void {
    this.#failures = failed ? this.#failures + 1 : 0;
    if (this.#failures >= failureThreshold) this.#openUntilMs = performance.now() + openMs;
  }

  async execute<T>(call: () => Promise<T>): Promise<T> {
    this.enter();
    try {
      const value = await call();
      this.leave(false);
      return value;
    } catch (error) {
      this.leave(true);
      throw error;
    }
  }
}

function within<T>(call: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('It takes too long')), timeoutMs);
    call().then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

function stackAround(call: () => Promise<unknown>): () => Promise<unknown> {
  const breaker = new Breaker();
  let inUse = 0;
  return async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        breaker.enter();
        if (inUse >= slots) throw new Error('All slots are in use');
        inUse += 1;
        try {
          const value = await call();
          breaker.leave(false);
          return value;
        } catch (error) {
          breaker.leave(true);
          throw error;
        } finally {
          inUse -= 1;
        }
      } catch (error) {
        if (attempt >= attempts) throw error;
        const delayMs = Math.random() * initialDelayMs * 2 ** attempt;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  };
}

export const byHand: Subject = {
  breaker: () => {
    const breaker = new Breaker();
    return () => breaker.execute(operation);
  },
  stack: () => stackAround(operation),
  full: () => stackAround(() => within(operation)),
  rejected: () => {
    const breaker = new Breaker();
    return rejectedBy((call) => breaker.execute(call));
  },
};
