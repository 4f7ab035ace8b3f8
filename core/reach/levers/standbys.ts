import type { Group } from '../../model/model.ts';
import { COSTS } from '../cost.ts';
import { changed, entrySetting, type Lever, write } from './lever.ts';

/** Standbys that run while they wait, and serve as soon as they are needed. */
export function hotStandbyLever({ activationMs, members, name, standbyMode }: Group): Lever {
  const hasStandbys = members.some(({ role }) => role === 'standby');
  if (!hasStandbys || standbyMode.value === 'hot' || activationMs.value === 0) {
    return { settings: [] };
  }
  const setting = entrySetting('groups', name, COSTS.hotStandby, (group) => ({
    entry: {
      ...group,
      standbyMode: changed(group.standbyMode, 'hot' as const),
      activationMs: changed(group.activationMs, 0),
    },
    title: `Keep the standbys of '${name}' hot, so that they serve at once`,
    changes: [
      write(group.standbyMode, 'standbyMode', 'hot'),
      write(group.activationMs, 'activation', '0s'),
    ],
  }));
  return { settings: [setting] };
}
