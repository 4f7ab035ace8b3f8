import type { Model } from '../../model/model.ts';
import { listed, numberText } from '../../text/words.ts';
import { formatRate, formatRoughly } from '../../time/index.ts';
import { comesAtRandom } from './arrivals.ts';
import { type Policy, usesOf } from './calls.ts';
import { loadOf } from './load.ts';
import { timesOf } from './times.ts';

/** What takes slots of a pool while nothing fails, in one process, at least. */
export interface Demand {
  /** Slots in use at once, on average (erlangs). */
  readonly slots: number;
  readonly perSecond: number;
  /** Mean time that one request holds its slot. */
  readonly holdMs: number;
  /** Whether it comes at random, as formulas of queues take for granted (see `comesAtRandom`). */
  readonly isRandom: boolean;
  /** How it comes about: `30/s × 200ms of 'shop' → 'orders'`. */
  readonly text: string;
}

interface Part {
  readonly perSecond: number;
  readonly holdMs: number;
  readonly user: string;
}

/** None where rates or times are not written. */
export function demandOf(model: Model, policy: Policy): Demand | undefined {
  const load = loadOf(model);
  const times = timesOf(model);
  const parts: Part[] = [];
  for (const site of usesOf(model).get(policy) ?? []) {
    const perSecond = load.leastCalls(site) / site.caller.instances.value;
    parts.push({ perSecond, holdMs: times.leastHold(site), user: site.text });
  }
  for (const service of model.services.values()) {
    if (service.doubtful || service.bulkhead?.value !== policy.name) continue;
    if (model.bulkheads.get(policy.name) !== policy) continue;
    const perSecond = load.least(service) / service.instances.value;
    parts.push({ perSecond, holdMs: times.least(service), user: `'${service.name}'` });
  }
  return summed(
    parts.filter(({ holdMs, perSecond }) => holdMs * perSecond > 0),
    comesAtRandom(model),
  );
}

function summed(parts: readonly Part[], isRandom: boolean): Demand | undefined {
  const [first, second] = parts;
  if (!first) return undefined;
  const perSecond = parts.reduce((total, part) => total + part.perSecond, 0);
  const slots = parts.reduce((total, part) => total + (part.perSecond * part.holdMs) / 1_000, 0);
  const users = listed(
    parts.map(({ user }) => user),
    'and',
    3,
  );
  const text = second
    ? `${users} need ${numberText(slots)} at once on average`
    : `${formatRate(perSecond)} × ${formatRoughly(first.holdMs)} of ${first.user} need ${numberText(slots)} at once on average`;
  return { slots, perSecond, holdMs: (slots * 1_000) / perSecond, isRandom, text };
}
