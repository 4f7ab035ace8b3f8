import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import type { Rule } from '../rule.ts';
import { available, judgedGroups, placeOf } from './group-facts.ts';
import { addMembers, setMinimum } from './group-fixes.ts';

export const groupBelowMinimum: Rule = {
  id: 'group-below-minimum',
  title: 'A group has fewer members than its minimum',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  absorbs: [
    'hidden-single-point-of-failure',
    'single-instance',
    'group-minimum-missing',
    'low-fault-tolerance-level',
  ],
  documentation: `
A redundancy group does its work while at least \`minHealthy\` of its members are healthy. With fewer
members than that it is down before anything has failed: its fault-tolerance level is LOW.

**Fires when** actives and standbys together are fewer than \`minHealthy\`.

**Fix** Add the missing members, or lower \`minHealthy\` to what the group really needs.
`,
  *check(model) {
    for (const group of judgedGroups(model)) {
      const members = available(group);
      const minimum = group.minHealthy.value;
      if (members >= minimum) continue;
      const has = members === 0 ? 'has no members' : `has ${plural(members, 'member')}`;
      const needs = `needs ${minimum}${defaultNote(group.minHealthy)}`;
      const lower = members > 0 ? `, or set minHealthy to ${members} if that is enough` : '';
      yield {
        subject: group.name,
        message: `'${group.name}' ${has} and ${needs}: it is down as configured, fault-tolerance level LOW. Add ${plural(minimum - members, 'member')}${lower}.`,
        at: placeOf(group.minHealthy, group),
        fixes: [
          addMembers(model, group, 'active', minimum - members),
          ...(members > 0 ? [setMinimum(group, members)] : []),
        ].filter((fix) => fix !== undefined),
      };
    }
  },
};
