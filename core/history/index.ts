export type { ObservedMean } from '../analysis/index.ts';
export { calibrate, type GroupCalibration } from './calibrate.ts';
export { timeOf as readHistoryTime } from './columns.ts';
export { type History, type HistoryProblem, type HistoryResult, readHistory } from './read.ts';
export { type Review, type ReviewOptions, reviewHistory } from './review.ts';
