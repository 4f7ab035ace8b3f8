import type { CallContext } from '../policy.ts';

/** One time that an operation was started. */
export interface Run<T> {
  readonly context: CallContext;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** An operation that ends when the test says so. */
export function controlled<T = string>() {
  const runs: Run<T>[] = [];
  const operation = (context: CallContext): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      runs.push({ context, resolve, reject });
    });
  return {
    operation,
    runs,
    /** The one that was started as the nth; the first is 1. */
    run(number: number): Run<T> {
      const run = runs[number - 1];
      if (run === undefined) throw new Error(`Run ${number} has not been started`);
      return run;
    },
  };
}

/** What has become of a promise so far. */
export function watch<T>(promise: Promise<T>) {
  const watched: { state: 'pending' | 'resolved' | 'rejected'; value?: T; error?: unknown } = {
    state: 'pending',
  };
  promise.then(
    (value) => Object.assign(watched, { state: 'resolved', value }),
    (error: unknown) => Object.assign(watched, { state: 'rejected', error }),
  );
  return watched;
}
