export { OUTAGE_CAUSES, type OutageCause } from './downtime.ts';
export {
  failsByChance,
  failuresPerYear,
  type GroupTally,
  runYears,
  type ServiceTally,
  type YearsOptions,
  type YearsResult,
  type YearsRun,
  type YearsTally,
} from './run.ts';
