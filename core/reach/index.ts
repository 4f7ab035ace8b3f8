export { COSTS } from './cost.ts';
export {
  AvailabilityJudge,
  type AvailabilityOptions,
  judgeOf,
  type MissingNumber,
  RecoveryTimeJudge,
} from './judges/index.ts';
export {
  findObjective,
  OBJECTIVE_KINDS,
  type Objective,
  type ObjectiveKind,
  type ObjectiveName,
  objectiveNameOf,
  objectivesOf,
  objectiveText,
  valueText,
} from './objective.ts';
export {
  isMissed,
  type Predicted,
  type Proposal,
  type ReachOptions,
  type ReachResult,
  reach,
  type Verdict,
} from './reach.ts';
export { reachSentence } from './words.ts';
