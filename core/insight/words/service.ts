import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { formatDuration, formatPercent, formatRate, formatRoughly } from '../../time/index.ts';
import type { ErrorBudget, Room, ServiceInsight } from '../service.ts';
import { reachableNotes, reachableRows, tellsSomething } from './reachable.ts';
import { wantTexts } from './wants.ts';
import type { Row, Words } from './words.ts';

export function serviceWords(insight: ServiceInsight): Words {
  const { budget, meanMs, perSecond, reachable, room } = insight;
  const rows: Row[] = [];
  if (perSecond > 0) rows.push({ label: 'Load', value: loadText(insight) });
  if (room) rows.push({ label: 'Capacity', value: roomText(room) });
  if (meanMs !== undefined) rows.push({ label: 'Time', value: timeText(meanMs, insight) });
  if (reachable) rows.push(...reachableRows(reachable));
  if (budget) rows.push({ label: 'Error budget', value: budgetText(budget, insight) });
  return {
    title: `Service '${insight.name}'`,
    rows,
    notes: [...(reachable ? reachableNotes(reachable) : []), ...wantTexts(insight)],
  };
}

function timeText(meanMs: number, { hasCalls, meanIsLeast }: ServiceInsight): string {
  const least = meanIsLeast ? 'at least ' : '';
  return `${least}${formatRoughly(meanMs)} on average${hasCalls ? ', with its calls' : ''}`;
}

function loadText({ fromOutside, instances, perSecond }: ServiceInsight): string {
  const others = perSecond - fromOutside;
  // What is left of a subtraction may be noise.
  const isAllOutside = others < perSecond * 1e-9;
  const sources = isAllOutside
    ? 'all from outside'
    : fromOutside > 0
      ? `${formatRate(fromOutside)} from outside, ${formatRate(others)} from other services`
      : 'from other services';
  const each =
    instances > 1
      ? `; ${formatRate(perSecond / instances)} for each of ${plural(instances, 'instance')}`
      : '';
  return `${formatRate(perSecond)}, ${sources}${each}`;
}

function roomText({ capacity, group, used, usedAfterLoss }: Room): string {
  const where = group === undefined ? '' : ` of '${group}'`;
  const loss =
    usedAfterLoss === undefined
      ? ''
      : `; ${formatPercent(Math.min(1, usedAfterLoss))} with one member less`;
  return `${formatPercent(Math.min(1, used))}${used > 1 ? ' and more' : ''} of ${capacity.text}${where} is used${loss}`;
}

function budgetText({ ms, objective }: ErrorBudget, { reachable }: ServiceInsight): string {
  const promise = `${formatPercent(objective.value)}${defaultNote(objective)}`;
  const budget = `${promise} leaves ${formatDuration(ms)} in 30d`;
  if (!reachable || !tellsSomething(reachable) || ms === 0) return budget;
  const share = reachable.down / (1 - objective.value);
  return share > 1
    ? `${budget}, less than is lost`
    : `${budget}; ${formatPercent(share, 0)} of it is lost`;
}
