import type { GroupResult } from '../report.ts';
import { countText, durationText, UNKNOWN } from '../text.ts';
import type { ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';

/** Whether there is more to tell of a group than that its failures are known at once. */
export function isFollowed({ detection, failover }: GroupResult): boolean {
  return detection !== null || failover !== null;
}

/** `3.24s`: how long the slowest failure to be found out took. */
export function foundText({ detection }: GroupResult): string {
  return detection === null || detection.found === 0 ? UNKNOWN : durationText(detection.slowestMs);
}

/** A count of something that not every group has. */
export function countOf(count: number | undefined): string {
  return count === undefined ? UNKNOWN : countText(count);
}

/** How failures of members were found out, and what calls made of them. */
export function failovers(context: ViewContext): ViewElement {
  const followed = context.report.groups.filter(isFollowed);
  const head = { id: 'failovers', title: 'Failures found and failed over', classes: 'span-all' };
  if (followed.length === 0) {
    const text = "Failures were known at once: no group has a 'detection' or a 'failover'.";
    return blankSection(head, text);
  }
  return section(
    { ...head, note: 'First replication, but for the slowest.' },
    table<GroupResult>(
      'Failures found and failed over',
      [
        {
          title: 'Group',
          kind: 'text',
          cell: ({ name, place }) => placedName(context, name, place),
        },
        number('Found', ({ detection }) => detection?.found),
        {
          title: 'Slowest',
          kind: 'number',
          cell: foundText,
          value: ({ detection }) => detection?.slowestMs ?? -1,
        },
        number('Unnoticed', ({ detection }) => detection?.unnoticed),
        number('Refused requests', ({ detection }) => detection?.refused),
        number('Mistakes', ({ mistakes }) => mistakes),
        number('Weakening', ({ detection }) => detection?.weakenings),
        number('Retries', ({ failover }) => failover?.retries),
        number('Degraded', ({ failover }) => failover?.degraded),
        number('Restored', ({ failover }) => failover?.restored),
      ],
      followed,
    ),
  );
}

function number(title: string, value: (group: GroupResult) => number | undefined) {
  return {
    title,
    kind: 'number' as const,
    cell: (group: GroupResult) => countOf(value(group)),
    value: (group: GroupResult) => value(group) ?? -1,
  };
}
