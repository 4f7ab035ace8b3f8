import { downtimeMs, MONTH_MS } from '../../analysis/index.ts';
import { neededByTier } from '../../model/dependencies.ts';
import type { Group } from '../../model/model.ts';
import { plural } from '../../text/words.ts';
import { formatDuration, formatPercent, formatRoughly } from '../../time/index.ts';
import { groupAvailability, withMore } from '../facts/availability.ts';
import { memberAvailability } from '../facts/member-availability.ts';
import type { Rule } from '../rule.ts';
import { available, judgedGroups, meetsMinimum } from './group-facts.ts';

/** More than these would be another design. */
const MOST_MORE = 10;

export const groupAvailabilityBelowSlo: Rule = {
  id: 'group-availability-below-slo',
  title: 'A group has its minimum less often than the objective asks for',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
How often a group has its minimum follows from how often its members fail, how long they take to come
back, and how many there are to spare. A group that a service cannot do without keeps the whole system
from being available more often.

**Fires when** a service cannot do without the group, its \`failures.mtbf\` is written, and the share of
time with \`minHealthy\` members is below the objective \`availability\`. Members are taken to fail
independently but for their \`commonCause\`, which flatters the group; takeovers by standbys count with
their activation and their \`coverage\`. Groups that wait for a repair crew are left to a simulation of
years.

**Fix** Add the members that the message names, recover faster, or promise less.

**Source** AWS, "Availability and Beyond"; K. S. Trivedi, "Probability and Statistics", chapter 8.
`,
  *check(model) {
    const objective = model.objectives.availability;
    const needed = neededByTier(model);
    if (!objective) return;
    for (const group of judgedGroups(model)) {
      if (!group.mtbfMs || !needed.has(group.name) || !meetsMinimum(group)) continue;
      const found = groupAvailability(group);
      if (!found || found.up >= objective.value) continue;
      const down = formatRoughly(downtimeMs(found.down, MONTH_MS) ?? 0);
      const common = group.commonCause.value;
      const shared = common > 0 ? ` but for ${formatPercent(common)} of failures` : '';
      const budget = formatDuration(downtimeMs(1 - objective.value, MONTH_MS) ?? 0);
      yield {
        subject: group.name,
        message: `'${group.name}' has its minimum ${formatPercent(found.up)} of the time (${Math.max(1, group.minHealthy.value)} of ${available(group)}, each up ${formatPercent(memberAvailability(group)?.up ?? 0)}, if they fail independently${shared}): below it for ${down} in 30d, and the objective of ${formatPercent(objective.value)} leaves ${budget}. ${advice(group, objective.value)}`,
        at: group.mtbfMs.source.at,
        related: [{ message: 'The objective.', at: objective.source.at }],
      };
    }
  },
};

function advice(group: Group, objective: number): string {
  for (let more = 1; more <= MOST_MORE; more++) {
    const up = groupAvailability(withMore(group, more, 'active'))?.up ?? 0;
    if (up >= objective) {
      return `${plural(more, 'more active member')} would make it ${formatPercent(up)}.`;
    }
  }
  return 'More members do not help: make recoveries or takeovers faster, or promise less.';
}
