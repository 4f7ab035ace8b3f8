import type { Sourced, SourceRange } from '../../model/source.ts';
import { kindOf } from '../cluster/resource.ts';
import { usual } from '../defaults.ts';
import type { FormatDocument } from '../document.ts';
import type { Fields } from '../fields.ts';
import { parseGoDuration } from '../go-duration.ts';
import { type Expression, readExpression } from './expression.ts';

export const TRAEFIK = 'Traefik';

/** What Traefik is told while it runs: in a file of its own, or by a resource of Kubernetes. */
export interface Dynamic {
  readonly fields: Fields;
  /** A group that Traefik 3 does not look at any more. */
  readonly oldGroupAt?: SourceRange;
  readonly middlewares: readonly Middleware[];
  readonly routers: readonly Router[];
  readonly services: readonly TraefikService[];
}

export interface Middleware {
  readonly name: string;
  readonly nameAt: SourceRange;
  readonly retry?: Retry;
  readonly breaker?: Breaker;
  readonly rateLimit?: Fields;
  readonly isResource: boolean;
}

export interface Retry {
  readonly fields: Fields;
  /** With the first try, whatever the documentation says. */
  readonly attempts?: Sourced<number>;
  /** Before the first retry; up to twice as long before the last. */
  readonly initialIntervalMs: Sourced<number>;
  readonly unclear: boolean;
}

export interface Breaker {
  readonly fields: Fields;
  readonly expressionText?: Sourced<string>;
  readonly expression?: Expression;
  /** How long it stays open. */
  readonly fallbackMs: Sourced<number>;
  /** How long it lets more and more requests through after that. */
  readonly recoveryMs: Sourced<number>;
}

export interface Router {
  readonly fields: Fields;
  readonly name: string;
  readonly nameAt: SourceRange;
  readonly service?: Sourced<string>;
  /** The outermost first. */
  readonly middlewares: readonly string[];
}

export interface TraefikService {
  readonly fields: Fields;
  readonly name: string;
  readonly nameAt: SourceRange;
  readonly loadBalancer: Fields;
  readonly servers: readonly Fields[];
  readonly failover: Fields;
}

export function readDynamic({ fields, root }: FormatDocument): Dynamic {
  if (kindOf(root) === 'Middleware') return readResource(fields);
  const http = fields.part('http');
  return {
    fields,
    middlewares: http
      .part('middlewares')
      .named()
      .map(([name, own]) => readMiddleware(name, own.at, own, false)),
    routers: http.part('routers').named().map(readRouter),
    services: http.part('services').named().map(readService),
  };
}

function readResource(fields: Fields): Dynamic {
  const name = fields.part('metadata').text('name');
  const version = fields.text('apiVersion');
  const isOld = version?.value.startsWith('traefik.containo.us/');
  return {
    fields,
    ...(isOld && version && { oldGroupAt: version.source.at }),
    middlewares: name
      ? [readMiddleware(name.value, name.source.at, fields.part('spec'), true)]
      : [],
    routers: [],
    services: [],
  };
}

function readMiddleware(
  name: string,
  nameAt: SourceRange,
  fields: Fields,
  isResource: boolean,
): Middleware {
  const retry = fields.part('retry');
  const breaker = fields.part('circuitBreaker');
  const rateLimit = fields.part('rateLimit');
  return {
    name,
    nameAt,
    ...(retry.exists && { retry: readRetry(retry) }),
    ...(breaker.exists && { breaker: readBreaker(breaker) }),
    ...(rateLimit.exists && { rateLimit }),
    isResource,
  };
}

function readRetry(fields: Fields): Retry {
  const attempts = fields.number('attempts');
  const initialIntervalMs = readDuration(fields, 'initialInterval') ?? usual(0, fields.at, TRAEFIK);
  return { fields, ...(attempts && { attempts }), initialIntervalMs, unclear: fields.unclear };
}

function readBreaker(fields: Fields): Breaker {
  const text = fields.text('expression');
  return {
    fields,
    ...(text && { expressionText: text, expression: readExpression(text.value) }),
    fallbackMs: readDuration(fields, 'fallbackDuration') ?? usual(10_000, fields.at, TRAEFIK),
    recoveryMs: readDuration(fields, 'recoveryDuration') ?? usual(10_000, fields.at, TRAEFIK),
  };
}

function readRouter([name, fields]: readonly [string, Fields]): Router {
  const service = fields.text('service');
  return {
    fields,
    name,
    nameAt: fields.at,
    ...(service && { service }),
    middlewares: fields
      .items('middlewares')
      .flatMap(({ node }) => (node?.kind === 'scalar' ? String(node.value) : [])),
  };
}

function readService([name, fields]: readonly [string, Fields]): TraefikService {
  const loadBalancer = fields.part('loadBalancer');
  const servers = loadBalancer.items('servers');
  return {
    fields,
    name,
    nameAt: fields.at,
    loadBalancer,
    servers,
    failover: fields.part('failover'),
  };
}

/** Milliseconds; a number without a unit is seconds. Source: traefik/paerser, `types.Duration`. */
function readDuration(fields: Fields, key: string): Sourced<number> | undefined {
  return fields.read(key, (value) => {
    const text = String(value);
    return /^\d+$/.test(text) ? Number(text) * 1_000 : parseGoDuration(text);
  });
}
