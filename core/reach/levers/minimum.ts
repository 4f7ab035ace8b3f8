import { membersForPeak } from '../../analysis/index.ts';
import type { Group, Model } from '../../model/model.ts';
import { loadOf } from '../../rules/facts/load.ts';
import { quorumOf } from '../../rules/facts/quorum.ts';
import { COSTS } from '../cost.ts';
import { changed, entrySetting, type Lever, type Setting, write } from './lever.ts';

/** How busy members may be when fewer are left; a convention, as for losses of zones. */
const BUSIEST = 0.8;

/** A lower minimum, down to what load and copies need: more members can be spared. */
export function lowerMinimumLever(model: Model, group: Group): Lever {
  const least = leastMembers(model, group);
  const settings: Setting[] = [];
  for (let value = group.minHealthy.value - 1; least !== undefined && value >= least; value--) {
    settings.push(setMinimum(group.name, value));
  }
  return { settings };
}

/** A higher minimum, up to all members: standbys serve as well. */
export function higherMinimumLever({ members, minHealthy, name }: Group): Lever {
  const settings: Setting[] = [];
  for (let value = minHealthy.value + 1; value <= members.length; value++) {
    settings.push(setMinimum(name, value));
  }
  return { settings };
}

/**
 * How few members can do the work. Unknown where capacity or load is not written: then nobody but
 * the author can say whether fewer are enough.
 */
function leastMembers(model: Model, group: Group): number | undefined {
  const capacity = group.capacityPerSecond?.value;
  const load = loadOf(model);
  if (capacity === undefined || !Number.isFinite(load.most(group))) return undefined;
  const busy = membersForPeak(load.least(group) / BUSIEST, capacity, 0);
  const quorum = quorumOf(group);
  return busy && Math.max(1, busy, quorum?.write ?? 0, quorum?.read ?? 0);
}

function setMinimum(name: string, value: number): Setting {
  return entrySetting('groups', name, COSTS.minimum, (group) => ({
    entry: { ...group, minHealthy: changed(group.minHealthy, value) },
    title: `Set 'minHealthy' of '${name}' to ${value}`,
    changes: [write(group.minHealthy, 'minHealthy', value)],
  }));
}
