export { formatDuration, parseDuration } from './duration.ts';
export { formatPercent, parseRate, parseRatio } from './quantity.ts';
export { createRandom, type RandomStream } from './random.ts';
