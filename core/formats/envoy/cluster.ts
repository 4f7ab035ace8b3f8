import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import {
  countOr,
  ENVOY,
  percentOr,
  type RefusedDuration,
  readCount,
  readDuration,
} from './proto.ts';

/** Hosts that requests are sent to. Source: Envoy API v3, `config.cluster.v3.Cluster`. */
export interface EnvoyCluster {
  readonly fields: Fields;
  readonly name: string;
  readonly nameAt: SourceRange;
  readonly at: SourceRange;
  readonly hosts: Hosts;
  readonly thresholds: readonly Threshold[];
  readonly outlier?: Outlier;
  readonly healthCheck?: HealthCheck;
  /** With fewer healthy hosts than this, requests go to all of them; off at 0. */
  readonly panicPercent: Sourced<number>;
  readonly unclear: boolean;
}

export interface Hosts {
  readonly addresses: readonly { readonly name: string; readonly at: SourceRange }[];
  /**
   * `exact`: as many as are written. `at-least`: some are names, and a name may have many addresses.
   * `unknown`: somebody else says it.
   */
  readonly count: 'exact' | 'at-least' | 'unknown';
}

/** What is sent at once at most, for requests of one priority. */
export interface Threshold {
  readonly fields: Fields;
  readonly priority: string;
  readonly maxRequests: Sourced<number>;
  readonly maxPending: Sourced<number>;
  readonly maxRetries: Sourced<number>;
  /** Share of the active requests that may be retries, in place of `maxRetries`. */
  readonly retryBudgetPercent?: Sourced<number>;
}

/** Takes hosts that fail out of the load balancing. Source: `OutlierDetection`. */
export interface Outlier {
  readonly fields: Fields;
  readonly consecutive5xx: Sourced<number>;
  readonly enforcing5xx: Sourced<number>;
  readonly gatewayFailure: Sourced<number>;
  readonly enforcingGatewayFailure: Sourced<number>;
  readonly failurePercentage: Sourced<number>;
  readonly enforcingFailurePercentage: Sourced<number>;
  readonly splitsLocalOrigin: boolean;
  readonly baseEjectionMs: Sourced<number>;
  readonly maxEjectionMs: Sourced<number>;
  readonly maxEjectionPercent: Sourced<number>;
  readonly alwaysEjectsOne: boolean;
  readonly unclear: boolean;
}

export interface HealthCheck {
  readonly fields: Fields;
  readonly intervalMs: Sourced<number>;
  readonly unhealthyThreshold: Sourced<number>;
}

const MAX_EJECTION_MS = 300_000;
const IP_ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$/;

export function readCluster(fields: Fields, refused: RefusedDuration[]): EnvoyCluster | undefined {
  const name = fields.scalar('name');
  if (!name) return undefined;
  readDuration(fields, 'connect_timeout', refused);
  const outlier = readOutlier(fields.part('outlier_detection'), refused);
  const healthCheck = readHealthCheck(fields, refused);
  return {
    fields,
    name: name.value,
    nameAt: name.source.at,
    at: fields.extent,
    hosts: readHosts(fields),
    thresholds: fields.part('circuit_breakers').items('thresholds').map(readThreshold),
    ...(outlier && { outlier }),
    ...(healthCheck && { healthCheck }),
    panicPercent: percentOr(fields.part('common_lb_config'), 'healthy_panic_threshold', 50),
    unclear: fields.unclear,
  };
}

function readHosts(fields: Fields): Hosts {
  // Before version 3 of the API, addresses stood in the cluster itself.
  const own = fields.items('hosts');
  const assigned = fields
    .part('load_assignment')
    .items('endpoints')
    .flatMap((locality) => locality.items('lb_endpoints'))
    .map((one) => one.part('endpoint').part('address'));
  const addresses = [...own, ...assigned].map((address) => {
    const socket = address.part('socket_address');
    const host = socket.scalar('address')?.value;
    const port = socket.scalar('port_value')?.value;
    return { host, name: `${host ?? 'host'}${port === undefined ? '' : `:${port}`}`, address };
  });
  const type = fields.text('type')?.value.toUpperCase() ?? 'STATIC';
  const isStatic = type === 'STATIC' && !fields.has('cluster_type');
  const isKnown = isStatic || type === 'STRICT_DNS';
  const areFixed = addresses.every(
    ({ address, host }) => address.has('pipe') || (host !== undefined && IP_ADDRESS.test(host)),
  );
  return {
    addresses: addresses.map(({ address, name }) => ({ name, at: address.at })),
    count: isKnown && addresses.length > 0 ? (areFixed ? 'exact' : 'at-least') : 'unknown',
  };
}

function readThreshold(fields: Fields): Threshold {
  const budget = fields.part('retry_budget');
  return {
    fields,
    priority: fields.scalar('priority')?.value.toUpperCase() ?? 'DEFAULT',
    maxRequests: countOr(fields, 'max_requests', 1_024),
    maxPending: countOr(fields, 'max_pending_requests', 1_024),
    maxRetries: countOr(fields, 'max_retries', 3),
    ...(fields.has('retry_budget') && {
      retryBudgetPercent: percentOr(budget, 'budget_percent', 20),
    }),
  };
}

function readOutlier(fields: Fields, refused: RefusedDuration[]): Outlier | undefined {
  // Written with nothing in it, it is on, with the defaults.
  if (!fields.exists) return undefined;
  const { at } = fields;
  readDuration(fields, 'interval', refused);
  const baseEjectionMs =
    readDuration(fields, 'base_ejection_time', refused) ?? usual(30_000, at, ENVOY);
  const longestMs = Math.max(MAX_EJECTION_MS, baseEjectionMs.value);
  return {
    fields,
    consecutive5xx: countOr(fields, 'consecutive_5xx', 5),
    enforcing5xx: countOr(fields, 'enforcing_consecutive_5xx', 100),
    gatewayFailure: countOr(fields, 'consecutive_gateway_failure', 5),
    enforcingGatewayFailure: countOr(fields, 'enforcing_consecutive_gateway_failure', 0),
    failurePercentage: countOr(fields, 'failure_percentage_threshold', 85),
    enforcingFailurePercentage: countOr(fields, 'enforcing_failure_percentage', 0),
    splitsLocalOrigin: fields.boolean('split_external_local_origin_errors')?.value === true,
    baseEjectionMs,
    maxEjectionMs:
      readDuration(fields, 'max_ejection_time', refused) ?? usual(longestMs, at, ENVOY),
    maxEjectionPercent: countOr(fields, 'max_ejection_percent', 10),
    alwaysEjectsOne: fields.boolean('always_eject_one_host')?.value === true,
    unclear: fields.unclear,
  };
}

/** Of several, the first one. */
function readHealthCheck(cluster: Fields, refused: RefusedDuration[]): HealthCheck | undefined {
  const [fields] = cluster.items('health_checks');
  if (!fields) return undefined;
  readDuration(fields, 'timeout', refused);
  const intervalMs = readDuration(fields, 'interval', refused);
  const unhealthyThreshold = readCount(fields, 'unhealthy_threshold');
  // All of them must be there; without one, Envoy does not start.
  return intervalMs && unhealthyThreshold && { fields, intervalMs, unhealthyThreshold };
}
