import type { FormatRule } from '../../format.ts';
import { DURATIONS, type ModuleName } from '../names.ts';
import type { Settings } from '../settings.ts';
import { isRefusedDuration } from '../spring-duration.ts';
import type { SpringWhole } from '../whole.ts';
import { eachWritten } from './each-written.ts';
import { placeOf } from './everywhere.ts';

interface Range {
  readonly holds: (value: number) => boolean;
  readonly text: string;
}

const FROM_ONE: Range = { holds: (value) => value >= 1, text: 'at least 1' };
const PERCENT: Range = {
  holds: (value) => value > 0 && value <= 100,
  text: 'a percentage above 0, and at most 100',
};
const FACTOR: Range = {
  holds: (value) => value >= 0 && value < 1,
  text: 'a share from 0 to below 1',
};

/** Source: the setters of `InstanceProperties`, and the builders of the configs. */
const RANGES: Readonly<Record<ModuleName, Readonly<Record<string, Range>>>> = {
  circuitbreaker: {
    failureRateThreshold: PERCENT,
    slowCallRateThreshold: PERCENT,
    slidingWindowSize: FROM_ONE,
    minimumNumberOfCalls: FROM_ONE,
    permittedNumberOfCallsInHalfOpenState: FROM_ONE,
    randomizedWaitFactor: FACTOR,
  },
  retry: {
    maxAttempts: FROM_ONE,
    randomizedWaitFactor: FACTOR,
    exponentialBackoffMultiplier: { holds: (value) => value > 0, text: 'above 0' },
  },
  bulkhead: {},
  'thread-pool-bulkhead': {},
  ratelimiter: { limitForPeriod: FROM_ONE },
  timelimiter: {},
};

export const resilience4jValueRefused: FormatRule<SpringWhole> = {
  id: 'resilience4j-value-refused',
  title: 'A value is refused when the application starts',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Values are checked when they are bound: an application with one that is out of bounds, or that is no
duration for Spring (\`10 s\`, \`1.5s\`, \`30sec\`), does not start. Without a unit a duration is in
milliseconds; the units are ns, us, ms, s, m, h and d.

**Fires when** a duration cannot be read, a number is out of bounds, or a circuit breaker has
\`enableExponentialBackoff\` and \`enableRandomizedWait\` both.

**Fix** Correct the value. For no retries write \`maxAttempts: 1\`, which counts the first try.

**Source** resilience4j/resilience4j, \`InstanceProperties\`; Spring Boot, \`DurationStyle\`.
`,
  *check(whole) {
    for (const { module, own } of eachWritten(whole)) {
      for (const { at, reason } of refusedIn(module, own)) {
        yield {
          subject: `value ${placeOf(at)}`,
          message: `${reason} The application does not start.`,
          at,
        };
      }
    }
  },
};

function* refusedIn(module: ModuleName, own: Settings) {
  for (const key of own.keys) {
    const text = own.text(key);
    const range = RANGES[module][key];
    const number = range && own.number(key);
    if (DURATIONS.has(key) && text && isRefusedDuration(text.value.trim())) {
      yield {
        at: text.source.at,
        reason: `Spring reads no duration from '${text.value}': write it as '10s' or '500ms'.`,
      };
    } else if (range && number && !range.holds(number.value)) {
      const hint = key === 'maxAttempts' ? ' (1 is the first try alone)' : '';
      yield {
        at: number.source.at,
        reason: `${own.spell(key)} must be ${range.text}${hint}, and this is ${number.value}.`,
      };
    }
  }
  const random = own.boolean('enableRandomizedWait');
  if (
    module === 'circuitbreaker' &&
    random?.value &&
    own.boolean('enableExponentialBackoff')?.value
  ) {
    yield {
      at: random.source.at,
      reason: `A circuit breaker takes ${own.spell('enableExponentialBackoff')} or ${own.spell('enableRandomizedWait')}, not both.`,
    };
  }
}
