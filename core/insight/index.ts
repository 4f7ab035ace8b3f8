export { type Hint, hintsIn } from './hints.ts';
export { insightOf } from './insight-of.ts';
export type { Insight } from './subjects.ts';
export type { Row, Words } from './words/words.ts';
export { wordsOf } from './words/words-of.ts';
