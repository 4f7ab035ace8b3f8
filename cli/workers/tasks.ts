import { replicate, runYears } from '../../core/replicate.ts';
import { checkBatch } from '../check-batch.ts';

/** What other threads do for commands. Only plain data goes in and comes out. */
export const TASKS = { 'check-batch': checkBatch, replicate, years: runYears } as const;

export type TaskName = keyof typeof TASKS;
export type TaskInput<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[0];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
