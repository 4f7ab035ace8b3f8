import type { Group } from '../../model/model.ts';
import { COSTS } from '../cost.ts';
import { changed, entrySetting, type Lever, write } from './lever.ts';

/** Writes that are done only when every copy that is up has them. */
export function copiesLever({ name, replication }: Group): Lever {
  if (replication?.mode.value !== 'async') return { settings: [] };
  const setting = entrySetting('groups', name, COSTS.synchronousCopies, (group) => ({
    entry: {
      ...group,
      replication: { ...replication, mode: changed(replication.mode, 'sync' as const) },
    },
    title: `Let writes to '${name}' wait for its copies: replication mode sync`,
    changes: [write(replication.mode, 'mode', 'sync')],
  }));
  return { settings: [setting] };
}
