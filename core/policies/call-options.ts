import type { CallOptions, Operation } from '../live/index.ts';
import type { Operation as OperationKind } from '../model/model.ts';
import type { Component } from '../patterns/index.ts';

/** What an operation finds in its context, besides what every operation does. */
export interface ServiceContext {
  /** Which member of a redundancy group is to do it, where the config has one called. */
  readonly member?: Component;
  /** Its connection, where the config puts the call into a connection pool. */
  readonly connection?: unknown;
}

/** What is done for a call of a service. */
export type ServiceOperation<T> = Operation<T, ServiceContext>;

/** What a service may say of a call that it makes. */
export interface ServiceCallOptions<T> extends CallOptions<T> {
  /** Which of several calls to the same callee it is; by default the first in the config. */
  readonly operation?: OperationKind;
  /** How to ask those whom the fallback of the call names, by their names. */
  readonly alternatives?: Readonly<Record<string, Operation<T>>>;
}
