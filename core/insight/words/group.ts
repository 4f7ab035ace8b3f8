import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { formatPercent, formatRoughly } from '../../time/index.ts';
import type { DomainLoss, GroupInsight, GroupStrength } from '../group.ts';
import { availabilityText } from './numbers.ts';
import { wantTexts } from './wants.ts';
import type { Row, Words } from './words.ts';

/** Fewer failures than one in ten thousand are not worth a sentence. */
const NOTABLE = 1e-4;

export function groupWords(insight: GroupInsight): Words {
  const { available, minHealthy, strength, withOneMore, worstLoss } = insight;
  const minimum = `minHealthy ${minHealthy.value}${defaultNote(minHealthy)}`;
  const rows: Row[] = [
    { label: 'Level', value: `${strength.level}: ${available} available, ${minimum}` },
    { label: 'Failures tolerated', value: toleratedText(strength) },
  ];
  if (worstLoss) rows.push({ label: `Worst ${worstLoss.domain}`, value: lossText(worstLoss) });
  if (strength.availability) {
    rows.push({ label: 'Availability', value: availabilityText(strength.availability) });
  }
  rows.push({ label: 'One more member', value: strengthText(withOneMore) });
  return {
    title: `Redundancy group '${insight.name}'`,
    rows,
    notes: [...assumptions(insight), ...wantTexts(insight)],
  };
}

/** `MEDIUM · 99.97%`. */
export function groupHint({ strength: { availability, level } }: GroupInsight): string {
  return availability ? `${level} · ${formatPercent(availability.up)}` : level;
}

function toleratedText({ toleratedAtOnce, toleratedInAll }: GroupStrength): string {
  if (toleratedInAll === 0) return 'none';
  if (toleratedAtOnce === toleratedInAll) return `${toleratedInAll}, at once`;
  return `${toleratedInAll} in all, ${toleratedAtOnce || 'none'} without waiting for a standby`;
}

function lossText({ leaves, name, survived, takes }: DomainLoss): string {
  return `losing '${name}' takes ${takes}, leaves ${leaves}: ${survived ? 'survived' : 'not survived'}`;
}

function strengthText({ availability, level, toleratedInAll }: GroupStrength): string {
  const all = [level, `${plural(toleratedInAll, 'failure')} tolerated`];
  if (availability) all.push(availabilityText(availability));
  return all.join(', ');
}

function assumptions({ member, recoveryIs, strength }: GroupInsight): string[] {
  if (!member || !strength.availability) return [];
  const { commonCause, detectionMs, givesUp, mtbfMs, recoveryMs } = member;
  const noticed = detectionMs > 0 ? `noticed after ${formatRoughly(detectionMs)} and ` : '';
  const note = recoveryIs === 'written' ? '' : ` (${recoveryIs})`;
  const left =
    givesUp >= NOTABLE
      ? ` The ${formatPercent(givesUp)} that recovery gives up on are left out.`
      : '';
  const independence =
    commonCause === 0
      ? 'independently'
      : `independently but for ${formatPercent(commonCause)} of failures, which strike all at once`;
  return [
    `If members fail ${independence}, each after ${formatRoughly(mtbfMs)} on average, ${noticed}back after ${formatRoughly(recoveryMs)}${note}.${left}`,
  ];
}
