import type { Component } from '../redundancy/component.ts';
import type { DatabaseErrorKind } from './database-error.ts';

export type DatabaseCallKind = 'read' | 'write';

/** Why a try failed; `unavailable` means that no node was there to run it. */
export type DatabaseFailure = DatabaseErrorKind | 'unavailable';

/**
 * One query, over all its tries:
 * - `new`: not begun.
 * - `running`: on `node`.
 * - `waiting`: its last try failed; it is to be begun again after `waitMs`.
 * - `succeeded`: on `node`.
 * - `failed`: its last try failed, and no other is made.
 */
export type DatabaseCall = {
  readonly kind: DatabaseCallKind;
  /** Tries that were made after the first. */
  readonly retries: number;
  /** How long the latest wait is or was, ms. */
  readonly waitMs: number;
} & (
  | { readonly state: 'new'; readonly node: undefined; readonly failure: undefined }
  | {
      readonly state: 'running' | 'succeeded';
      readonly node: Component;
      readonly failure: undefined;
    }
  | {
      readonly state: 'waiting' | 'failed';
      /** Where the last try ran; `undefined` when it ran nowhere. */
      readonly node: Component | undefined;
      readonly failure: DatabaseFailure;
    }
);

/** What a database knows of a call. */
export class Call {
  readonly kind: DatabaseCallKind;
  state: DatabaseCall['state'] = 'new';
  node: Component | undefined;
  /** How often the node had failed when the try began: a later failure makes its result old news. */
  nodeFailures = 0;
  failure: DatabaseFailure | undefined;
  retries = 0;
  waitMs = 0;

  constructor(kind: DatabaseCallKind) {
    this.kind = kind;
  }
}
