import type { Rule } from '../rule.ts';
import { judgedGroups } from './group-facts.ts';
import { setMinimum } from './group-fixes.ts';

export const groupMinimumMissing: Rule = {
  id: 'group-minimum-missing',
  title: 'A group does not say how many members it needs',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  absorbs: ['group-no-headroom', 'low-fault-tolerance-level'],
  documentation: `
\`minHealthy\` decides when standbys are promoted, when the group counts as down, and its
fault-tolerance level. Absent, it is taken to be 2, which may be wrong; with 0 the level is always
HIGH and means nothing, because a group that needs nobody can never be down.

**Fires when** \`minHealthy\` is absent or 0.

**Fix** Write the number of members that can carry the load: often half of the actives, at least 1.
`,
  *check(model) {
    for (const group of judgedGroups(model)) {
      const { minHealthy } = group;
      const actives = group.members.filter(({ role }) => role === 'active').length;
      const minimum = Math.max(1, Math.ceil(actives / 2));
      const advice = `Write how many members can carry the load, such as minHealthy: ${minimum}.`;
      const fixes = [setMinimum(group, minimum)];
      if (minHealthy.source.kind === 'default') {
        yield {
          subject: group.name,
          message: `'${group.name}' does not say how many members it needs; ${minHealthy.value} (default) is assumed. ${advice}`,
          at: group.nameAt,
          fixes,
        };
      } else if (minHealthy.value === 0) {
        yield {
          subject: group.name,
          message: `'${group.name}' has minHealthy 0: its fault-tolerance level is always HIGH and means nothing. ${advice}`,
          at: minHealthy.source.at,
          fixes,
        };
      }
    }
  },
};
