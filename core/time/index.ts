export type { Clock, Timer } from './clock.ts';
export { formatDuration, formatRoughly, parseDuration } from './duration.ts';
export { formatPercent, formatRate, parseRate, parseRatio } from './quantity.ts';
export { createRandom, type RandomStream, systemRandom } from './random.ts';
export { systemClock } from './system-clock.ts';
export { VirtualClock } from './virtual-clock.ts';
export { drawExponential, drawNormal } from './ziggurat.ts';
