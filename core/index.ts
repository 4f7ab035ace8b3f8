/**
 * Faultline as a library: read a resilience config, check it, simulate it, and use the same
 * patterns in a service.
 */
export { type AnalyseOptions, type Analysis, analyse, type Judging } from './analyse.ts';
export {
  type Baseline,
  Fingerprints,
  type KnownFindings,
  knownFindings,
  knownIn,
  readBaseline,
  writeBaseline,
} from './baseline/index.ts';
export {
  type ComebackLimit,
  type ComebackOptions,
  comebackSentence,
  type LoadRow,
  loadRows,
  rateText,
  runsText,
  type Trial,
} from './comeback/index.ts';
export { type ComebackOutcome, comebackLimit } from './comeback-limit.ts';
export {
  applyEdits,
  ConfigEditor,
  DocumentsEditor,
  type EditResult,
  type Operation as EditOperation,
  type RefusalReason,
  type TextEdit,
} from './config/edit/index.ts';
export type { ResilienceConfig } from './config/generated/types.ts';
export { isNativeFile, LineIndex, PROBLEM_KINDS, type ProblemKind } from './config/index.ts';
export type { FaultlineConfiguration } from './configuration/generated/types.ts';
export {
  CONFIGURATION_NAME,
  type Configuration,
  layered,
  matchesGlob,
  readConfiguration,
  settingsFor,
} from './configuration/index.ts';
export { convert, convertToSimulate } from './convert.ts';
export { type FixedConfig, fixAll } from './fix-all.ts';
export { FORMATS as OTHER_FORMATS } from './formats/index.ts';
export {
  type GroupCalibration,
  type History,
  type HistoryProblem,
  type HistoryResult,
  type ObservedMean,
  type Review,
  type ReviewOptions,
  readHistory,
  readHistoryTime,
  reviewHistory,
} from './history/index.ts';
export { collectImports, type ImportedTexts, resolveImport } from './imports/index.ts';
export { initialConfig } from './init.ts';
export { textAt } from './judge.ts';
export * from './live/index.ts';
export { type LoadOptions, load } from './load.ts';
export {
  type Finding,
  isAtLeast,
  type RelatedFinding,
  SEVERITIES,
  type Severity,
  type SuppressedFinding,
} from './model/finding.ts';
export type { Change, Fix, Span } from './model/fix.ts';
export type { Model } from './model/model.ts';
export type { Path, PlainValue } from './model/plain-value.ts';
export type { Source, Sourced, SourceRange } from './model/source.ts';
export * from './monitor/index.ts';
export * from './patterns/index.ts';
export type { ServiceCallOptions } from './policies/call-options.ts';
export { ConfigError } from './policies/config-error.ts';
export type { Policies } from './policies/policies.ts';
export type { ServicePolicies } from './policies/service-policies.ts';
export { isProvable, type Proof, type ProofRun, prove, runProof } from './prove.ts';
export {
  findObjective,
  isMissed,
  type MissingNumber,
  OBJECTIVE_KINDS,
  type Objective,
  type ObjectiveKind,
  type ObjectiveName,
  objectiveNameOf,
  objectivesOf,
  objectiveText,
  type Predicted,
  type Proposal,
  reachSentence,
  valueText,
} from './reach/index.ts';
export {
  type Confirmation,
  type ReachObjectiveOptions,
  type ReachOutcome,
  reachObjective,
} from './reach-objective.ts';
export type { Place, Position, Report } from './report/report.ts';
export { RULE_PAGES, type RulePage } from './rule-pages.ts';
export {
  RULES,
  type Rule,
  type RuleInfo,
  type RuleParameter,
  type RuleSetting,
  type RuleSettings,
} from './rules/index.ts';
export {
  type PartRunner,
  progressText,
  type RunProgress,
  type SimulationChoice,
  type SimulationOptions,
  type SimulationOutcome,
  type SimulationPart,
  simulate,
  simulateInParts,
  simulatePart,
  simulateYears,
} from './simulate.ts';
export { isSuppressible, proposeSuppressions, SUPPRESSION_RULES } from './suppressions/index.ts';
export { type Clock, systemClock, type Timer, VirtualClock } from './time/index.ts';
export { Workspace } from './workspace.ts';
