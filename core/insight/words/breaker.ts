import { YEAR_MS } from '../../analysis/index.ts';
import type { BreakerRates } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { numberText, plural } from '../../text/words.ts';
import { formatDuration, formatPercent, formatRate, formatRoughly } from '../../time/index.ts';
import type { BreakerInsight } from '../breaker.ts';
import { wantTexts } from './wants.ts';
import type { Row, Words } from './words.ts';

export function breakerWords(insight: BreakerInsight): Words {
  const rows: Row[] = [{ label: 'Opens', value: opensText(insight) }];
  const outage = outageText(insight);
  if (outage) rows.push({ label: 'In an outage', value: outage });
  const chance = chanceText(insight);
  if (chance) rows.push({ label: 'By chance', value: chance });
  rows.push({ label: 'Open', value: openText(insight) });
  return { title: `Circuit breaker '${insight.name}'`, rows, notes: wantTexts(insight) };
}

function opensText(insight: BreakerInsight): string {
  const { resetIntervalMs } = insight;
  const anew = resetIntervalMs
    ? `, counted anew every ${formatDuration(resetIntervalMs.value)}`
    : '';
  return `${tripText(insight)}${anew}`;
}

function tripText({ failures, trip }: BreakerInsight): string {
  switch (trip.kind) {
    case 'leaky': {
      const threshold = `${trip.failureThreshold.value}${defaultNote(trip.failureThreshold)}`;
      return `when failures are ${threshold} ahead of successes`;
    }
    case 'consecutive':
      return `after ${plural(trip.failureThreshold.value, 'failure')}${defaultNote(trip.failureThreshold)} in a row`;
    case 'count-window':
      return `when ${rateText(trip)} of the last ${plural(trip.size.value, 'call')} fail: ${failures}${slowText(trip)}`;
    case 'time-window': {
      const window = formatDuration(trip.windowMs.value);
      const least = `${trip.minimumCalls.value}${defaultNote(trip.minimumCalls)}`;
      return `when ${rateText(trip)} of the calls of the last ${window} fail, and there are ${least} or more${slowText(trip)}`;
    }
  }
}

function rateText({ failureRate }: BreakerRates): string {
  return `${formatPercent(failureRate.value)}${defaultNote(failureRate)}`;
}

function slowText({ slowCallMs, slowCallRate }: BreakerRates): string {
  if (!slowCallMs) return '';
  const share = `${formatPercent(slowCallRate.value)}${defaultNote(slowCallRate)}`;
  return `; or when ${share} take longer than ${formatDuration(slowCallMs.value)}`;
}

function outageText({ seen, tooFewCalls, trip }: BreakerInsight): string | undefined {
  if (tooFewCalls !== undefined && trip.kind === 'time-window') {
    return `never opens: its window holds ${numberText(tooFewCalls)} calls on average, and needs ${trip.minimumCalls.value}`;
  }
  if (seen?.isBlindToHangs)
    return 'never opens while everything hangs: calls time out too late for it';
  if (seen?.opensAfterMs === undefined) return undefined;
  return `opens ${formatRoughly(seen.opensAfterMs)} after everything began to hang, at ${formatRate(seen.perSecond)}`;
}

function chanceText({ seen }: BreakerInsight): string | undefined {
  if (!seen?.byChance) return undefined;
  const { errorRate, everyMs } = seen.byChance;
  const usual = `at the usual ${formatPercent(errorRate)} of errors`;
  if (!(everyMs < YEAR_MS)) return `opens less than once a year, ${usual}`;
  return `opens every ${formatRoughly(everyMs)} on average, ${usual}`;
}

function openText({ maxOpenMs, openMs, recoveryFactor, successThreshold }: BreakerInsight): string {
  const open = `${formatDuration(openMs.value)}${defaultNote(openMs)}`;
  const grows =
    recoveryFactor.value > 1
      ? `, ${numberText(recoveryFactor.value)} times as long each time up to ${formatDuration(maxOpenMs.value)}${defaultNote(maxOpenMs)}`
      : '';
  const trials = plural(successThreshold.value, 'successful trial');
  const close = successThreshold.value === 1 ? 'closes' : 'close';
  return `for ${open}${grows}; then ${trials}${defaultNote(successThreshold)} ${close} it`;
}
