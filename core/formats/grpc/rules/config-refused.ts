import type { SourceRange } from '../../../model/source.ts';
import { listed } from '../../../text/words.ts';
import type { Fields } from '../../fields.ts';
import type { FormatRule } from '../../format.ts';
import { durationOf, KEYS, type MethodConfig, type ServiceConfig } from '../service-config.ts';
import type { GrpcWhole } from '../whole.ts';

/** What is no duration of proto3 for sure. */
const OTHER_DURATION = /^-|^\d+(?:\.\d+)?(?:ms|us|ns|m|h)?$/;
const CODES = new Set([
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]);

export const grpcConfigRefused: FormatRule<GrpcWhole> = {
  id: 'grpc-config-refused',
  title: 'Clients refuse the service config',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A client validates a service config as a whole: one value that is missing or out of range, and it uses
nothing of it. All settings of a retry policy are required.

**Fires when** a retry policy lacks one of \`maxAttempts\`, \`initialBackoff\`, \`maxBackoff\`,
\`backoffMultiplier\` and \`retryableStatusCodes\`; attempts are fewer than 2; waits or factors are not
above 0; a duration is not in seconds with an \`s\`; a status code does not exist; a method has both
\`retryPolicy\` and \`hedgingPolicy\`; a name comes twice; \`maxTokens\` is not from 1 to 1000 or
\`tokenRatio\` not above 0. Configs for the generators of Google's client libraries
(\`*_grpc_service_config.json\`, or none of several policies with \`maxAttempts\`) need no \`maxAttempts\`
and no codes, and may repeat a name.

**Fix** Complete or correct it.

**Source** grpc/proposal, A6, "Validation of retryPolicy" and the like; grpc/grpc-proto,
\`service_config.proto\`.
`,
  *check({ configs }) {
    for (const config of configs) {
      for (const { at, reason } of refusedIn(config)) {
        yield {
          subject: `config ${at.file} ${at.start} ${reason}`,
          message: `${reason} Clients refuse the whole service config.`,
          at,
        };
      }
    }
  },
};

interface Refused {
  readonly at: SourceRange;
  readonly reason: string;
}

function* refusedIn({ isForGenerators, methods, throttling }: ServiceConfig): Generator<Refused> {
  for (const method of methods) yield* refusedMethod(method, isForGenerators);
  if (!isForGenerators) yield* repeatedNames(methods);
  if (!throttling) return;
  yield* missing(throttling, KEYS.throttling, 'retryThrottling');
  const inRange = (value: number) => Number.isInteger(value) && value > 0 && value <= 1_000;
  yield* number(throttling, 'maxTokens', inRange, 'a whole number from 1 to 1000');
  yield* number(throttling, 'tokenRatio', isPositive, 'above 0');
}

function* refusedMethod(
  { fields, hedging, retry }: MethodConfig,
  isForGenerators: boolean,
): Generator<Refused> {
  yield* duration(fields, 'timeout');
  const both = fields.keyAt('hedgingPolicy');
  if (retry && hedging && both) {
    yield { at: both, reason: 'A method has a retryPolicy or a hedgingPolicy, not both.' };
  }
  if (retry) {
    const required = KEYS.retry.filter((key) => !isForGenerators || key !== 'maxAttempts');
    yield* missing(retry, required, 'retryPolicy');
    yield* attempts(retry);
    yield* duration(retry, 'initialBackoff', isPositive);
    yield* duration(retry, 'maxBackoff', isPositive);
    yield* number(retry, 'backoffMultiplier', isPositive, 'above 0');
    yield* codes(retry, 'retryableStatusCodes', !isForGenerators);
  }
  if (hedging) {
    yield* missing(hedging, ['maxAttempts'], 'hedgingPolicy');
    yield* attempts(hedging);
    yield* duration(hedging, 'hedgingDelay');
    yield* codes(hedging, 'nonFatalStatusCodes', false);
  }
}

function isPositive(value: number): boolean {
  return value > 0;
}

function* missing(own: Fields, keys: readonly string[], name: string): Generator<Refused> {
  const absent = keys.filter((key) => !own.has(key));
  if (absent.length === 0) return;
  yield { at: own.at, reason: `This ${name} lacks ${listed(absent)}.` };
}

function* attempts(policy: Fields): Generator<Refused> {
  const holds = (value: number) => Number.isInteger(value) && value > 1;
  yield* number(
    policy,
    'maxAttempts',
    holds,
    'a whole number above 1, for it counts the first one',
  );
}

function* number(
  own: Fields,
  key: string,
  holds: (value: number) => boolean,
  text: string,
): Generator<Refused> {
  const value = own.number(key);
  if (!value || holds(value.value)) return;
  yield { at: value.source.at, reason: `${key} must be ${text}, and this is ${value.value}.` };
}

function* duration(
  own: Fields,
  key: string,
  holds: (value: number) => boolean = () => true,
): Generator<Refused> {
  const text = own.scalar(key);
  const ms = durationOf(own, key);
  if (!text || (ms && holds(ms.value))) return;
  const { at } = text.source;
  if (ms) yield { at, reason: `${key} must be longer than 0.` };
  else if (OTHER_DURATION.test(text.value)) {
    yield { at, reason: `${key} must be in seconds, with an s: "0.5s", not ${text.value}.` };
  }
}

function* codes(policy: Fields, key: string, isRequired: boolean): Generator<Refused> {
  const at = policy.keyAt(key);
  const items = policy.items(key);
  if (at && items.length === 0 && isRequired && policy.part(key).node?.kind === 'sequence') {
    yield { at, reason: `${key} must name a status code.` };
  }
  for (const { at: place, node } of items) {
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
    const isName = /^[a-z_]+$/i.test(node.value);
    if (!isName || CODES.has(node.value.toUpperCase())) continue;
    yield { at: place, reason: `There is no status code ${node.value}.` };
  }
}

function* repeatedNames(methods: readonly MethodConfig[]): Generator<Refused> {
  const seen = new Set<string>();
  for (const { at, text } of methods.flatMap(({ names }) => names)) {
    if (seen.has(text)) {
      yield { at, reason: `${text === '' ? 'The default' : `'${text}'`} is configured twice.` };
    }
    seen.add(text);
  }
}
