export { formatDuration, parseDuration } from './duration.ts';
export { formatPercent, formatRate, parseRate, parseRatio } from './quantity.ts';
export { createRandom, type RandomStream } from './random.ts';
