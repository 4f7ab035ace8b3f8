import type { Sourced, SourceRange } from '../../model/source.ts';
import type { Resource } from '../cluster/resource.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { ISTIO, readDuration } from './virtual-service.ts';

/** How requests to a host are sent. Source: Istio API, `DestinationRule`. */
export interface DestinationRule {
  readonly kind: 'destination-rule';
  readonly resource: Resource;
  readonly host?: Sourced<string>;
  /** Of the host, of its subsets and of its ports, as far as they have one of their own. */
  readonly policies: readonly TrafficPolicy[];
}

export interface TrafficPolicy {
  readonly fields: Fields;
  /** The name of the subset that it is of; absent where it is of the host. */
  readonly subset?: string;
  readonly outlier?: OutlierDetection;
  /** Connections to all hosts together. */
  readonly maxConnections?: Sourced<number>;
  /** Requests that wait for a connection. */
  readonly maxPending?: Sourced<number>;
  /** Where other places are named that take over. */
  readonly failoverAt?: SourceRange;
}

/** Takes hosts that fail out of the load balancing, each sidecar by what it sees itself. */
export interface OutlierDetection {
  readonly fields: Fields;
  readonly consecutive5xx: Sourced<number>;
  readonly consecutiveGateway?: Sourced<number>;
  readonly localOriginFailures?: Sourced<number>;
  readonly splitsLocalOrigin: boolean;
  readonly intervalMs: Sourced<number>;
  readonly baseEjectionMs: Sourced<number>;
  readonly maxEjectionPercent: Sourced<number>;
  readonly minHealthPercent: Sourced<number>;
  /** A setting that Istio does not read any more. */
  readonly consecutiveErrors?: Sourced<number>;
  readonly unclear: boolean;
}

export function readDestinationRule(resource: Resource): DestinationRule {
  const { spec } = resource;
  const host = spec.text('host');
  const own = spec.part('trafficPolicy');
  const subsets = spec.items('subsets').flatMap((subset) => {
    const policy = subset.part('trafficPolicy');
    const name = subset.scalar('name')?.value ?? '';
    return policy.exists ? [{ ...readPolicy(policy), subset: name }] : [];
  });
  const ports = own.items('portLevelSettings').map(readPolicy);
  const policies = [...(own.exists ? [readPolicy(own)] : []), ...subsets, ...ports];
  return { kind: 'destination-rule', resource, ...(host && { host }), policies };
}

function readPolicy(fields: Fields): TrafficPolicy {
  const pool = fields.part('connectionPool');
  const outlier = readOutlier(fields.part('outlierDetection'));
  const maxConnections = pool.part('tcp').number('maxConnections');
  const maxPending = pool.part('http').number('http1MaxPendingRequests');
  const locality = fields.part('loadBalancer').part('localityLbSetting');
  const failoverAt = locality.keyAt('failover') ?? locality.keyAt('failoverPriority');
  const isOn = locality.boolean('enabled')?.value !== false;
  return {
    fields,
    ...(outlier && { outlier }),
    ...(maxConnections && { maxConnections }),
    ...(maxPending && { maxPending }),
    ...(failoverAt && isOn && { failoverAt }),
  };
}

function readOutlier(fields: Fields): OutlierDetection | undefined {
  if (!fields.exists) return undefined;
  const { at } = fields;
  const consecutiveGateway = fields.number('consecutiveGatewayErrors');
  const localOriginFailures = fields.number('consecutiveLocalOriginFailures');
  const consecutiveErrors = fields.number('consecutiveErrors');
  const percent = (key: string, otherwise: number) => {
    const written = fields.number(key);
    // Istio cannot tell 0 from nothing.
    return written && written.value > 0 ? written : usual(otherwise, at, ISTIO);
  };
  return {
    fields,
    consecutive5xx: fields.number('consecutive5xxErrors') ?? usual(5, at, ISTIO),
    ...(consecutiveGateway && { consecutiveGateway }),
    ...(localOriginFailures && { localOriginFailures }),
    splitsLocalOrigin: fields.boolean('splitExternalLocalOriginErrors')?.value === true,
    intervalMs: readDuration(fields, 'interval') ?? usual(10_000, at, ISTIO),
    baseEjectionMs: readDuration(fields, 'baseEjectionTime') ?? usual(30_000, at, ISTIO),
    maxEjectionPercent: percent('maxEjectionPercent', 10),
    minHealthPercent: percent('minHealthPercent', 0),
    ...(consecutiveErrors && { consecutiveErrors }),
    unclear: fields.unclear,
  };
}
