import type { Group } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';

/** How long the failure of a member goes unnoticed. */
export interface DetectionTime {
  /** When it fails right before the next heartbeat was due. */
  readonly leastMs: number;
  /** When it fails right after a heartbeat. */
  readonly mostMs: number;
  /** How `mostMs` comes about: `10s × 3 (default) + 5s of grace = 35s`. */
  readonly text: string;
}

/**
 * None where the file does not say how failures are noticed (then they are, at once), and none for
 * a detector that learns its patience from the heartbeats that it sees.
 */
export function detectionTime({ detection }: Group): DetectionTime | undefined {
  if (detection?.method.value !== 'heartbeat') return undefined;
  const { intervalMs, missed } = detection;
  // As the detector that runs (`HeartbeatDetector`): half an interval late is not yet missed.
  const graceMs = intervalMs.value / 2;
  const mostMs = intervalMs.value * missed.value + graceMs;
  const interval = `${formatDuration(intervalMs.value)}${defaultNote(intervalMs)}`;
  return {
    leastMs: mostMs - intervalMs.value,
    mostMs,
    text: `${interval} × ${missed.value}${defaultNote(missed)} + ${formatDuration(graceMs)} of grace = ${formatDuration(mostMs)}`,
  };
}
