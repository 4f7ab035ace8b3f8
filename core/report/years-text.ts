import type { YearsResult, YearsSection } from './report.ts';
import {
  countText,
  durationText,
  percentEstimate,
  percentText,
  quantityText,
  UNKNOWN,
} from './text.ts';

/** Percentages of something that is hardly ever down need many. */
const MOST_DECIMALS = 12;

/** `99.99615% exact`, `99.9961% ± 0.0004`, or `≥ 99.9999%` where no outage was seen. */
export function availabilityText({
  availability,
  evidence,
}: Pick<YearsResult, 'availability' | 'evidence'>): string {
  const { mean } = availability;
  switch (evidence) {
    case 'unknown':
      return UNKNOWN;
    case 'exact':
      return `${percentText(mean, decimalsFor(1 - mean))} exact`;
    case 'none-seen':
      return `≥ ${percentText(mean, decimalsFor(1 - mean))}`;
    case 'simulated':
      return quantityText(percentEstimate(availability, MOST_DECIMALS));
  }
}

/** ` Over 1000 years the least available is db, with 99.99615% exact.` */
export function leastAvailable({ groups, services, years }: YearsSection): string {
  const known = [...services, ...groups].filter(({ evidence }) => evidence !== 'unknown');
  const [least] = known.sort((a, b) => a.availability.mean - b.availability.mean);
  if (!least) return '';
  return ` Over ${countText(years)} years the least available is ${least.name}: ${availabilityText(least)}.`;
}

/** `2.1`, or `1 in 400 years`; `< 1 in 300 years` where none was seen. */
export function outagesText({ evidence, outagesPerYear }: YearsResult): string {
  if (evidence === 'unknown' || outagesPerYear === 0) return UNKNOWN;
  return `${evidence === 'none-seen' ? '< ' : ''}${rateText(outagesPerYear)}`;
}

export function downtimeText({ downtimePerYearMs, evidence }: YearsResult): string {
  if (evidence === 'unknown') return UNKNOWN;
  return `${evidence === 'none-seen' ? '< ' : ''}${durationText(downtimePerYearMs)}`;
}

export function longestText({ evidence, longestOutageMs }: YearsResult): string {
  if (evidence === 'unknown') return UNKNOWN;
  return longestOutageMs === 0 ? 'none' : durationText(longestOutageMs);
}

/** `too many members failed 79%, a zone was lost 16%`. */
export function causesText({ causes }: YearsResult): string {
  if (causes.length === 0) return UNKNOWN;
  return causes.map(({ share, text }) => `${text} ${percentText(share, 0)}`).join(', ');
}

/** `≤ 50ms (2) a year`: writes lost as time, and how many. */
export function lostOverYearsText({ lost }: YearsResult): string {
  if (!lost) return UNKNOWN;
  if (lost.msPerYear === 0) return 'none';
  const count = lost.writesPerYear === 0 ? '' : ` (${countText(Math.ceil(lost.writesPerYear))})`;
  return `≤ ${durationText(lost.msPerYear)}${count}`;
}

/** Of something that happens so many times a year. */
export function rateText(perYear: number): string {
  if (perYear === 0) return 'none';
  if (perYear >= 10) return countText(perYear);
  if (perYear >= 0.5) return String(Number(perYear.toPrecision(2)));
  const years = Number((1 / perYear).toPrecision(2));
  // So that a table stays narrow.
  if (years >= 1e6) return `1 in ${countText(years / 1e6)}M years`;
  return `1 in ${years < 10 ? years : countText(years)} years`;
}

/** Three digits of how often it is down. */
function decimalsFor(down: number): number {
  if (!(down > 0)) return 2;
  return Math.min(MOST_DECIMALS, Math.max(2, 2 - Math.floor(Math.log10(down * 100))));
}
