import type { SourceRange } from '../../../model/source.ts';
import { formatDuration } from '../../../time/index.ts';
import type { Fields } from '../../fields.ts';
import type { FormatRule } from '../../format.ts';
import { type Handler, LONGEST_MS, numberOf } from '../handler.ts';
import { STRATEGIES } from '../names.ts';
import { isRefusedTimeSpan, parseTimeSpan, writeTimeSpan } from '../time-span.ts';
import type { DotnetWhole } from '../whole.ts';

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Source: the `Range` attributes of Polly's strategy options. */
const TIMES: Readonly<Record<string, Range>> = {
  Delay: { least: 0, most: LONGEST_MS },
  MaxDelay: { least: 0, most: LONGEST_MS },
  SamplingDuration: { least: 500, most: LONGEST_MS },
  BreakDuration: { least: 500, most: LONGEST_MS },
  Timeout: { least: 10, most: LONGEST_MS },
};
const NUMBERS: Readonly<Record<string, Range>> = {
  MaxRetryAttempts: { least: 1, most: 2_147_483_647 },
  MaxHedgedAttempts: { least: 1, most: 10 },
  FailureRatio: { least: 0, most: 1 },
  MinimumThroughput: { least: 2, most: 2_147_483_647 },
};

export const dotnetValueRefused: FormatRule<DotnetWhole> = {
  id: 'dotnet-value-refused',
  title: 'A value is refused when the application starts',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Options are validated when the application starts, and one that is out of range stops it. Durations are
\`TimeSpan\` texts: \`"00:00:30"\` is thirty seconds, \`"1.00:00:00"\` a day, and a plain number is *days*.

**Fires when** a duration of a handler cannot be read, or a value is out of the range of its option. In a
section that may belong to a project's own options (without \`AttemptTimeout\` and
\`TotalRequestTimeout\`) it is information.

**Fix** Write a duration as \`hh:mm:ss\`. For no retries leave out the retry strategy, or handle no
outcome: \`MaxRetryAttempts\` must be at least 1.

**Source** App-vNext/Polly, the \`Range\` attributes of \`RetryStrategyOptions\`,
\`CircuitBreakerStrategyOptions\`, \`TimeoutStrategyOptions\` and \`HedgingStrategyOptions\`.
`,
  *check({ handlers }) {
    for (const handler of handlers) {
      const isOwn = handler.kind === 'pipeline';
      for (const { at, reason } of refusedIn(handler)) {
        yield {
          subject: `value ${at.file} ${at.start}`,
          severity: isOwn ? 'info' : 'error',
          message: `${reason} ${isOwn ? 'If these are options of Polly, the pipeline cannot be built.' : 'The application does not start.'}`,
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

function* refusedIn({ fields, kind }: Handler): Generator<Refused> {
  const parts = fields.named();
  const inner = kind === 'hedging' ? fields.part('Endpoint').named() : [];
  for (const [name, part] of [...parts, ...inner]) {
    for (const key of STRATEGIES[name] ?? []) yield* refusedAt(part, key);
  }
}

function* refusedAt(part: Fields, key: string): Generator<Refused> {
  const time = TIMES[key];
  const text = time && part.scalar(key);
  if (time && text) {
    const { at } = text.source;
    const ms = parseTimeSpan(text.value.trim());
    if (ms !== undefined && (ms < time.least || ms > time.most)) {
      const isPlain = /^\d+$/.test(text.value.trim());
      const seconds = `"${writeTimeSpan(Number(text.value) * 1_000)}"`;
      const reason = isPlain
        ? `A ${key} of ${text.value} is ${text.value} days, and one day is the most: write ${seconds} for ${text.value} seconds.`
        : `${key} must be from ${formatDuration(time.least)} to a day, and this is ${formatDuration(ms)}.`;
      yield { at, reason };
    } else if (ms === undefined && isRefusedTimeSpan(text.value.trim())) {
      yield { at, reason: `.NET reads no duration from '${text.value}': write it as "00:00:30".` };
    }
  }
  const range = NUMBERS[key];
  const number = range && numberOf(part, key);
  if (range && number && (number.value < range.least || number.value > range.most)) {
    const most = range.most > 1_000 ? 'at least ' : 'from ';
    const to = range.most > 1_000 ? '' : ` to ${range.most}`;
    const reason = `${key} must be ${most}${range.least}${to}, and this is ${number.value}.`;
    yield { at: number.source.at, reason };
  }
}
