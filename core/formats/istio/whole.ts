import type { Span } from '../../model/fix.ts';
import type { BreakerPolicy, Call, Model, RetryPolicy, Service } from '../../model/model.ts';
import { perPart } from '../../model/per-part.ts';
import type { Wordings } from '../../model/wording.ts';
import { blankBreaker, blankCall, blankRetry, blankService } from '../blank.ts';
import type { Cluster, Piece, ReplicaRange } from '../cluster/cluster.ts';
import type { Resource } from '../cluster/resource.ts';
import { unsaid, usual } from '../defaults.ts';
import { parseGoDuration } from '../go-duration.ts';
import { joinResources } from '../kubernetes/whole.ts';
import type { DestinationRule, OutlierDetection, TrafficPolicy } from './destination-rule.ts';
import { type HttpRoute, ISTIO, retriesTimeouts, type VirtualService } from './virtual-service.ts';

export type IstioPiece =
  | VirtualService
  | DestinationRule
  | { readonly kind: 'other'; readonly piece: Piece | undefined };

/** Routes and rules, joined with the workloads that they lead to. */
export interface IstioWhole {
  readonly model: Model;
  readonly cluster: Cluster;
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
}

export function joinIstio(pieces: readonly IstioPiece[]): IstioWhole {
  const virtualServices = pieces.flatMap((one) => (one.kind === 'virtual-service' ? one : []));
  const destinationRules = pieces.flatMap((one) => (one.kind === 'destination-rule' ? one : []));
  const { cluster, model } = joinResources(
    pieces.map((one) => (one.kind === 'other' ? one.piece : undefined)),
  );
  const retries = new Map<string, RetryPolicy>();
  const breakers = new Map<string, BreakerPolicy>();
  const services = new Map(model.services);
  /** Where a call says how long it may take. */
  const routeAt = new Map<Call, Span>();
  const retriesAt = new Map<Call, Span>();
  for (const rule of destinationRules) {
    const breaker = breakerOf(rule);
    if (breaker) breakers.set(keyOf(rule.resource), breaker);
  }
  for (const virtualService of virtualServices) {
    const { calls, key, service } = loweredOf(virtualService);
    for (const { call, retry, route } of calls) {
      routeAt.set(call, route.fields.at);
      if (route.retries) retriesAt.set(call, route.retries.fields.at);
      if (retry && call.retry) retries.set(call.retry.value, retry);
    }
    services.set(key, service);
  }
  const wordings: Wordings = {
    attempts: { key: 'attempts', write: (attempts) => Number(attempts) - 1 },
    timeout: { key: 'perTryTimeout', write: inSeconds, ownerOf: (call) => retriesAt.get(call) },
    deadline: { key: 'timeout', write: inSeconds, ownerOf: (call) => routeAt.get(call) },
  };
  return {
    cluster,
    virtualServices,
    destinationRules,
    model: { ...model, system: ISTIO, services, retries, breakers, wordings },
  };
}

/** No name of a Kubernetes resource has a space in it. */
function keyOf({ at, kind, name }: Resource): string {
  return `${kind} ${name} ${at.file} ${at.start}`;
}

/** Istio's durations have one unit. */
function inSeconds(duration: unknown): string {
  return `${(parseGoDuration(String(duration)) ?? 0) / 1_000}s`;
}

/** What a resource comes to by itself is worked out once, however often others change. */
const breakerOf = perPart(({ policies, resource }: DestinationRule) => {
  const outlier = policies.find(({ subset }) => subset === undefined)?.outlier;
  return outlier && lowerOutlier(resource, outlier);
});

const loweredOf = perPart(({ resource, routes }: VirtualService) => {
  const key = keyOf(resource);
  const calls = routes.flatMap((route) => lowerRoute(route, resource, key, routes.length) ?? []);
  const service: Service = {
    ...blankService(resource.name, resource.nameAt),
    calls: calls.map(({ call }) => call),
    at: resource.at,
  };
  return { calls, key, service };
});

interface LoweredRoute {
  readonly route: HttpRoute;
  readonly call: Call;
  readonly retry?: RetryPolicy;
}

function lowerRoute(
  route: HttpRoute,
  resource: Resource,
  serviceKey: string,
  routeCount: number,
): LoweredRoute | undefined {
  const { fields, host, number, timeoutMs } = route;
  if (!host) return undefined;
  const key = `${serviceKey} ${number}`;
  const retry = lowerRetry(route, resource);
  const perTryTimeoutMs = retry && route.retries?.perTryTimeoutMs;
  const attemptsAt = retry?.attempts.source;
  const call: Call = {
    ...blankCall(host),
    at: fields.at,
    doubtful: route.unclear,
    text: `to '${host.value}'${routeCount > 1 ? ` by route ${number}` : ''}`,
    ...(perTryTimeoutMs && { timeoutMs: perTryTimeoutMs }),
    ...(timeoutMs && { deadlineMs: timeoutMs }),
    ...(retry && attemptsAt && { retry: { value: key, source: attemptsAt } }),
  };
  return { route, call, ...(retry && { retry }) };
}

/**
 * Retries of what timed out. Others are made only where a try has never reached the callee, or came
 * back at once: they neither take time nor add load.
 */
function lowerRetry({ retries }: HttpRoute, resource: Resource): RetryPolicy | undefined {
  if (!retries || retries.attempts.value < 1 || !retriesTimeouts(retries)) return undefined;
  const { attempts, backoffMs, fields } = retries;
  const { at, extent } = fields;
  return {
    ...blankRetry(resource.name, at),
    at: extent,
    doubtful: fields.unclear,
    attempts: { ...attempts, value: attempts.value + 1 },
    initialMs: backoffMs,
    growth: usual('exponential', at, ISTIO),
    factor: usual(2, at, ISTIO),
    maxMs: usual(10 * backoffMs.value, at, ISTIO),
    jitter: usual('full', at, ISTIO),
  };
}

function lowerOutlier(resource: Resource, outlier: OutlierDetection): BreakerPolicy {
  const { baseEjectionMs, consecutive5xx, fields } = outlier;
  return {
    ...blankBreaker(resource.name, resource.nameAt),
    at: fields.extent,
    doubtful: outlier.unclear || consecutive5xx.value < 1,
    trip: { kind: 'consecutive', failureThreshold: consecutive5xx },
    recoveryTimeoutMs: baseEjectionMs,
    recoveryFactor: unsaid(1, fields.at),
    maxRecoveryTimeoutMs: baseEjectionMs,
    successThreshold: unsaid(1, fields.at),
  };
}

/** A policy that takes hosts out, with how many there are. */
export interface Ejection {
  readonly host: string;
  readonly policy: TrafficPolicy;
  readonly outlier: OutlierDetection;
  /** Absent where nobody can know how many there are. */
  readonly hosts?: ReplicaRange;
}

export function* ejections({ cluster, destinationRules }: IstioWhole): Generator<Ejection> {
  for (const rule of destinationRules) {
    const { host, resource } = rule;
    // Nobody knows yet whose hosts they are.
    if (!host) continue;
    const service = cluster.serviceNamed(host.value, resource);
    const behind = service ? cluster.behind(service) : [];
    const ranges = behind.flatMap(({ replicas }) => replicas ?? []);
    const isKnown = behind.length > 0 && ranges.length === behind.length;
    for (const policy of rule.policies) {
      const { outlier } = policy;
      if (!outlier || outlier.unclear) continue;
      yield {
        host: host.value,
        policy,
        outlier,
        // A subset is of some of the pods only.
        ...(isKnown && policy.subset === undefined && { hosts: sumOf(ranges) }),
      };
    }
  }
}

function sumOf(ranges: readonly ReplicaRange[]): ReplicaRange {
  return ranges.reduce((sum, { max, min }) => ({ min: sum.min + min, max: sum.max + max }));
}
