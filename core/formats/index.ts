export { checkJoined, formatOf, isKnown, type Joined, joinFiles } from './check.ts';
export { type FormatFile, readFormatFile } from './document.ts';
export type { Format, FormatRule } from './format.ts';
export { FORMAT_RULES, FORMAT_TOPICS, FORMATS, likelyFormat, mayBeFormat } from './formats.ts';
export { partOf, partsIn, withPartsOf } from './part-of.ts';
