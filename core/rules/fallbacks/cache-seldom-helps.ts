import { placeId } from '../../model/place-id.ts';
import { defaultNote, type Sourced, type SourceRange } from '../../model/source.ts';
import { countText } from '../../text/words.ts';
import { formatDuration, formatPercent, formatRoughly } from '../../time/index.ts';
import { type CallSite, callSites } from '../facts/calls.ts';
import { loadOf } from '../facts/load.ts';
import type { Rule } from '../rule.ts';

export const cacheSeldomHelps: Rule<'worthwhile'> = {
  id: 'cache-seldom-helps',
  title: 'A cached answer has mostly expired when it is asked for again',
  severity: 'info',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: {
    worthwhile: {
      title: 'share of requests from which on a cache is worth its memory',
      default: 0.2,
      minimum: 0,
      maximum: 1,
    },
  },
  documentation: `
A cache helps when the same request comes again before the answer is too old. With many different
requests, little traffic and a short age it hardly ever does: it costs memory and bridges no outage.

**Fires when** all traffic that leads to the call is written, and among \`keys\` different requests the
same one comes again in time for less than 20 % of them.

**Fix** Keep answers for longer, or do without the cache.
`,
  *check(model, { worthwhile }) {
    for (const site of callSites(model)) {
      for (const { ageMs, at, keys, kind } of cachesOf(site)) {
        const perSecond = loadOf(model).most(site.caller) / site.caller.instances.value;
        const everyMs = (1_000 * keys.value) / perSecond;
        if (!(everyMs > 0) || perSecond === 0) continue;
        // The chance that another one comes within the age, if they come independently.
        const helps = -Math.expm1(-ageMs / everyMs);
        if (helps >= worthwhile) continue;
        yield {
          subject: `cache at ${placeId(at)}`,
          message: `The ${kind} of ${site.text} keeps answers for ${formatDuration(ageMs)}, but each of its ${countText(keys.value)}${defaultNote(keys)} different requests comes every ${formatRoughly(everyMs)}: ${formatPercent(helps)} of them find one. Keep answers for longer, or do without.`,
          at,
        };
      }
    }
  },
};

function cachesOf({ call }: CallSite) {
  const { cache, fallback } = call;
  const found: {
    readonly kind: string;
    readonly ageMs: number;
    readonly keys: Sourced<number>;
    readonly at: SourceRange;
  }[] = [];
  if (cache) {
    const ageMs = cache.maxAgeMs.value + cache.staleIfErrorMs.value;
    if (ageMs > 0) found.push({ kind: 'cache', ageMs, keys: cache.keys, at: cache.at });
  }
  for (const step of fallback?.steps ?? []) {
    if (step.kind !== 'cache') continue;
    const { keys, maxAgeMs } = step;
    found.push({ kind: 'cached fallback', ageMs: maxAgeMs.value, keys, at: maxAgeMs.source.at });
  }
  return found;
}
