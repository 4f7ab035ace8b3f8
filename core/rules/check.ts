import {
  compareFindings,
  type Finding,
  type RelatedFinding,
  type Severity,
} from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { memoryOf } from '../model/model-memory.ts';
import { RULES } from './all.ts';
import type { Rule, RuleFinding } from './rule.ts';
import { parametersOf, type RuleSettings, USUAL_SETTINGS } from './settings.ts';

/** Told of a rule that threw; the other rules still run. */
export type RuleFailureListener = (rule: Rule, error: unknown) => void;

export interface CheckOptions {
  readonly rules?: readonly Rule[];
  readonly settings?: RuleSettings;
  readonly onRuleFailure?: RuleFailureListener;
}

/**
 * Runs rules over a model, but for those that are off. Findings that share a root cause are folded
 * into one, and the result is sorted by place. A model that a memory shows is judged by the rules that
 * read what has changed in it; the settings must be the same as long as nothing is forgotten.
 */
export function checkModel(
  model: Model,
  { rules = RULES, settings = USUAL_SETTINGS, onRuleFailure = () => {} }: CheckOptions = {},
): Finding[] {
  const reported = rules.flatMap((rule): Reported[] => {
    const wanted = settings.get(rule.id)?.severity;
    if (wanted === 'off') return [];
    try {
      const run = (shown: Model) => [...rule.check(shown, parametersOf(rule, settings))];
      const memory = memoryOf(model);
      const found = memory ? memory.recall(rule, run) : run(model);
      return found.map((finding) => ({
        rule,
        finding,
        severity: wanted ?? finding.severity ?? rule.severity,
      }));
    } catch (error) {
      onRuleFailure(rule, error);
      return [];
    }
  });
  return fold(withoutRepeats(reported)).sort(compareFindings);
}

interface Reported {
  readonly rule: Rule;
  readonly finding: RuleFinding;
  readonly severity: Severity;
}

/** What an alias repeats is found once for each place that uses it, and said once. */
function withoutRepeats(reported: readonly Reported[]): Reported[] {
  const seen = new Set<string>();
  return reported.filter(({ rule, finding: { at, message } }) => {
    const key = `${rule.id} ${at.file} ${at.start} ${at.end} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function fold(reported: readonly Reported[]): Finding[] {
  const bySubject = new Map<string, Reported[]>();
  for (const one of reported) {
    const same = bySubject.get(one.finding.subject);
    if (same) same.push(one);
    else bySubject.set(one.finding.subject, [one]);
  }
  return [...bySubject.values()].flatMap(foldSubject);
}

function foldSubject(same: readonly Reported[]): Finding[] {
  const absorbed = new Map<Reported, RelatedFinding[]>(same.map((one) => [one, []]));
  const primary = same.filter((one) => {
    const owner = ownerOf(one, same);
    const { message, at } = one.finding;
    if (owner) absorbed.get(owner)?.push({ ruleId: one.rule.id, message, at });
    return owner === undefined;
  });
  return primary.map((one) => toFinding(one, absorbed.get(one) ?? []));
}

/** The finding that stands for this one: that which absorbs it, or what absorbs that in turn. */
function ownerOf(one: Reported, same: readonly Reported[]): Reported | undefined {
  const owner = same.find(({ rule }) => rule.absorbs?.includes(one.rule.id));
  return owner && (ownerOf(owner, same) ?? owner);
}

function toFinding(
  { rule, finding, severity }: Reported,
  absorbed: readonly RelatedFinding[],
): Finding {
  return {
    ruleId: rule.id,
    severity,
    message: finding.message,
    at: finding.at,
    related: [...(finding.related ?? []), ...absorbed],
    ...(finding.unnecessary && { unnecessary: true }),
    ...(finding.fixes && finding.fixes.length > 0 && { fixes: finding.fixes }),
  };
}
