import type { Place, Timeline } from '../../report.ts';

const BUCKET_MS = 5_000;
const BUCKETS = 120;
const BASE = 200;

/** A run of ten minutes in buckets of five seconds, shaped by hand to look like the real thing. */
export function sampleTimeline(line: (number: number, text?: string) => Place): {
  readonly timeline: Timeline;
  readonly critical: readonly number[];
  readonly external: readonly number[];
} {
  const at = Array.from({ length: BUCKETS }, (_, index) => (index * BUCKET_MS) / 1_000);
  const within = (second: number, from: number, to: number) => second >= from && second < to;
  const arrived = at.map((second) => BASE + wobble(second, 18));
  const failed = at.map((second) => {
    if (within(second, 60, 65)) return 48;
    if (within(second, 65, 75)) return 9;
    if (within(second, 120, 125)) return 21;
    if (within(second, 150, 155)) return 6;
    return within(second, 320, 335) ? 4 : 0;
  });
  const degraded = at.map((second) => {
    if (within(second, 120, 185)) return 150 + wobble(second, 22);
    return within(second, 185, 190) ? 62 : 0;
  });
  const retries = at.map((second) => {
    if (within(second, 60, 75)) return 120 - (second - 60) * 6;
    if (within(second, 120, 125)) return 260;
    if (within(second, 150, 155)) return 40;
    return within(second, 300, 355) ? 24 + wobble(second, 9) : 1;
  });
  return {
    timeline: {
      bucketMs: BUCKET_MS,
      arrived,
      succeeded: arrived.map((count, i) => count - (failed[i] ?? 0) - (degraded[i] ?? 0)),
      degraded,
      failed,
      retries,
      events: [
        { atMs: 60_000, kind: 'fault', text: 'db-primary-1 fails', place: line(51) },
        {
          atMs: 65_100,
          kind: 'promotion',
          text: 'db-standby-1 takes over for db-primary-1',
          place: line(11, 'db-standby-1'),
        },
        { atMs: 120_000, kind: 'fault', text: 'payments answers with errors', place: line(52) },
        { atMs: 121_400, kind: 'breaker', text: "Breaker 'payments' opens", place: line(26) },
        {
          atMs: 122_000,
          kind: 'repair',
          text: 'db-primary-1 is back, as a standby',
          place: line(8),
        },
        { atMs: 180_000, kind: 'repair', text: 'payments answers again', place: line(52) },
        { atMs: 189_200, kind: 'breaker', text: "Breaker 'payments' closes", place: line(26) },
        { atMs: 254_700, kind: 'fault', text: 'search-1 fails', place: line(22) },
        { atMs: 278_000, kind: 'repair', text: 'search-1 is back', place: line(22) },
        { atMs: 300_000, kind: 'fault', text: 'cache-1 slows down', place: line(17) },
        { atMs: 355_000, kind: 'repair', text: 'cache-1 is fast again', place: line(17) },
      ],
      omittedEvents: 0,
    },
    critical: at.map((second) => {
      if (within(second, 60, 70)) return 15.2;
      return within(second, 300, 355) ? 6.1 + wobble(second, 1.2) : 3.6 + wobble(second, 0.8);
    }),
    external: at.map((second) => {
      if (within(second, 120, 125)) return 14.4;
      return within(second, 125, 185) ? 0.2 : 2.4 + wobble(second, 0.9);
    }),
  };
}

/** Looks random, is not. */
function wobble(second: number, size: number): number {
  const wave = Math.sin(second * 0.7) + Math.sin(second * 0.213 + 1) + Math.sin(second * 2.9);
  return size < 5 ? (wave * size) / 2 : Math.round((wave * size) / 2);
}
