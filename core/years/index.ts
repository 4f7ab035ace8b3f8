export { OUTAGE_CAUSES, type OutageCause } from './downtime.ts';
export {
  failuresPerYear,
  type GroupTally,
  runYears,
  type YearsOptions,
  type YearsResult,
  type YearsRun,
  type YearsTally,
} from './run.ts';
