import type { Sourced, SourceRange } from '../../model/source.ts';
import type { Resource } from '../cluster/resource.ts';
import type { Fields } from '../fields.ts';
import { type Refused, readDuration } from './value.ts';

/** Routes of requests to backends. Source: Gateway API, `HTTPRoute`. */
export interface HttpRoute {
  readonly kind: 'http-route';
  readonly resource: Resource;
  readonly rules: readonly RouteRule[];
  readonly refused: readonly Refused[];
}

export interface RouteRule {
  readonly fields: Fields;
  /** From 1. */
  readonly number: number;
  /** The services that requests go to, each to one of them. */
  readonly backends: readonly Backend[];
  readonly timeouts: Fields;
  /** For all tries together; absent where it is off, or where the gateway decides. */
  readonly requestMs?: Sourced<number>;
  /** For each try; the same. */
  readonly backendRequestMs?: Sourced<number>;
  readonly retry?: RouteRetry;
  readonly unclear: boolean;
}

export interface Backend {
  readonly name: Sourced<string>;
  readonly namespace?: string;
}

export interface RouteRetry {
  readonly fields: Fields;
  readonly keyAt: SourceRange;
  /** Without the first try; absent where the gateway decides. */
  readonly attempts?: Sourced<number>;
  /** At least so long between tries; absent where the gateway decides. */
  readonly backoffMs?: Sourced<number>;
}

export function readHttpRoute(resource: Resource): HttpRoute {
  const refused: Refused[] = [];
  const rules = resource.spec
    .items('rules')
    .map((fields, index) => readRule(fields, index + 1, refused));
  return { kind: 'http-route', resource, rules, refused };
}

function readRule(fields: Fields, number: number, refused: Refused[]): RouteRule {
  const timeouts = fields.part('timeouts');
  const request = readDuration(timeouts, 'request', refused);
  const backendRequest = readDuration(timeouts, 'backendRequest', refused);
  const isContrary =
    request && backendRequest && request.value > 0 && backendRequest.value > request.value;
  if (isContrary) {
    refused.push({
      at: backendRequest.source.at,
      reason: 'backendRequest may not be longer than request, for it is a part of it.',
    });
  }
  const retry = readRetry(fields, refused);
  return {
    fields,
    number,
    backends: fields.items('backendRefs').flatMap(readBackend),
    timeouts,
    ...(request && request.value > 0 && { requestMs: request }),
    ...(backendRequest && backendRequest.value > 0 && { backendRequestMs: backendRequest }),
    ...(retry && { retry }),
    unclear: fields.unclear || timeouts.unclear || Boolean(isContrary),
  };
}

/** Services only: how anything else is reached, nobody knows here. */
function readBackend(fields: Fields): Backend[] {
  const name = fields.scalar('name');
  const kind = fields.text('kind')?.value ?? 'Service';
  const namespace = fields.scalar('namespace')?.value;
  return name && kind === 'Service'
    ? [{ name, ...(namespace !== undefined && { namespace }) }]
    : [];
}

function readRetry(rule: Fields, refused: Refused[]): RouteRetry | undefined {
  const fields = rule.part('retry');
  const keyAt = rule.keyAt('retry');
  if (!keyAt || !fields.exists) return undefined;
  const attempts = fields.number('attempts');
  if (attempts && attempts.value < 1) {
    refused.push({
      at: attempts.source.at,
      reason: 'attempts must be 1 or more: leave out retry for no retries.',
    });
  }
  const backoffMs = readDuration(fields, 'backoff', refused);
  for (const code of fields.items('codes')) {
    const status = code.node?.kind === 'scalar' ? code.node.value : undefined;
    if (Number.isInteger(status) && (Number(status) < 400 || Number(status) > 599)) {
      refused.push({ at: code.at, reason: `Status codes to retry are 400 to 599, not ${status}.` });
    }
  }
  return {
    fields,
    keyAt,
    ...(attempts && attempts.value >= 1 && { attempts }),
    ...(backoffMs && { backoffMs }),
  };
}
