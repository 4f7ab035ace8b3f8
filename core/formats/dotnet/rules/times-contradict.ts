import { defaultAside, defaultNote, type Sourced } from '../../../model/source.ts';
import type { RuleFinding } from '../../../rules/rule.ts';
import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { type Handler, numberOf, orUsual, timeOf, timesOf } from '../handler.ts';
import { writeTimeSpan } from '../time-span.ts';
import type { DotnetWhole } from '../whole.ts';

export const dotnetTimesContradict: FormatRule<DotnetWhole> = {
  id: 'dotnet-times-contradict',
  title: 'The times of a handler contradict each other',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The handlers of Microsoft.Extensions.Http.Resilience check their times when the application starts. The
timeout of an attempt may not exceed that of the whole request. The circuit breaker must sample for twice
the timeout of an attempt or longer: it learns of a call that hangs when that times out, and needs to see
some of them. All hedged attempts must be sent before the whole request times out.

**Fires when** \`AttemptTimeout\` (10 s by default) is more than \`TotalRequestTimeout\` (30 s),
\`SamplingDuration\` (30 s) less than twice the \`AttemptTimeout\`, or \`MaxHedgedAttempts\` times
\`Delay\` of \`Hedging\` more than \`TotalRequestTimeout\`. Where one of the two is a default, code may set
it: then it is a warning, and silent if a file beside this one has the same section.

**Fix** Shorten the timeout of an attempt, or lengthen the other time.

**Source** dotnet/extensions, \`HttpStandardResilienceOptionsCustomValidator\`,
\`HttpStandardHedgingResilienceOptionsCustomValidator\`.
`,
  *check({ handlers, variantsOf }) {
    for (const handler of handlers) {
      if (handler.kind === 'pipeline') continue;
      const isAlone = (variantsOf.get(handler) ?? []).length === 0;
      for (const { finding, times } of contradictionsIn(handler)) {
        const isWritten = times.every(({ source }) => source.kind === 'explicit');
        if (!isWritten && !isAlone) continue;
        const end = isWritten
          ? 'The application does not start.'
          : 'Unless code sets the other one, the application does not start.';
        yield {
          ...finding,
          severity: isWritten ? 'error' : 'warning',
          message: `${finding.message} ${end}`,
        };
      }
    }
  },
};

interface Contradiction {
  readonly finding: RuleFinding;
  readonly times: readonly Sourced<number>[];
}

function* contradictionsIn(handler: Handler): Generator<Contradiction> {
  const { attemptMs, samplingMs, totalMs } = timesOf(handler);
  const attemptKey = handler.kind === 'hedging' ? 'Endpoint:Timeout' : 'AttemptTimeout';
  if (attemptMs && totalMs && attemptMs.value > totalMs.value) {
    yield contradiction(
      handler,
      `The ${attemptKey} of ${text(attemptMs)} is more than the TotalRequestTimeout of ${text(totalMs)}.`,
      [attemptMs, totalMs],
    );
  }
  if (attemptMs && samplingMs && samplingMs.value < 2 * attemptMs.value) {
    yield contradiction(
      handler,
      `The circuit breaker's SamplingDuration of ${text(samplingMs)} is less than twice the ${attemptKey} of ${text(attemptMs)}: it must be ${writeTimeSpan(2 * attemptMs.value)} or more.`,
      [samplingMs, attemptMs],
      { at: samplingMs, value: writeTimeSpan(2 * attemptMs.value) },
    );
  }
  if (handler.kind !== 'hedging') return;
  const hedging = handler.fields.part('Hedging');
  const hedges = orUsual(hedging, 'MaxHedgedAttempts', numberOf, 1);
  const delayMs = orUsual(hedging, 'Delay', timeOf, 2_000);
  if (hedges && delayMs && totalMs && hedges.value * delayMs.value > totalMs.value) {
    yield contradiction(
      handler,
      `The last of ${hedges.value} hedged attempts${defaultNote(hedges)} is sent after ${formatDuration(hedges.value * delayMs.value)} (Delay ${formatDuration(delayMs.value)}${defaultAside(delayMs)}), when the TotalRequestTimeout of ${text(totalMs)} is over.`,
      [delayMs, totalMs],
    );
  }
}

function text(time: Sourced<number>): string {
  return `${formatDuration(time.value)}${defaultNote(time)}`;
}

function contradiction(
  { fields }: Handler,
  message: string,
  times: readonly [Sourced<number>, Sourced<number>],
  better?: { readonly at: Sourced<number>; readonly value: string },
): Contradiction {
  const written = times.find(({ source }) => source.kind === 'explicit') ?? times[0];
  const other = times.find((one) => one !== written && one.source.kind === 'explicit');
  const { at } = written.source;
  const isReplaceable = better?.at.source.kind === 'explicit';
  return {
    times,
    finding: {
      subject: `times ${fields.at.file} ${fields.at.start} ${at.start}`,
      message,
      at,
      related: other ? [{ message: 'The other one.', at: other.source.at }] : [],
      fixes:
        better && isReplaceable
          ? [
              {
                title: `Set SamplingDuration to ${better.value}`,
                safe: false,
                changes: [{ kind: 'replace', at: better.at.source.at, value: better.value }],
              },
            ]
          : [],
    },
  };
}
