import type { FormatRule } from '../../format.ts';
import type { TraefikWhole } from '../whole.ts';

export const traefikGroupRemoved: FormatRule<TraefikWhole> = {
  id: 'traefik-group-removed',
  title: 'A resource belongs to a group that Traefik 3 does not read',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Traefik 3 reads resources of \`traefik.io/v1alpha1\` only. Those of \`traefik.containo.us/v1alpha1\`, the
group of Traefik 2, are passed over.

**Fires when** a \`Middleware\` is of the old group.

**Fix** Write \`traefik.io/v1alpha1\`, which Traefik 2.10 reads, too.

**Source** Traefik documentation, "Migration: v2 to v3".
`,
  *check({ files }) {
    for (const { oldGroupAt: at } of files) {
      if (!at) continue;
      yield {
        subject: `group ${at.file} ${at.start}`,
        message:
          'Traefik 3 does not read resources of traefik.containo.us. Write traefik.io/v1alpha1, which Traefik 2.10 reads, too.',
        at,
        fixes: [
          {
            title: 'Write traefik.io/v1alpha1',
            safe: false,
            changes: [{ kind: 'replace', at, value: 'traefik.io/v1alpha1' }],
          },
        ],
      };
    }
  },
};
