export { PROBLEM_KINDS, type ProblemKind } from './problem.ts';
export { type Config, isNativeFile, readConfig } from './read.ts';
export type { Comment } from './syntax/comments.ts';
export { nodeEnds } from './syntax/extent.ts';
export { LineIndex, type Position } from './text/line-index.ts';
