import type { Span } from '../../model/fix.ts';
import type { Call, Model, RetryPolicy, Service } from '../../model/model.ts';
import type { Wordings } from '../../model/wording.ts';
import { blankCall, blankModel, blankRetry, blankService } from '../blank.ts';
import { unsaid } from '../defaults.ts';
import { uniqueNames } from '../names.ts';
import type { HttpRoute, RouteRule } from './http-route.ts';
import { GATEWAY_API, rewritten } from './value.ts';

export interface GatewayWhole {
  readonly model: Model;
  readonly routes: readonly HttpRoute[];
}

export function joinRoutes(pieces: readonly (HttpRoute | undefined)[]): GatewayWhole {
  const routes = pieces.filter((piece) => piece !== undefined);
  const names = uniqueNames(routes.map(({ resource }) => resource));
  const services = new Map<string, Service>();
  const retries = new Map<string, RetryPolicy>();
  const timeoutsAt = new Map<Call, Span>();
  for (const { resource, rules } of routes) {
    const name = names.get(resource) ?? resource.name;
    const calls = rules.flatMap((rule): Call[] => {
      const key = `${name} ${rule.number}`;
      const retry = lowerRetry(rule);
      const call = lowerRule(rule, rules.length, retry && key);
      if (!call) return [];
      if (retry) retries.set(key, retry);
      if (rule.timeouts.exists) timeoutsAt.set(call, rule.timeouts.at);
      return [call];
    });
    const service = blankService(resource.name, resource.nameAt);
    services.set(name, { ...service, at: resource.at, calls });
  }
  const ownerOf = (call: Call) => timeoutsAt.get(call);
  const wordings: Wordings = {
    attempts: { key: 'attempts', write: (attempts) => Number(attempts) - 1 },
    timeout: { key: 'backendRequest', write: rewritten, ownerOf },
    deadline: { key: 'request timeout', write: rewritten, ownerOf },
  };
  const blank = blankModel(routes[0]?.resource.at.file ?? '');
  return { routes, model: { ...blank, system: GATEWAY_API, services, retries, wordings } };
}

function lowerRule(
  rule: RouteRule,
  ruleCount: number,
  retryKey: string | undefined,
): Call | undefined {
  const { backendRequestMs, backends, fields, number, requestMs, retry, unclear } = rule;
  // Of several, requests go to one; how they spread is nothing that is judged.
  const [backend] = backends;
  if (!backend) return undefined;
  return {
    ...blankCall(backend.name),
    at: fields.at,
    doubtful: unclear,
    text: `to '${backend.name.value}'${ruleCount > 1 ? ` by rule ${number}` : ''}`,
    ...(backendRequestMs && { timeoutMs: backendRequestMs }),
    ...(requestMs && { deadlineMs: requestMs }),
    ...(retry &&
      retryKey !== undefined && { retry: { value: retryKey, source: sourceOf(retry.keyAt) } }),
  };
}

function sourceOf(at: RouteRule['fields']['at']) {
  return { kind: 'explicit', at } as const;
}

/** Where the gateway decides how many there are, nothing can be said of them. */
function lowerRetry({ retry }: RouteRule): RetryPolicy | undefined {
  if (!retry?.attempts) return undefined;
  const { attempts, backoffMs, fields } = retry;
  const { at, extent } = fields;
  // The shortest wait that there can be: gateways may wait longer, and longer each time.
  const waitMs = backoffMs ?? unsaid(0, at);
  return {
    ...blankRetry('retry', at),
    at: extent,
    doubtful: fields.unclear,
    attempts: { ...attempts, value: attempts.value + 1 },
    initialMs: waitMs,
    growth: unsaid('constant', at),
    factor: unsaid(1, at),
    maxMs: waitMs,
    jitter: unsaid('none', at),
  };
}
