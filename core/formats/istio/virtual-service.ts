import type { Sourced, SourceRange } from '../../model/source.ts';
import type { Resource } from '../cluster/resource.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { parseGoDuration } from '../go-duration.ts';

export const ISTIO = 'Istio';

/** Routes of requests to hosts. Source: Istio API, `VirtualService`. */
export interface VirtualService {
  readonly kind: 'virtual-service';
  readonly resource: Resource;
  readonly routes: readonly HttpRoute[];
}

export interface HttpRoute {
  readonly fields: Fields;
  /** Its number in the resource, from 1. */
  readonly number: number;
  /** Where its requests go; the first of several. Absent for a redirect, say. */
  readonly host?: Sourced<string>;
  /** For all tries together; absent means that there is no limit. */
  readonly timeoutMs?: Sourced<number>;
  readonly retries?: HttpRetries;
  /** Faults that are injected on purpose. */
  readonly faultAt?: SourceRange;
  readonly unclear: boolean;
}

export interface HttpRetries {
  readonly fields: Fields;
  /** Retries, without the first try. */
  readonly attempts: Sourced<number>;
  /** For each try; absent means that a try may take all of the time. */
  readonly perTryTimeoutMs?: Sourced<number>;
  /** What is retried. */
  readonly retryOn: Sourced<string>;
  /** Before the first retry; doubles from then on. */
  readonly backoffMs: Sourced<number>;
}

/** What Istio retries on where nobody says it. Source: istio/istio, `retry.DefaultPolicy`. */
const DEFAULT_RETRY_ON = 'connect-failure,refused-stream,unavailable,cancelled,503';

/** The conditions under which Envoy retries a try that ran into its timeout. */
const TIMEOUT_CONDITIONS = ['5xx', 'gateway-error', 'reset'];

export function readVirtualService(resource: Resource): VirtualService {
  const routes = resource.spec.items('http').map((fields, index): HttpRoute => {
    const [first] = fields.items('route');
    const host = first?.part('destination').text('host');
    const timeoutMs = readDuration(fields, 'timeout');
    const retries = readRetries(fields);
    const faultAt = fields.part('fault').exists ? fields.keyAt('fault') : undefined;
    return {
      fields,
      number: index + 1,
      ...(host && { host }),
      ...(timeoutMs && { timeoutMs }),
      ...(retries && { retries }),
      ...(faultAt && { faultAt }),
      unclear: fields.unclear,
    };
  });
  return { kind: 'virtual-service', resource, routes };
}

function readRetries(route: Fields): HttpRetries | undefined {
  const fields = route.part('retries');
  if (!fields.exists) return undefined;
  const perTryTimeoutMs = readDuration(fields, 'perTryTimeout');
  return {
    fields,
    attempts: fields.number('attempts') ?? usual(0, fields.at, ISTIO),
    ...(perTryTimeoutMs && { perTryTimeoutMs }),
    retryOn: fields.scalar('retryOn') ?? usual(DEFAULT_RETRY_ON, fields.at, ISTIO),
    backoffMs: readDuration(fields, 'backoff') ?? usual(25, fields.at, ISTIO),
  };
}

/** Whether a try that ran into its timeout is followed by another one. */
export function retriesTimeouts({ retryOn }: HttpRetries): boolean {
  const conditions = retryOn.value.split(',').map((one) => one.trim());
  return TIMEOUT_CONDITIONS.some((one) => conditions.includes(one));
}

/** Milliseconds; 0 switches a limit off. */
export function readDuration(fields: Fields, key: string): Sourced<number> | undefined {
  const duration = fields.read(key, (value) =>
    typeof value === 'string' ? parseGoDuration(value) : undefined,
  );
  return duration?.value === 0 ? undefined : duration;
}
