import type { CallContext, Operation } from './policy.ts';
import { rejection } from './rejection.ts';

/** Starts an operation. One that throws at once has failed like any other. */
export function invoke(operation: Operation<unknown>, context: CallContext): Promise<unknown> {
  try {
    return Promise.resolve(operation(context));
  } catch (error) {
    return rejection(error);
  }
}
