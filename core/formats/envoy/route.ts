import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { conditionsIn } from './conditions.ts';
import { countOr, ENVOY, type RefusedDuration, readDuration } from './proto.ts';

/** Routes of one or several domains. Source: Envoy API v3, `config.route.v3.VirtualHost`. */
export interface VirtualHost {
  readonly fields: Fields;
  readonly name: string;
  readonly nameAt: SourceRange;
  readonly routes: readonly EnvoyRoute[];
  /** Whether Envoy checks that the clusters are there. */
  readonly validatesClusters: boolean;
}

export interface EnvoyRoute {
  readonly fields: Fields;
  /** What it does with a request. */
  readonly action: Fields;
  /** `'orders'`, or `2 of 'shop'` where it has no name. */
  readonly label: string;
  /** Where its requests go, each to one of them. Empty where the request says it. */
  readonly clusters: readonly Sourced<string>[];
  /** For all tries together; absent where it is switched off. */
  readonly timeoutMs?: Sourced<number>;
  readonly retry?: EnvoyRetry;
  /** `hedge_on_per_try_timeout`, if it is on. */
  readonly hedges?: Sourced<boolean>;
  readonly priority: string;
  readonly unclear: boolean;
}

/** Source: Envoy API v3, `config.route.v3.RetryPolicy`. */
export interface EnvoyRetry {
  readonly fields: Fields;
  readonly retryOn?: Sourced<string>;
  readonly conditions: readonly string[];
  /** Without the first try. */
  readonly numRetries: Sourced<number>;
  /** For each try; absent means that a try may take all of the time. */
  readonly perTryTimeoutMs?: Sourced<number>;
  readonly hasIdleTimeout: boolean;
  /** Before the first retry; doubles from then on, up to `maxIntervalMs`. */
  readonly baseIntervalMs: Sourced<number>;
  readonly maxIntervalMs: Sourced<number>;
}

const TIMEOUT_MS = 15_000;
const BASE_INTERVAL_MS = 25;

/** All that a route configuration says. */
export function readRoutes(config: Fields, refused: RefusedDuration[]): readonly VirtualHost[] {
  const validatesClusters = config.boolean('validate_clusters')?.value !== false;
  return config.items('virtual_hosts').map((fields): VirtualHost => {
    const name = fields.scalar('name') ?? usual('virtual host', fields.at, ENVOY);
    const routes = fields.items('routes').flatMap((one, index) => {
      return readRoute(one, fields, `${index + 1} of '${name.value}'`, refused) ?? [];
    });
    return { fields, name: name.value, nameAt: name.source.at, routes, validatesClusters };
  });
}

/** Redirects and direct answers are none. */
function readRoute(
  fields: Fields,
  host: Fields,
  number: string,
  refused: RefusedDuration[],
): EnvoyRoute | undefined {
  const action = fields.part('route');
  if (!action.exists) return undefined;
  const name = fields.text('name');
  const written = readDuration(action, 'timeout', refused);
  const timeoutMs = action.has('timeout') ? written : usual(TIMEOUT_MS, action.at, ENVOY);
  // A policy of the route takes the place of that of the host as a whole.
  const owner = [action, host].find((one) => one.part('retry_policy').exists);
  const retry = owner && readRetry(owner.part('retry_policy'), refused);
  const hedging = [action, host].find((one) => one.part('hedge_policy').exists);
  const hedges = hedging?.part('hedge_policy').boolean('hedge_on_per_try_timeout');
  const weighted = action.part('weighted_clusters').items('clusters');
  const cluster = action.scalar('cluster');
  return {
    fields,
    action,
    label: name ? `'${name.value}'` : number,
    clusters: cluster ? [cluster] : weighted.flatMap((one) => one.scalar('name') ?? []),
    ...(timeoutMs && timeoutMs.value > 0 && { timeoutMs }),
    ...(retry && { retry }),
    ...(hedges?.value && { hedges }),
    priority: action.scalar('priority')?.value.toUpperCase() ?? 'DEFAULT',
    unclear: action.unclear || (retry?.fields.unclear ?? false) || limitsItself(action),
  };
}

/** Whether the time that there is depends on what requests say. */
function limitsItself(action: Fields): boolean {
  return action.has('max_grpc_timeout') || action.has('max_stream_duration');
}

function readRetry(fields: Fields, refused: RefusedDuration[]): EnvoyRetry {
  const retryOn = fields.scalar('retry_on');
  const perTryTimeoutMs = readDuration(fields, 'per_try_timeout', refused);
  const backOff = fields.part('retry_back_off');
  const baseIntervalMs =
    readDuration(backOff, 'base_interval', refused) ?? usual(BASE_INTERVAL_MS, fields.at, ENVOY);
  return {
    fields,
    ...(retryOn && { retryOn }),
    conditions: conditionsIn(retryOn?.value ?? ''),
    numRetries: countOr(fields, 'num_retries', 1),
    ...(perTryTimeoutMs && perTryTimeoutMs.value > 0 && { perTryTimeoutMs }),
    hasIdleTimeout: fields.has('per_try_idle_timeout'),
    baseIntervalMs,
    maxIntervalMs:
      readDuration(backOff, 'max_interval', refused) ??
      usual(10 * baseIntervalMs.value, fields.at, ENVOY),
  };
}
