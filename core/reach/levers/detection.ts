import type { Group } from '../../model/model.ts';
import { COSTS } from '../cost.ts';
import { below } from './ladder.ts';
import { changed, entrySetting, type Lever, write, writtenDuration } from './lever.ts';

/** More often, networks are what is measured. */
const LEAST_MS = 100;

/** Heartbeats that come more often, so that a failure is noticed sooner. */
export function heartbeatLever({ detection, name }: Group): Lever {
  if (detection?.method.value !== 'heartbeat') return { settings: [] };
  const values = below(detection.intervalMs.value)
    .map(Math.round)
    .filter((ms) => ms >= LEAST_MS);
  return {
    settings: values.map((value) =>
      entrySetting('groups', name, COSTS.number, (group) => ({
        entry: {
          ...group,
          detection: { ...detection, intervalMs: changed(detection.intervalMs, value) },
        },
        title: `Set 'detection.interval' of '${name}' to ${writtenDuration(value)}`,
        changes: [write(detection.intervalMs, 'interval', writtenDuration(value))],
      })),
    ),
  };
}
