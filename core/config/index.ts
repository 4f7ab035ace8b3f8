export { PROBLEM_KINDS, type Problem, type ProblemKind } from './problem.ts';
export { type Config, ConfigReader, isNativeFile, readConfig, toFindings } from './read.ts';
export {
  type JsonSchema,
  propertyOf,
  type Quantity,
  quantityOf,
  RESILIENCE,
} from './schema/schema.ts';
export type { Comment } from './syntax/comments.ts';
export { nodeEnds } from './syntax/extent.ts';
export type { MappingEntry, MappingNode, SyntaxNode, TextRange } from './syntax/node.ts';
export { LineIndex, type Position } from './text/line-index.ts';
export { type Word, wordAt } from './word.ts';
