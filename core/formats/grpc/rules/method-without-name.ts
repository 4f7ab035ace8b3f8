import type { FormatRule } from '../../format.ts';
import type { GrpcWhole } from '../whole.ts';

export const grpcMethodWithoutName: FormatRule<GrpcWhole> = {
  id: 'grpc-method-without-name',
  title: 'A method config is for no method',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
An entry of \`methodConfig\` holds for the methods in its \`name\`. One without names is passed over: its
timeout and its retries hold for nothing. The default of all methods has a name that is empty:
\`"name": [{}]\`.

**Fires when** \`name\` is missing or an empty list.

**Fix** Name the methods, or write \`[{}]\` for all.

**Source** grpc/grpc-proto, \`MethodConfig.name\`.
`,
  *check({ configs }) {
    for (const { fields, names } of configs.flatMap(({ methods }) => methods)) {
      const isList = fields.part('name').node?.kind === 'sequence';
      if (names.length > 0 || (fields.has('name') && !isList)) continue;
      const at = fields.keyAt('name') ?? fields.keyAt('retryPolicy') ?? fields.at;
      yield {
        subject: `name ${at.file} ${at.start}`,
        message: `This holds for no method, for it has no name: clients pass it over. Name the methods, or write "name": [{}] for all of them.`,
        at: { ...at, end: Math.min(at.end, at.start + 40) },
      };
    }
  },
};
