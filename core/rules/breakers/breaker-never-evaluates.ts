import { callsInWindow } from '../../analysis/index.ts';
import type { Fix } from '../../model/fix.ts';
import type { BreakerPolicy, BreakerTrip } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { listed, numberText } from '../../text/words.ts';
import { formatDuration, formatRate } from '../../time/index.ts';
import { mostPerSecond } from '../facts/breaker-calls.ts';
import { usesOf } from '../facts/calls.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const breakerNeverEvaluates: Rule = {
  id: 'breaker-never-evaluates',
  title: 'A circuit breaker never sees enough calls to judge',
  severity: 'error',
  evidence: 'numbers',
  since: '0.1.0',
  absorbs: ['breaker-trips-on-noise', 'breaker-window-shorter-than-timeout'],
  documentation: `
A breaker with a window of time judges only when the window holds \`minimumCalls\`. Each process has a
breaker of its own, and sees only its share of the calls: with too few of them it never opens.

**Fires when** all traffic that leads to the calls is written, and even with every retry fewer calls
than \`minimumCalls\` arrive in a \`window\` on average: error where chance practically never brings
enough, else warning.

**Fix** Lower \`minimumCalls\` to a quarter of what arrives, or lengthen the window.

**Source** Polly's \`MinimumThroughput\` of 100 in 30 s, which many services never reach.
`,
  *check(model) {
    for (const policy of model.breakers.values()) {
      const { doubtful, name, trip } = policy;
      if (doubtful || trip.kind !== 'time-window') continue;
      const perSecond = mostPerSecond(model, policy);
      const mean = callsInWindow(perSecond, trip.windowMs.value);
      const needed = trip.minimumCalls.value;
      if (mean === undefined || perSecond === 0 || mean >= needed) continue;
      // Four standard deviations of a Poisson count.
      const isCertain = mean + 4 * Math.sqrt(mean) < needed;
      const users = listed(
        (usesOf(model).get(policy) ?? []).map(({ text }) => text),
        'and',
        3,
      );
      yield {
        subject: `breaker ${name}`,
        severity: isCertain ? 'error' : 'warning',
        message: `Breaker '${name}' judges only windows of ${needed}${defaultNote(trip.minimumCalls)} calls or more, but ${users} ${users.includes(' and ') ? 'make' : 'makes'} ${formatRate(perSecond)}, which is ${numberText(mean)} in ${formatDuration(trip.windowMs.value)}: it ${isCertain ? 'can never open' : 'hardly ever opens'}. ${advice(mean, needed, perSecond)}`,
        at: (trip.minimumCalls.source.kind === 'explicit' ? trip.minimumCalls : trip.windowMs)
          .source.at,
        fixes: fixes(policy, trip, mean, perSecond),
      };
    }
  },
};

function advice(mean: number, needed: number, perSecond: number): string {
  const calls = enoughCalls(mean);
  const fewer = calls ? `minimumCalls to ${calls}, or ` : '';
  return `Set ${fewer}window to ${formatDuration(enoughMs(needed, perSecond))}.`;
}

function fixes(
  { nameAt }: BreakerPolicy,
  { minimumCalls, windowMs }: BreakerTrip & { readonly kind: 'time-window' },
  mean: number,
  perSecond: number,
): readonly Fix[] {
  const calls = enoughCalls(mean);
  return [
    ...(calls ? setTo('minimumCalls', minimumCalls, calls, nameAt) : []),
    ...setTo('window', windowMs, writtenDuration(enoughMs(minimumCalls.value, perSecond))),
  ];
}

/** A quarter of what arrives; none where that is so little that the breaker would open by chance. */
function enoughCalls(mean: number): number | undefined {
  const calls = Math.floor(mean / 4);
  return calls >= 5 ? calls : undefined;
}

/** A window that holds four times what is needed, in whole seconds. */
function enoughMs(needed: number, perSecond: number): number {
  return Math.ceil((4 * needed) / perSecond) * 1_000;
}
