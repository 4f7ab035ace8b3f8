export { PROBLEM_KINDS, type ProblemKind } from './problem.ts';
export { type Config, isNativeFile, readConfig } from './read.ts';
export { LineIndex, type Position } from './text/line-index.ts';
