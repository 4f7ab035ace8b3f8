import { defaultNote } from '../../model/source.ts';
import { listed, plural } from '../../text/words.ts';
import { domainsOf } from '../facts/domains.ts';
import type { Rule } from '../rule.ts';
import { actives, available, judgedGroups, meetsMinimum } from './group-facts.ts';

export const standbySharesDomain: Rule = {
  id: 'standby-shares-domain',
  title: 'A standby is lost together with what it stands in for',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  absorbs: ['domain-loss-breaks-minimum'],
  documentation: `
A standby in the same zone as the actives is of no use when the zone is what fails, which is when
most actives are lost at once.

**Fires when** every member says its zone (or region), the loss of one of them takes actives and
standbys together and leaves fewer than \`minHealthy\`, and enough would be left if those standbys
stood elsewhere.

**Fix** Move the standbys to another zone.

**Source** "Shared fate" in AWS Resilience Hub's failure categories.
`,
  *check(model) {
    for (const group of judgedGroups(model)) {
      const { minHealthy, name } = group;
      const domains = domainsOf(group);
      if (domains.length < 2 || !meetsMinimum(group)) continue;
      for (const { kind, members, name: domain } of domains) {
        const waiting = members.filter(({ role }) => role === 'standby');
        const working = members.length - waiting.length;
        const left = available(group) - members.length;
        if (waiting.length === 0 || working === 0 || left >= minHealthy.value) continue;
        if (left + waiting.length < minHealthy.value) continue;
        const [first] = waiting;
        const names = listed(
          waiting.map(({ name: id }) => `'${id}'`),
          'and',
          3,
        );
        const all = actives(group).length === working ? 'all' : 'some';
        yield {
          subject: name,
          message: `${waiting.length === 1 ? 'Standby' : 'Standbys'} ${names} of '${name}' ${waiting.length === 1 ? 'is' : 'are'} in ${kind} '${domain}' with ${all} of the actives: the loss of ${kind} '${domain}' takes ${plural(members.length, 'member')} and leaves ${left}, below minHealthy ${minHealthy.value}${defaultNote(minHealthy)}. Move ${waiting.length === 1 ? 'it' : 'them'} to another ${kind}.`,
          at: first?.[kind]?.source.at ?? group.nameAt,
        };
      }
    }
  },
};
