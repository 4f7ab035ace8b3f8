import { defaultNote } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const detectionWithoutTolerance: Rule = {
  id: 'detection-without-tolerance',
  title: 'A single missing heartbeat counts as a failure',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Heartbeats get lost and come late: in a garbage collection, on a busy network. When the first one
that is missing counts as a failure, healthy members are taken out and standbys promoted for nothing,
most often under load, when every member is needed.

**Fires when** \`detection.method\` is \`heartbeat\` and \`missed\` is 1.

**Fix** Wait for two or three missing heartbeats. To be no slower, send them more often.

**Source** Chandra and Toueg, "Unreliable Failure Detectors" (1996): fast detectors make mistakes.
`,
  *check(model) {
    for (const { detection, doubtful, name } of model.groups.values()) {
      if (doubtful || detection?.method.value !== 'heartbeat') continue;
      const { intervalMs, missed } = detection;
      if (missed.value !== 1) continue;
      const interval = `${formatDuration(intervalMs.value)}${defaultNote(intervalMs)}`;
      yield {
        subject: `detection of ${name}`,
        message: `A member of '${name}' counts as failed as soon as one heartbeat is missing, so a pause of ${interval} takes a healthy member out. Wait for 3, every ${formatDuration(intervalMs.value / 3)} to be no slower.`,
        at: missed.source.at,
        fixes: setTo('missed', missed, 3),
      };
    }
  },
};
