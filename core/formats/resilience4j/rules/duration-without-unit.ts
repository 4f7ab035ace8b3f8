import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import type { SpringWhole } from '../whole.ts';
import { eachWritten } from './each-written.ts';
import { placeOf } from './everywhere.ts';

/** Numbers up to these are hardly meant as milliseconds there. */
const SECONDS_UP_TO: Readonly<Record<string, number>> = {
  'circuitbreaker.waitDurationInOpenState': 300,
  'circuitbreaker.slowCallDurationThreshold': 60,
  'circuitbreaker.maxWaitDurationInHalfOpenState': 300,
  'retry.waitDuration': 9,
  'timelimiter.timeoutDuration': 60,
  'ratelimiter.limitRefreshPeriod': 60,
};

export const resilience4jDurationWithoutUnit: FormatRule<SpringWhole> = {
  id: 'resilience4j-duration-without-unit',
  title: 'A duration without a unit seems to be in seconds',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Spring reads a duration without a unit as milliseconds. A breaker that is open for 10 of them has not
been open at all, and a call that may take 3 of them always fails.

**Fires when** a number without a unit is so small that it makes sense as seconds only: up to 60 for
\`timeoutDuration\`, \`slowCallDurationThreshold\` and \`limitRefreshPeriod\`, up to 300 for
the waits of a circuit breaker, below 10 for \`waitDuration\` of a retry.

**Fix** Write the unit: \`10s\`, or \`10ms\` if that is what you mean.

**Source** Spring Boot reference, "Converting Durations".
`,
  *check(whole) {
    for (const { module, own } of eachWritten(whole)) {
      for (const key of own.keys) {
        const most = SECONDS_UP_TO[`${module}.${key}`];
        const text = own.text(key);
        if (most === undefined || !text || !/^\d+$/.test(text.value)) continue;
        const amount = Number(text.value);
        if (amount === 0 || amount > most) continue;
        yield {
          subject: `unit ${placeOf(text.source.at)}`,
          message: `Without a unit this is ${formatDuration(amount)}. Did you mean ${amount}s? Write the unit.`,
          at: text.source.at,
          fixes: [
            {
              title: `Set ${own.spell(key)} to ${amount}s`,
              safe: false,
              changes: [{ kind: 'replace', at: text.source.at, value: `${amount}s` }],
            },
          ],
        };
      }
    }
  },
};
