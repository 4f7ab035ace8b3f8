import type { Call, Group, Member, Model, RetryPolicy, Service } from '../../model/model.ts';
import type { Wordings } from '../../model/wording.ts';
import { blankCall, blankGroup, blankModel, blankRetry, blankService } from '../blank.ts';
import { unsaid, usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import {
  type Dynamic,
  type Middleware,
  type Retry,
  type Router,
  TRAEFIK,
  type TraefikService,
} from './dynamic.ts';

/** All files that one Traefik may be told by; each may name what is in the others. */
export interface TraefikWhole {
  readonly model: Model;
  readonly files: readonly Dynamic[];
}

const WORDINGS: Wordings = { attempts: { key: 'attempts' } };

export function joinDynamics(files: readonly Dynamic[]): TraefikWhole {
  const blank = blankModel(files[0]?.fields.at.file ?? '');
  const services = new Map<string, Service>();
  const groups = new Map<string, Group>();
  const retries = new Map<string, RetryPolicy>();
  const middlewares = new Map<string, Middleware[]>();
  for (const one of files.flatMap((file) => file.middlewares)) {
    middlewares.set(one.name, [...(middlewares.get(one.name) ?? []), one]);
    if (one.retry?.attempts) retries.set(keyOf(one.retry.fields), lowerRetry(one.name, one.retry));
  }
  for (const file of files) {
    for (const service of file.services) {
      if (service.servers.length > 0) groups.set(keyOf(service.fields), lowerServers(service));
    }
    for (const router of file.routers) {
      const call = lowerRouter(router, middlewares);
      services.set(keyOf(router.fields), {
        ...blankService(router.name, router.nameAt),
        at: router.fields.extent,
        calls: call ? [call] : [],
      });
    }
  }
  const parts = { services, groups, retries, wordings: WORDINGS };
  return { files, model: { ...blank, system: TRAEFIK, ...parts } };
}

function keyOf({ at }: Fields): string {
  return `${at.file} at ${at.start}`;
}

/** A name without the provider that it is of. */
export function nameOf(reference: string): string {
  return reference.replace(/@file$/, '');
}

function lowerRouter(
  { fields, middlewares, service }: Router,
  known: ReadonlyMap<string, readonly Middleware[]>,
): Call | undefined {
  if (!service) return undefined;
  const named = middlewares.map((one) => known.get(nameOf(one)) ?? []);
  const retries = named.flatMap((found) => (found.length === 1 ? (found[0]?.retry ?? []) : []));
  const [retry] = retries.filter(({ attempts }) => attempts !== undefined);
  return {
    ...blankCall(service),
    at: fields.extent,
    doubtful: fields.unclear,
    text: `to '${service.value}'`,
    ...(retry?.attempts && { retry: { ...retry.attempts, value: keyOf(retry.fields) } }),
  };
}

/** Waits grow so that the last one is twice as long as the first. Source: traefik, `newBackOff`. */
function lowerRetry(name: string, retry: Retry): RetryPolicy {
  const { attempts, fields, initialIntervalMs, unclear } = retry;
  const { at, extent } = fields;
  return {
    ...blankRetry(name, at),
    at: extent,
    doubtful: unclear,
    // Traefik refuses fewer than 1; a rule says so, and no model holds what is no attempt at all.
    attempts: attempts ? { ...attempts, value: Math.max(1, attempts.value) } : unsaid(1, at),
    initialMs: initialIntervalMs,
    growth: usual('exponential', at, TRAEFIK),
    factor: usual(2 ** (1 / Math.max(1, (attempts?.value ?? 2) - 1)), at, TRAEFIK),
    maxMs: usual(2 * initialIntervalMs.value, at, TRAEFIK),
    jitter: usual('equal', at, TRAEFIK),
  };
}

function lowerServers({ fields, name, nameAt, servers }: TraefikService): Group {
  const members = servers.map(
    (server, index): Member => ({
      name: `${name} ${index + 1}`,
      nameAt: server.at,
      role: 'active',
      weight: unsaid(1, server.at),
    }),
  );
  return {
    ...blankGroup(name, nameAt),
    at: fields.extent,
    doubtful: fields.unclear,
    members,
    minHealthy: unsaid(1, nameAt),
  };
}
