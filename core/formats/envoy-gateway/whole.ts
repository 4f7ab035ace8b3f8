import type { BreakerPolicy, Call, Model, RetryPolicy, Service } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { Wordings } from '../../model/wording.ts';
import { blankBreaker, blankCall, blankRetry, blankService } from '../blank.ts';
import type { Cluster, Piece, ReplicaRange } from '../cluster/cluster.ts';
import { mayShareNamespace, type Resource } from '../cluster/resource.ts';
import { unsaid, usual } from '../defaults.ts';
import { retriesTimeouts } from '../envoy/conditions.ts';
import { ENVOY } from '../envoy/proto.ts';
import type { HttpRoute } from '../gateway-api/http-route.ts';
import { rewritten } from '../gateway-api/value.ts';
import { joinResources } from '../kubernetes/whole.ts';
import {
  ENVOY_GATEWAY,
  type PassiveCheck,
  type PolicyRetry,
  type TrafficPolicy,
} from './policy.ts';

export type EnvoyGatewayPiece =
  | TrafficPolicy
  | HttpRoute
  | { readonly kind: 'other'; readonly piece: Piece | undefined };

/** Policies, joined with the routes that they are of, and the workloads that those lead to. */
export interface EnvoyGatewayWhole {
  readonly model: Model;
  readonly cluster: Cluster;
  readonly policies: readonly TrafficPolicy[];
  readonly routes: readonly HttpRoute[];
}

/** What Envoy takes for a route without a timeout. */
const REQUEST_TIMEOUT_MS = 15_000;

export function joinPolicies(pieces: readonly EnvoyGatewayPiece[]): EnvoyGatewayWhole {
  const policies = pieces.flatMap((one) => (one.kind === 'policy' ? one : []));
  const routes = pieces.flatMap((one) => (one.kind === 'http-route' ? one : []));
  const { cluster, model } = joinResources(
    pieces.map((one) => (one.kind === 'other' ? one.piece : undefined)),
  );
  const services = new Map(model.services);
  const retries = new Map<string, RetryPolicy>();
  const breakers = new Map<string, BreakerPolicy>();
  for (const policy of policies) {
    const { passive, resource } = policy;
    const key = keyOf(resource);
    const retry = lowerRetry(policy);
    if (retry) retries.set(key, retry);
    if (passive) breakers.set(key, lowerPassive(resource, passive));
    const service = blankService(resource.name, resource.nameAt);
    const call = lowerPolicy(policy, targetedRoutes(policy, routes), retry && key);
    const lowered: Service = { ...service, at: resource.at, calls: [call] };
    services.set(key, lowered);
  }
  const wordings: Wordings = {
    attempts: { key: 'numRetries', write: (attempts) => Number(attempts) - 1 },
    // In a mapping of its own, which may not be there: no fix can add it.
    timeout: { key: 'perRetry.timeout', write: rewritten, ownerOf: () => undefined },
    deadline: { key: 'requestTimeout', write: rewritten, ownerOf: () => undefined },
  };
  const parts = { services, retries, breakers, wordings };
  return { cluster, policies, routes, model: { ...model, system: ENVOY_GATEWAY, ...parts } };
}

/** No name of a Kubernetes resource has a space in it. */
function keyOf({ at, kind, name }: Resource): string {
  return `${kind} ${name} ${at.file} ${at.start}`;
}

/** The routes that a policy names, as far as they are known. */
export function targetedRoutes(
  { resource, targets }: TrafficPolicy,
  routes: readonly HttpRoute[],
): readonly HttpRoute[] {
  return routes.filter(
    (route) =>
      mayShareNamespace(route.resource, resource) &&
      targets.some(({ kind, name }) => kind === 'HTTPRoute' && name === route.resource.name),
  );
}

function lowerPolicy(
  policy: TrafficPolicy,
  targeted: readonly HttpRoute[],
  retryKey: string | undefined,
): Call {
  const { isMerged, resource, retry, targets, unclear } = policy;
  const [target] = targets;
  const name: Sourced<string> = {
    value: target?.name || resource.name,
    source: { kind: 'explicit', at: resource.nameAt },
  };
  const deadlineMs = timeoutOf(policy, targeted);
  return {
    ...blankCall(name),
    at: resource.at,
    // What a route says counts instead of what a policy says.
    doubtful: unclear || isMerged || targeted.some(saysItself),
    text: `under policy '${resource.name}'`,
    ...(deadlineMs && { deadlineMs }),
    ...(retry?.perTryTimeoutMs && { timeoutMs: retry.perTryTimeoutMs }),
    ...(retry && retryKey !== undefined && { retry: { ...retry.numRetries, value: retryKey } }),
  };
}

function saysItself({ rules }: HttpRoute): boolean {
  return rules.some(({ fields, timeouts }) => timeouts.exists || fields.has('retry'));
}

/** Where the routes are not known, they may say it themselves. */
function timeoutOf(
  { requestTimeoutMs, resource, targets }: TrafficPolicy,
  targeted: readonly HttpRoute[],
): Sourced<number> | undefined {
  if (requestTimeoutMs) return requestTimeoutMs.value > 0 ? requestTimeoutMs : undefined;
  const areKnown = targets.length > 0 && targeted.length >= targets.length;
  return areKnown ? usual(REQUEST_TIMEOUT_MS, resource.nameAt, ENVOY) : undefined;
}

/** Retries of what timed out; others do not wait for the timeout of a try. */
function lowerRetry({ resource, retry }: TrafficPolicy): RetryPolicy | undefined {
  if (!retry || retry.numRetries.value < 1 || !retriesTimeouts(retry.triggers.value)) {
    return undefined;
  }
  const { baseIntervalMs, fields, maxIntervalMs } = retry;
  const { at, extent } = fields;
  return {
    ...blankRetry(resource.name, at),
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

function triesOf({ numRetries }: PolicyRetry): Sourced<number> {
  return { ...numRetries, value: numRetries.value + 1 };
}

function lowerPassive({ name, nameAt }: Resource, passive: PassiveCheck): BreakerPolicy {
  const { baseEjectionMs, consecutive5xx, fields, unclear } = passive;
  return {
    ...blankBreaker(name, nameAt),
    at: fields.extent,
    doubtful: unclear || consecutive5xx.value < 1,
    trip: { kind: 'consecutive', failureThreshold: consecutive5xx },
    recoveryTimeoutMs: baseEjectionMs,
    recoveryFactor: unsaid(1, fields.at),
    maxRecoveryTimeoutMs: baseEjectionMs,
    successThreshold: unsaid(1, fields.at),
  };
}

/** A passive check, with how many pods there are behind each service that it is of. */
export interface Ejection {
  readonly policy: TrafficPolicy;
  readonly passive: PassiveCheck;
  readonly service: string;
  readonly pods: ReplicaRange;
}

/** Every passive check that can be held against the number of pods. */
export function* ejections({ cluster, policies, routes }: EnvoyGatewayWhole): Generator<Ejection> {
  for (const policy of policies) {
    const { passive } = policy;
    if (!passive || passive.unclear) continue;
    const targeted = targetedRoutes(policy, routes);
    const backends = new Set(
      targeted.flatMap((route) =>
        route.rules.flatMap((rule) =>
          rule.backends.map(({ name, namespace }) => {
            const service = namespace === undefined ? name.value : `${name.value}.${namespace}`;
            return cluster.serviceNamed(service, route.resource);
          }),
        ),
      ),
    );
    for (const service of backends) {
      const [behind, another] = service ? cluster.behind(service) : [];
      if (!service || another || !behind?.replicas) continue;
      yield { policy, passive, service: service.resource.name, pods: behind.replicas };
    }
  }
}
