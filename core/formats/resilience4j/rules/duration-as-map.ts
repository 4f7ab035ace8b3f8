import type { FormatRule } from '../../format.ts';
import { DURATIONS } from '../names.ts';
import type { SpringWhole } from '../whole.ts';
import { eachWritten } from './each-written.ts';
import { placeOf } from './everywhere.ts';

export const resilience4jDurationAsMap: FormatRule<SpringWhole> = {
  id: 'resilience4j-duration-as-map',
  title: 'A duration is written as a mapping, which nobody reads',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Some editors complete \`wait-duration.seconds: 3\`. Spring binds a duration from one value; what is below
it is passed over without a word, and the default counts.

**Fires when** a setting that is a duration has keys of its own.

**Fix** Write it as one value: \`3s\`.

**Source** resilience4j/resilience4j, issue 2070.
`,
  *check(whole) {
    for (const { own } of eachWritten(whole)) {
      for (const key of own.keys) {
        const at = own.keyAt(key);
        const node = own.nodeAt(key);
        if (!DURATIONS.has(key) || node?.kind !== 'mapping' || !at) continue;
        yield {
          subject: `duration ${placeOf(at)}`,
          message: `Spring does not read what is below ${own.spell(key)}, so '${own.name}' takes what it inherits or the default. Write it as one value, like '3s'.`,
          at,
        };
      }
    }
  },
};
