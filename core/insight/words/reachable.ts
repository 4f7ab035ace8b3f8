import type { Limit } from '../../rules/facts/ceiling.ts';
import type { Part } from '../../rules/facts/dependencies.ts';
import { listed } from '../../text/words.ts';
import type { Reachable } from '../reachable.ts';
import { availabilityText, downtimeText } from './numbers.ts';
import type { Row } from './words.ts';

const MOST_LIMITS = 3;
/** What costs less than a hundredth of the worst limits nothing. */
const NOTABLE = 100;

/** What is reachable, and what limits it; nothing where nothing is known. */
export function reachableRows(reachable: Reachable): Row[] {
  if (!tellsSomething(reachable)) return [];
  const { limits, unknown } = reachable;
  const most = unknown.length > 0 ? 'at most ' : '';
  const rows = [{ label: 'Availability', value: `${most}${availabilityText(reachable)}` }];
  const [first] = limits;
  if (!first) return rows;
  const notable = limits.filter(({ down }) => down >= first.down / NOTABLE);
  const worst = listed(notable.map(limitText), 'and', MOST_LIMITS);
  return [...rows, { label: 'Limited by', value: worst }];
}

/** What the numbers of `reachableRows` rest on. */
export function reachableNotes(reachable: Reachable): string[] {
  if (!tellsSomething(reachable)) return [];
  const caches = reachable.relyOnCaches ? ' Cached answers count as always there.' : '';
  return [`If parts fail independently and stand-ins take over at once.${caches}`];
}

/** With nothing known, everything counts as always up, which says nothing. */
export function tellsSomething({ down, unknown }: Reachable): boolean {
  return down > 0 || unknown.length === 0;
}

function limitText({ down, part }: Limit): string {
  return `${partText(part)} (${downtimeText(down)})`;
}

function partText(part: Part): string {
  switch (part.kind) {
    case 'service':
      return `'${part.service.name}'`;
    case 'requests':
      return `errors of '${part.service.name}' itself`;
    case 'group':
      return `'${part.group.name}'`;
    case 'member':
      return `'${part.member.name}'`;
    case 'takeover':
      return `takeovers in '${part.group.name}'`;
    case 'zone':
    case 'region':
      return `${part.kind} '${part.name}'`;
    case 'call':
      return `errors of '${part.call.to.value}'`;
    case 'cache':
      return `answers kept of '${part.call.to.value}'`;
  }
}
