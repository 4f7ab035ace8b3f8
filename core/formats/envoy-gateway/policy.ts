import type { Sourced, SourceRange } from '../../model/source.ts';
import { defaultNote } from '../../model/source.ts';
import { shortened } from '../../text/words.ts';
import type { Resource } from '../cluster/resource.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { type Refused, readDuration } from '../gateway-api/value.ts';

export const ENVOY_GATEWAY = 'Envoy Gateway';

/** How requests are sent to backends. Source: Envoy Gateway API, `BackendTrafficPolicy`. */
export interface TrafficPolicy {
  readonly kind: 'policy';
  readonly resource: Resource;
  readonly targets: readonly Target[];
  /** Whether another policy may say what this one does not. */
  readonly isMerged: boolean;
  /** For all tries together; 0 switches it off. Absent where it is not written. */
  readonly requestTimeoutMs?: Sourced<number>;
  readonly retry?: PolicyRetry;
  readonly passive?: PassiveCheck;
  readonly active?: Fields;
  readonly circuitBreaker: Fields;
  readonly faultAt?: SourceRange;
  /** `delay`, `abort`. */
  readonly faults: readonly string[];
  readonly refused: readonly Refused[];
  readonly unclear: boolean;
}

export interface Target {
  readonly kind: string;
  readonly name: string;
}

export interface PolicyRetry {
  readonly fields: Fields;
  /** Without the first try. */
  readonly numRetries: Sourced<number>;
  readonly triggers: Sourced<readonly string[]>;
  /** Status codes that are retried; absent where none are written. */
  readonly codesAt?: SourceRange;
  readonly perTryTimeoutMs?: Sourced<number>;
  readonly baseIntervalMs: Sourced<number>;
  readonly maxIntervalMs: Sourced<number>;
}

/** Takes endpoints that fail out of the load balancing. Source: `PassiveHealthCheck`. */
export interface PassiveCheck {
  readonly fields: Fields;
  readonly consecutive5xx: Sourced<number>;
  readonly consecutiveGateway?: Sourced<number>;
  readonly localOriginAt?: SourceRange;
  readonly splitsLocalOrigin: boolean;
  readonly baseEjectionMs: Sourced<number>;
  readonly maxEjectionPercent: Sourced<number>;
  readonly alwaysEjectsOne: boolean;
  readonly unclear: boolean;
}

/** Source: Envoy Gateway, `retryDefaultRetryOn`. */
const DEFAULT_TRIGGERS = [
  'connect-failure',
  'refused-stream',
  'unavailable',
  'cancelled',
  'retriable-status-codes',
];

const TRIGGERS = new Set([
  ...DEFAULT_TRIGGERS,
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'retriable-4xx',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
]);

export function readPolicy(resource: Resource): TrafficPolicy {
  const { spec } = resource;
  const refused: Refused[] = [];
  const http = spec.part('timeout').part('http');
  const requestTimeoutMs = readDuration(http, 'requestTimeout', refused);
  const retry = readRetry(spec.part('retry'), refused);
  const healthCheck = spec.part('healthCheck');
  const passive = readPassive(healthCheck.part('passive'), refused);
  const active = healthCheck.part('active');
  const fault = spec.part('faultInjection');
  const faultAt = spec.keyAt('faultInjection');
  // One target, as it was written before there could be several.
  const single = spec.part('targetRef');
  const targets = [...spec.items('targetRefs'), ...(single.exists ? [single] : [])];
  return {
    kind: 'policy',
    resource,
    targets: targets.map((one) => ({
      kind: one.text('kind')?.value ?? '',
      name: one.scalar('name')?.value ?? '',
    })),
    isMerged: spec.has('mergeType'),
    ...(requestTimeoutMs && { requestTimeoutMs }),
    ...(retry && { retry }),
    ...(passive && { passive }),
    ...(active.exists && { active }),
    circuitBreaker: spec.part('circuitBreaker'),
    ...(faultAt && { faultAt }),
    faults: ['delay', 'abort'].filter((kind) => {
      const part = fault.part(kind);
      return part.exists && part.number('percentage')?.value !== 0;
    }),
    refused,
    unclear: http.unclear || spec.part('timeout').unclear,
  };
}

function readRetry(fields: Fields, refused: Refused[]): PolicyRetry | undefined {
  if (!fields.exists) return undefined;
  const { at } = fields;
  const retryOn = fields.part('retryOn');
  const perRetry = fields.part('perRetry');
  const backOff = perRetry.part('backOff');
  const perTryTimeoutMs = readDuration(perRetry, 'timeout', refused);
  const baseIntervalMs =
    readDuration(backOff, 'baseInterval', refused) ?? usual(25, at, ENVOY_GATEWAY);
  const codesAt = retryOn.items('httpStatusCodes').length > 0;
  const codesKey = retryOn.keyAt('httpStatusCodes');
  return {
    fields,
    numRetries: fields.number('numRetries') ?? usual(2, at, ENVOY_GATEWAY),
    triggers: readTriggers(retryOn, at, refused),
    ...(codesAt && codesKey && { codesAt: codesKey }),
    ...(perTryTimeoutMs && perTryTimeoutMs.value > 0 && { perTryTimeoutMs }),
    baseIntervalMs,
    maxIntervalMs:
      readDuration(backOff, 'maxInterval', refused) ??
      usual(10 * baseIntervalMs.value, at, ENVOY_GATEWAY),
  };
}

function readTriggers(
  retryOn: Fields,
  at: SourceRange,
  refused: Refused[],
): Sourced<readonly string[]> {
  const items = retryOn.items('triggers');
  const triggers = items.flatMap(({ at: itemAt, node }) => {
    const name = node?.kind === 'scalar' ? node.value : undefined;
    if (typeof name !== 'string') return [];
    if (!TRIGGERS.has(name) && !/\$\{|\$\(/.test(name)) {
      refused.push({ at: itemAt, reason: `There is no trigger '${shortened(name)}'.` });
    }
    return name;
  });
  const key = retryOn.valueAt('triggers');
  if (triggers.length === 0 || !key) return usual(DEFAULT_TRIGGERS, at, ENVOY_GATEWAY);
  return { value: triggers, source: { kind: 'explicit', at: key } };
}

function readPassive(fields: Fields, refused: Refused[]): PassiveCheck | undefined {
  if (!fields.exists) return undefined;
  const { at } = fields;
  const percent = fields.number('maxEjectionPercent');
  const consecutiveGateway = fields.number('consecutiveGatewayErrors');
  const localOriginAt = fields.keyAt('consecutiveLocalOriginFailures');
  readDuration(fields, 'interval', refused);
  return {
    fields,
    consecutive5xx: fields.number('consecutive5XxErrors') ?? usual(5, at, ENVOY_GATEWAY),
    ...(consecutiveGateway && { consecutiveGateway }),
    ...(localOriginAt && { localOriginAt }),
    splitsLocalOrigin: fields.boolean('splitExternalLocalOriginErrors')?.value === true,
    baseEjectionMs:
      readDuration(fields, 'baseEjectionTime', refused) ?? usual(30_000, at, ENVOY_GATEWAY),
    // 0 is passed over, so that Envoy's own default counts, which is the same.
    maxEjectionPercent: percent && percent.value > 0 ? percent : usual(10, at, ENVOY_GATEWAY),
    alwaysEjectsOne: fields.boolean('alwaysEjectOneEndpoint')?.value === true,
    unclear: fields.unclear,
  };
}

/** The triggers, with whose they are. */
export function triggersText({ triggers }: PolicyRetry): string {
  return `${triggers.value.map((one) => shortened(one)).join(', ')}${defaultNote(triggers)}`;
}
