import type { FormatRule } from '../../format.ts';
import { textOf } from '../service-config.ts';
import type { GrpcWhole } from '../whole.ts';

export const grpcRetriesWithoutTimeout: FormatRule<GrpcWhole> = {
  id: 'grpc-retries-without-timeout',
  title: 'Retries have no timeout around them',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The \`timeout\` of a method is for all of its attempts. Without one, and without a deadline in the code of
a client, an attempt that hangs is waited for without end: it never fails, so nothing is retried.

**Fires when** a method has a \`retryPolicy\` and no \`timeout\`. Nothing is said of configs for generators.

**Fix** Write a \`timeout\`, unless all clients set deadlines.

**Source** grpc/grpc-proto, \`MethodConfig.timeout\`: "If neither is set, then the request has no deadline".
`,
  *check({ configs }) {
    for (const { isForGenerators, methods } of configs) {
      if (isForGenerators) continue;
      for (const method of methods) {
        const at = method.fields.keyAt('retryPolicy');
        if (!method.retry || method.fields.has('timeout') || !at) continue;
        if (method.names.length === 0) continue;
        yield {
          subject: `timeout ${at.file} ${at.start}`,
          message: `Requests of ${textOf(method)} have no timeout here: unless code sets a deadline, one that hangs is never retried. Write a timeout beside retryPolicy.`,
          at,
        };
      }
    }
  },
};
