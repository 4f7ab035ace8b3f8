import type { Model } from '../../model/model.ts';
import type { Part } from '../../rules/facts/dependencies.ts';
import { memberAvailability, takeoverMs } from '../../rules/facts/member-availability.ts';
import { formatDuration, formatPercent, formatRoughly } from '../../time/index.ts';

/** How a part limits the availability of a system. @param down share of time that it does */
export function partText(part: Part, down: number, model: Model): string {
  const up = formatPercent(1 - down);
  switch (part.kind) {
    case 'group': {
      const { members, minHealthy, name } = part.group;
      const needed = Math.max(1, minHealthy.value);
      return `'${name}' has ${needed} of ${members.length} members, each up ${memberText(part.group)}, for ${up} of the time`;
    }
    case 'member':
      return `'${part.member.name}' of '${part.group.name}', which needs all its members, is up ${memberText(part.group)}`;
    case 'takeover':
      return `takeovers in '${part.group.name}' (${formatDuration(takeoverMs(part.group))} each) leave ${up}`;
    case 'call': {
      const { call, caller } = part;
      const attempts = (call.retry && model.retries.get(call.retry.value)?.attempts.value) ?? 1;
      const tries = attempts === 1 || !call.idempotent.value ? 'one try' : `${attempts} tries`;
      return `calls '${caller.name}' → '${call.to.value}' succeed ${up} of the time with ${tries}`;
    }
    case 'requests':
      return `'${part.service.name}' itself answers ${up} of its requests`;
    case 'service':
      return `'${part.service.name}' promises ${up}`;
    case 'zone':
    case 'region':
      return `the ${part.kind} '${part.name}' is up ${up}`;
    case 'cache':
      return `answers kept for '${part.call.to.value}' are there ${up} of the time`;
  }
}

function memberText(group: Parameters<typeof memberAvailability>[0]): string {
  const member = memberAvailability(group);
  if (!member) return 'always';
  const { detectionMs, mtbfMs, recoveryMs, up } = member;
  return `${formatPercent(up)} (${formatDuration(mtbfMs)} up, ${formatRoughly(detectionMs + recoveryMs)} down)`;
}
