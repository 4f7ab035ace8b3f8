import { PolicyError } from './policy-error.ts';

/** A policy did not let the call be made: the dependency has not been asked, and is not to blame. */
export abstract class RejectedError extends PolicyError {}
