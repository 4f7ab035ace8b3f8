import type { Severity } from '../model/finding.ts';
import type { RuleInfo } from './rule.ts';

/** How one rule is to be used; what is absent is as the rule has it. */
export interface RuleSetting {
  /** How bad all of its findings are; with `off` there are none. */
  readonly severity?: Severity | 'off';
  readonly parameters?: Readonly<Record<string, number>>;
}

/** Settings by the ids of rules. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

/** Every rule as it is. */
export const USUAL_SETTINGS: RuleSettings = new Map();

/** The parameters of a rule: those that are set, else its defaults. */
export function parametersOf(
  { id, parameters = {} }: Pick<RuleInfo, 'id' | 'parameters'>,
  settings: RuleSettings,
): Readonly<Record<string, number>> {
  const set = settings.get(id)?.parameters ?? {};
  const entries = Object.entries(parameters).map(([name, parameter]) => [
    name,
    Object.hasOwn(set, name) ? set[name] : parameter.default,
  ]);
  return Object.fromEntries(entries);
}
