import type { Span } from '../../model/fix.ts';
import type {
  BreakerPolicy,
  BulkheadPolicy,
  Call,
  Group,
  Member,
  Model,
  RetryPolicy,
  Service,
} from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { Wordings } from '../../model/wording.ts';
import {
  blankBreaker,
  blankBulkhead,
  blankCall,
  blankGroup,
  blankModel,
  blankRetry,
  blankService,
} from '../blank.ts';
import { unsaid, usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { parseGoDuration } from '../go-duration.ts';
import type { Bootstrap } from './bootstrap.ts';
import type { EnvoyCluster, Outlier, Threshold } from './cluster.ts';
import { retriesTimeouts } from './conditions.ts';
import { ENVOY, secondsOf } from './proto.ts';
import type { EnvoyRetry, EnvoyRoute, VirtualHost } from './route.ts';

/** Each file is an Envoy of its own; no names are shared among them. */
export interface EnvoyWhole {
  readonly model: Model;
  readonly bootstraps: readonly Bootstrap[];
}

/** A route with what it belongs to. */
export interface RouteSite {
  readonly bootstrap: Bootstrap;
  readonly host: VirtualHost;
  readonly route: EnvoyRoute;
}

/** Every route of every file. */
export function routesOf({ bootstraps }: Pick<EnvoyWhole, 'bootstraps'>): readonly RouteSite[] {
  return bootstraps.flatMap((bootstrap) =>
    bootstrap.hosts.flatMap((host) => host.routes.map((route) => ({ bootstrap, host, route }))),
  );
}

export function joinBootstraps(bootstraps: readonly Bootstrap[]): EnvoyWhole {
  const blank = blankModel(bootstraps[0]?.fields.at.file ?? '');
  const groups = new Map<string, Group>();
  const services = new Map<string, Service>();
  const retries = new Map<string, RetryPolicy>();
  const breakers = new Map<string, BreakerPolicy>();
  const bulkheads = new Map<string, BulkheadPolicy>();
  const actionAt = new Map<Call, Span>();
  const policyAt = new Map<Call, Span>();
  const keys = uniqueKeys(bootstraps);
  const keyOf = (one: EnvoyCluster | VirtualHost) => keys.get(one) ?? one.name;
  for (const { clusters, hosts } of bootstraps) {
    for (const cluster of clusters) {
      const key = keyOf(cluster);
      groups.set(key, lowerCluster(cluster));
      if (cluster.outlier) breakers.set(key, lowerOutlier(cluster, cluster.outlier));
      for (const one of cluster.thresholds) {
        const id = `${key} ${one.priority}`;
        if (!bulkheads.has(id)) bulkheads.set(id, lowerThreshold(cluster, one));
      }
    }
    for (const host of hosts) {
      const calls = host.routes.flatMap((route) =>
        // Of several, requests go to one; how they spread is nothing that is judged.
        route.clusters.slice(0, 1).map((name): Call => {
          const retry = lowerRetry(route);
          const retryKey = `route ${placeOf(route.fields)}`;
          if (retry) retries.set(retryKey, retry);
          const cluster = clusters.find((one) => one.name === name.value);
          const bulkhead = cluster && `${keyOf(cluster)} ${route.priority}`;
          const call = lowerRoute(route, {
            name,
            text: `to '${name.value}' by route ${route.label}`,
            ...(cluster && { callee: keyOf(cluster) }),
            ...(retry && { retry: { ...retry.attempts, value: retryKey } }),
            ...(bulkhead !== undefined &&
              bulkheads.has(bulkhead) && { bulkhead: { ...name, value: bulkhead } }),
          });
          actionAt.set(call, route.action.at);
          if (route.retry) policyAt.set(call, route.retry.fields.at);
          return call;
        }),
      );
      const service = blankService(host.name, host.nameAt);
      services.set(keyOf(host), { ...service, at: host.fields.extent, calls });
    }
  }
  const wordings: Wordings = {
    attempts: { key: 'num_retries', write: (attempts) => Number(attempts) - 1 },
    timeout: { key: 'per_try_timeout', write: inSeconds, ownerOf: (call) => policyAt.get(call) },
    deadline: { key: 'timeout', write: inSeconds, ownerOf: (call) => actionAt.get(call) },
  };
  const parts = { groups, services, retries, breakers, bulkheads };
  return { bootstraps, model: { ...blank, system: ENVOY, ...parts, wordings } };
}

/** What clusters and virtual hosts are called in the model, where every name is one thing. */
function uniqueKeys(
  bootstraps: readonly Bootstrap[],
): ReadonlyMap<EnvoyCluster | VirtualHost, string> {
  const keys = new Map<EnvoyCluster | VirtualHost, string>();
  const taken = new Set<string>();
  for (const one of bootstraps.flatMap(({ clusters, hosts }) => [...clusters, ...hosts])) {
    const { fields, name } = one;
    keys.set(one, taken.has(name) ? `${name} in ${placeOf(fields)}` : name);
    taken.add(name);
  }
  return keys;
}

function placeOf({ at }: Fields): string {
  return `${at.file} at ${at.start}`;
}

function inSeconds(duration: unknown): string {
  return secondsOf(parseGoDuration(String(duration)) ?? 0);
}

/** A call by one route to one cluster. */
interface Target {
  readonly name: Sourced<string>;
  readonly text: string;
  /** The cluster's name in the model, if it is in the file. */
  readonly callee?: string;
  readonly retry?: Sourced<string>;
  readonly bulkhead?: Sourced<string>;
}

function lowerRoute(route: EnvoyRoute, { bulkhead, callee, name, retry, text }: Target): Call {
  const { action, hedges, timeoutMs } = route;
  const perTry = route.retry?.perTryTimeoutMs;
  // When a try takes too long, another one is made beside it, and both go on.
  const hedge = hedges && perTry && route.retry;
  return {
    ...blankCall({ ...name, value: callee ?? name.value }),
    at: action.at,
    doubtful: route.unclear,
    text,
    ...(timeoutMs && { deadlineMs: timeoutMs }),
    ...(hedge
      ? {
          hedge: {
            at: hedges.source.at,
            afterMs: perTry,
            attempts: triesOf(hedge),
          },
        }
      : { ...(perTry && { timeoutMs: perTry }), ...(retry && { retry }) }),
    ...(bulkhead && { bulkhead }),
  };
}

/**
 * Retries of what timed out. Others are made only where a try has come back, mostly at once: they do
 * not wait for the timeout of a try.
 */
function lowerRetry({ retry }: EnvoyRoute): RetryPolicy | undefined {
  if (!retry || retry.numRetries.value < 1 || !retriesTimeouts(retry.conditions)) return undefined;
  const { baseIntervalMs, fields, maxIntervalMs } = retry;
  const { at, extent } = fields;
  return {
    ...blankRetry('retry_policy', at),
    at: extent,
    doubtful: fields.unclear,
    attempts: triesOf(retry),
    initialMs: baseIntervalMs,
    growth: usual('exponential', at, ENVOY),
    factor: usual(2, at, ENVOY),
    maxMs: maxIntervalMs,
    jitter: usual('full', at, ENVOY),
  };
}

/** Tries in all, the first one included. */
function triesOf({ numRetries }: EnvoyRetry): Sourced<number> {
  return { ...numRetries, value: numRetries.value + 1 };
}

function lowerCluster(cluster: EnvoyCluster): Group {
  const { healthCheck, hosts, name, nameAt } = cluster;
  const members = hosts.addresses.map(
    (one, index): Member => ({
      name: `${index + 1} ${one.name}`,
      nameAt: one.at,
      role: 'active',
      weight: unsaid(1, one.at),
    }),
  );
  return {
    ...blankGroup(name, nameAt),
    at: cluster.at,
    doubtful: cluster.unclear || hosts.count !== 'exact',
    members,
    minHealthy: unsaid(Math.min(1, members.length), nameAt),
    ...(healthCheck && {
      detection: {
        at: healthCheck.fields.at,
        method: unsaid('heartbeat', healthCheck.fields.at),
        intervalMs: healthCheck.intervalMs,
        missed: healthCheck.unhealthyThreshold,
        weakeningPhi: unsaid(3, healthCheck.fields.at),
        failedPhi: unsaid(8, healthCheck.fields.at),
      },
    }),
  };
}

function lowerOutlier({ name, nameAt }: EnvoyCluster, outlier: Outlier): BreakerPolicy {
  const { baseEjectionMs, consecutive5xx, enforcing5xx, fields, maxEjectionMs } = outlier;
  return {
    ...blankBreaker(name, nameAt),
    at: fields.extent,
    doubtful: outlier.unclear || consecutive5xx.value < 1 || enforcing5xx.value < 100,
    trip: { kind: 'consecutive', failureThreshold: consecutive5xx },
    recoveryTimeoutMs: baseEjectionMs,
    // Each ejection of a host lasts one base time longer than the one before.
    recoveryFactor: unsaid(1, fields.at),
    maxRecoveryTimeoutMs: maxEjectionMs,
    successThreshold: unsaid(1, fields.at),
  };
}

function lowerThreshold({ name, nameAt }: EnvoyCluster, one: Threshold): BulkheadPolicy {
  const { fields, maxRequests } = one;
  return {
    ...blankBulkhead(name, nameAt),
    at: fields.extent,
    doubtful: fields.unclear,
    size: maxRequests,
    // What is above the limit is answered with 503 at once.
    queueSize: unsaid(0, fields.at),
    maxWaitMs: unsaid(0, fields.at),
  };
}

/** Every cluster that ejects hosts, with how. */
export function outliersOf({
  bootstraps,
}: Pick<EnvoyWhole, 'bootstraps'>): readonly { cluster: EnvoyCluster; outlier: Outlier }[] {
  return bootstraps.flatMap(({ clusters }) =>
    clusters.flatMap((cluster) => (cluster.outlier ? { cluster, outlier: cluster.outlier } : [])),
  );
}
