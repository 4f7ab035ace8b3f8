import type { RelatedFinding, Severity } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import type { Model } from '../model/model.ts';
import type { SourceRange } from '../model/source.ts';

/**
 * What a rule needs in order to judge: the file alone, the graph of calls, or numbers that only
 * the user has. A rule that lacks its evidence stays silent.
 */
export type Evidence = 'file' | 'graph' | 'numbers';

/** Defects that can be shown in a simulation made for them. */
export type Provable =
  | 'breaker-blind-to-hangs'
  | 'attempts-do-not-fit'
  | 'one-request-opens-breaker';

/** What there is to know of a rule. */
export interface RuleInfo {
  /** Stable id, shown with each finding. */
  readonly id: string;
  /** One line for lists of rules. */
  readonly title: string;
  /** The usual severity; a single finding may differ. */
  readonly severity: Severity;
  readonly evidence: Evidence;
  /** The version of Faultline that first had it, so that a new finding after an update explains itself. */
  readonly since: string;
  /** Markdown: why it matters, when it fires, how to fix it, where it comes from. */
  readonly documentation: string;
  /** What only a clock shows: a simulation can be made that shows it happen. */
  readonly proof?: Provable;
  /** Numbers of its condition that the configuration may set, by name. */
  readonly parameters?: Readonly<Record<string, RuleParameter>>;
}

/** A number that decides when a rule fires. */
export interface RuleParameter {
  /** What it means, with its unit, as a part of a sentence. */
  readonly title: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum?: number;
}

/** One rule: everything about it is in its own file. */
export interface Rule<Parameter extends string = string> extends RuleInfo {
  readonly parameters?: Readonly<Record<Parameter, RuleParameter>>;
  /**
   * Rules that speak of the same root cause. Where this rule fires on a subject, theirs on the
   * same subject become related information: one cause, one finding.
   */
  readonly absorbs?: readonly string[];
  check(model: Model, parameters: Readonly<Record<Parameter, number>>): Iterable<RuleFinding>;
}

/** What a rule reports; the engine adds who reported it. */
export interface RuleFinding {
  /** What is judged (the name of a group, say): findings on one subject may be one root cause. */
  readonly subject: string;
  readonly severity?: Severity;
  readonly message: string;
  readonly at: SourceRange;
  readonly related?: readonly RelatedFinding[];
  readonly unnecessary?: boolean;
  /** Ways out, the best first. Each one, done, ends the finding and brings no new error. */
  readonly fixes?: readonly Fix[];
}
