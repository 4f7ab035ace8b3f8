import { numberText } from '../../../text/words.ts';
import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { saysAt, timesOf } from '../handler.ts';
import type { DotnetWhole } from '../whole.ts';

const DEFAULT_THROUGHPUT = 100;

export const dotnetThroughputByDefault: FormatRule<DotnetWhole> = {
  id: 'dotnet-throughput-by-default',
  title: 'A circuit breaker waits for as many calls as the default says',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A circuit breaker judges only windows with \`MinimumThroughput\` calls, 100 by default. One that sees fewer
in its \`SamplingDuration\` (30 s by default) never opens, however many of them fail. Each process has a
breaker of its own.

**Fires when** \`CircuitBreaker\` of a handler is written without \`MinimumThroughput\`.

**Fix** Write \`MinimumThroughput\`, well below the calls in a window at quiet times.

**Source** App-vNext/Polly, \`CircuitBreakerConstants\`; App-vNext/Polly-Samples, issue 60.
`,
  *check({ handlers, variantsOf }) {
    for (const handler of handlers) {
      const path = handler.kind === 'hedging' ? ['Endpoint', 'CircuitBreaker'] : ['CircuitBreaker'];
      const { samplingMs } = timesOf(handler);
      if (handler.kind === 'pipeline' || !samplingMs || !saysAt(handler, ...path)) continue;
      if ((variantsOf.get(handler) ?? []).length > 0) continue;
      if (saysAt(handler, ...path, 'MinimumThroughput')) continue;
      const parent = handler.kind === 'hedging' ? handler.fields.part('Endpoint') : handler.fields;
      const at = parent.keyAt('CircuitBreaker') ?? handler.fields.at;
      const rate = (DEFAULT_THROUGHPUT * 1_000) / samplingMs.value;
      yield {
        subject: `throughput ${at.file} ${at.start}`,
        message: `This breaker opens only with ${DEFAULT_THROUGHPUT} calls (MinimumThroughput, default of .NET) in ${formatDuration(samplingMs.value)}: a process that makes fewer than ${numberText(rate)} a second never sees it open. Write MinimumThroughput.`,
        at,
        fixes: [
          {
            title: 'Set MinimumThroughput to 10',
            safe: false,
            changes: [{ kind: 'put', owner: at, key: 'MinimumThroughput', value: 10 }],
          },
        ],
      };
    }
  },
};
