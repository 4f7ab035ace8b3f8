import type { FormatRule } from '../../format.ts';
import type { EnvoyWhole } from '../whole.ts';

export const envoyDurationRefused: FormatRule<EnvoyWhole> = {
  id: 'envoy-duration-refused',
  title: 'A duration is written in a way that Envoy refuses',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Envoy reads durations as the JSON form of protocol buffers has them: seconds, with an \`s\` behind, as
\`0.25s\` or \`300s\`. It does not start with \`250ms\`, \`5m\` or a bare number.

**Fires when** a timeout or an interval that Faultline reads is written otherwise.

**Fix** Write it in seconds.

**Source** Protocol Buffers, "JSON mapping" of \`google.protobuf.Duration\`.
`,
  *check({ bootstraps }) {
    for (const { at, isSure, key, meant, text } of bootstraps.flatMap((one) => one.refused)) {
      yield {
        subject: `duration at ${at.file} ${at.start}`,
        message: `Envoy refuses ${text} as ${key}: its durations are seconds with an 's' behind them. Write ${meant}.`,
        at,
        fixes: [
          {
            title: `Write ${meant}`,
            safe: isSure,
            changes: [{ kind: 'replace', at, value: meant }],
          },
        ],
      };
    }
  },
};
