import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { FormatDocument } from '../document.ts';
import type { Fields } from '../fields.ts';
import { parseGoDuration } from '../go-duration.ts';
import { readTrip, type Trip } from './trip.ts';

/** A `Resiliency` resource: policies by name, and targets that name them. */
export interface Resiliency {
  readonly fields: Fields;
  readonly name: string;
  readonly timeouts: ReadonlyMap<string, DaprTimeout>;
  readonly retries: ReadonlyMap<string, DaprRetry>;
  readonly breakers: ReadonlyMap<string, DaprBreaker>;
  readonly targets: readonly Target[];
  /** What Dapr cannot decode, for which it drops the rest of the resource. */
  readonly refused: readonly Refused[];
}

interface DaprPolicy {
  readonly name: string;
  readonly nameAt: SourceRange;
  readonly at: SourceRange;
  /** Something of it is written, but nobody can know what it will be. */
  readonly unclear: boolean;
}

export interface DaprTimeout extends DaprPolicy {
  readonly ms?: Sourced<number>;
  /** Written as a number without a unit. */
  readonly isBare: boolean;
}

export interface DaprRetry extends DaprPolicy {
  readonly fields: Fields;
  readonly policy: Sourced<'constant' | 'exponential'>;
  /** Between tries, if `constant`. */
  readonly durationMs: Sourced<number>;
  /** The longest wait between tries, if `exponential`. */
  readonly maxIntervalMs: Sourced<number>;
  /** Without the first try; below 0 without limit. */
  readonly maxRetries: Sourced<number>;
}

export interface DaprBreaker extends DaprPolicy {
  readonly maxRequests: Sourced<number>;
  /** How often a closed breaker forgets its counts; never at 0. */
  readonly intervalMs: Sourced<number>;
  /** How long it stays open. */
  readonly timeoutMs: Sourced<number>;
  readonly tripText: Sourced<string>;
  readonly trip: Trip;
}

export type TargetKind = 'app' | 'actor' | 'outbound' | 'inbound' | 'component';

/** What policies are applied to. `component` is one with policies where Dapr does not read them. */
export interface Target {
  readonly kind: TargetKind;
  readonly name: string;
  readonly nameAt: SourceRange;
  readonly at: SourceRange;
  readonly fields: Fields;
  readonly timeout?: Sourced<string>;
  readonly retry?: Sourced<string>;
  readonly breaker?: Sourced<string>;
}

export interface Refused {
  readonly at: SourceRange;
  readonly reason: string;
}

export const DAPR = 'Dapr';
/** Exponential waits begin with this one. Source: cenkalti/backoff v4, as dapr/kit uses it. */
export const FIRST_WAIT_MS = 500;
export const WAIT_FACTOR = 1.5;
/** How much longer or shorter than planned an exponential wait may be, as a share. */
export const WAIT_SPREAD = 0.5;
/** An exponential policy makes no more tries after this. Source: dapr/kit, `retry.DefaultConfig`. */
export const MAX_ELAPSED_MS = 15 * 60_000;
/** A policy of this name cannot make fewer retries than three. */
export const BUILT_IN =
  /^DaprBuiltIn(?:Service|Actor|ActorReminder|Initialization|ActorNotFound)Retries$/;

const SCOPES = ['type', 'id', 'both'];

export function readResiliency({ fields }: FormatDocument): Resiliency {
  const refused: Refused[] = [];
  const spec = fields.part('spec');
  const policies = spec.part('policies');
  return {
    fields,
    name: fields.part('metadata').text('name')?.value ?? 'resiliency',
    timeouts: timeoutsIn(policies.part('timeouts'), refused),
    retries: byName(policies.part('retries'), (name, one) => readRetry(name, one, refused)),
    breakers: byName(policies.part('circuitBreakers'), (name, one) =>
      readBreaker(name, one, refused),
    ),
    targets: targetsIn(spec.part('targets'), refused),
    refused,
  };
}

function byName<T>(section: Fields, read: (name: string, fields: Fields) => T): Map<string, T> {
  return new Map(section.named().map(([name, fields]) => [name, read(name, fields)]));
}

function timeoutsIn(section: Fields, refused: Refused[]): Map<string, DaprTimeout> {
  return new Map(
    section.named().map(([name, own]) => {
      const ms = duration(section, name, refused);
      const isBare = own.node?.kind === 'scalar' && /^\d+$/.test(String(own.node.value));
      const { at: nameAt, extent: at } = own;
      return [name, { name, nameAt, at, unclear: !ms, isBare, ...(ms && { ms }) }];
    }),
  );
}

function readRetry(name: string, fields: Fields, refused: Refused[]): DaprRetry {
  const { at } = fields;
  const policy = fields.read('policy', (value) => {
    const kind = String(value).toLowerCase();
    return kind === 'constant' || kind === 'exponential' ? kind : undefined;
  });
  const known = {
    policy: policy ?? usual('constant' as const, at, DAPR),
    durationMs: duration(fields, 'duration', refused) ?? usual(5_000, at, DAPR),
    maxIntervalMs: duration(fields, 'maxInterval', refused) ?? usual(60_000, at, DAPR),
    maxRetries: fields.number('maxRetries') ?? usual(-1, at, DAPR),
  };
  const written = fields.valueAt('policy');
  const text = fields.scalar('policy');
  if (!policy && written && text) {
    refused.push({ at: written, reason: `A policy is 'constant' or 'exponential'.` });
  }
  return { name, nameAt: at, at: fields.extent, fields, unclear: fields.unclear, ...known };
}

function readBreaker(name: string, fields: Fields, refused: Refused[]): DaprBreaker {
  const { at } = fields;
  const tripText = fields.text('trip') ?? usual('consecutiveFailures > 5', at, DAPR);
  const known = {
    // The library takes 0 for its own defaults.
    maxRequests: fields.read('maxRequests', count) ?? usual(1, at, DAPR),
    intervalMs: duration(fields, 'interval', refused) ?? usual(0, at, DAPR),
    timeoutMs: duration(fields, 'timeout', refused) ?? usual(60_000, at, DAPR),
  };
  const trip = readTrip(tripText.value);
  return { name, nameAt: at, at: fields.extent, unclear: fields.unclear, ...known, tripText, trip };
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

function targetsIn(targets: Fields, refused: Refused[]): Target[] {
  const apps = targets.part('apps').named();
  const actors = targets.part('actors').named();
  const components = targets.part('components').named();
  for (const [name, fields] of actors) refuseScope(name, fields, refused);
  return [
    ...apps.map(([name, fields]) => readTarget('app', name, fields)),
    ...actors.map(([name, fields]) => readTarget('actor', name, fields)),
    ...components.flatMap(([name, fields]) => [
      readTarget('component', name, fields),
      ...(['outbound', 'inbound'] as const).flatMap((kind) =>
        fields.has(kind) ? [readTarget(kind, name, fields.part(kind))] : [],
      ),
    ]),
  ];
}

function readTarget(kind: TargetKind, name: string, fields: Fields): Target {
  const timeout = fields.text('timeout');
  const retry = fields.text('retry');
  const breaker = fields.text('circuitBreaker');
  return {
    kind,
    name,
    nameAt: fields.at,
    at: fields.extent,
    fields,
    ...(timeout && { timeout }),
    ...(retry && { retry }),
    ...(breaker && { breaker }),
  };
}

/** Source: dapr/dapr, `decodeTargets`. */
function refuseScope(name: string, fields: Fields, refused: Refused[]): void {
  if (!fields.has('circuitBreaker')) return;
  const scope = fields.text('circuitBreakerScope');
  if (scope && SCOPES.includes(scope.value)) return;
  const at = scope?.source.at ?? fields.keyAt('circuitBreaker') ?? fields.at;
  const reason = `The breaker of actor '${name}' needs a circuitBreakerScope: type, id or both.`;
  if (scope || !fields.has('circuitBreakerScope')) refused.push({ at, reason });
}

/** A whole number is milliseconds. Source: dapr/dapr, `parseDuration`. */
function duration(fields: Fields, key: string, refused: Refused[]): Sourced<number> | undefined {
  return fields.read(key, (value) => {
    const text = String(value);
    const ms = /^\d+$/.test(text) ? Number(text) : parseGoDuration(text);
    const at = fields.valueAt(key);
    if (ms === undefined && at) {
      refused.push({ at, reason: "This is no duration: write it as '5s' or '300ms'." });
    }
    return ms;
  });
}
