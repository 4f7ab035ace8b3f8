import { setTo } from '../../../rules/facts/setting-fix.ts';
import type { FormatRule } from '../../format.ts';
import type { DaprWhole } from '../whole.ts';

/** Nobody writes a timeout of a network call that is shorter than this, ms, and means it. */
const SUSPECT_MS = 100;

export const daprTimeoutWithoutUnit: FormatRule<DaprWhole> = {
  id: 'dapr-timeout-without-unit',
  title: 'A timeout without a unit is in milliseconds',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Dapr takes a duration without a unit for milliseconds: \`5\` is over before an answer can arrive, and
every call fails.

**Fires when** a timeout is written without a unit and is below 100.

**Fix** Write the unit: \`5s\`.

**Source** dapr/dapr, \`pkg/resiliency/resiliency.go\`: \`parseDuration\`.
`,
  *check({ resources }) {
    for (const { isBare, ms, name } of resources.flatMap((one) => [...one.timeouts.values()])) {
      if (!isBare || !ms || ms.value >= SUSPECT_MS || ms.value === 0) continue;
      yield {
        subject: `timeout ${name}`,
        message: `Timeout '${name}' is ${ms.value} milliseconds: without a unit, that is what Dapr takes. Did you mean ${ms.value}s?`,
        at: ms.source.at,
        fixes: setTo(name, ms, `${ms.value}s`),
      };
    }
  },
};
