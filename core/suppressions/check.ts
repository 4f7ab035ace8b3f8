import { PROBLEM_KINDS } from '../config/index.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Finding } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import { shortened } from '../text/words.ts';
import { SUPPRESSION_RULES } from './rules.ts';
import { DIRECTIVE, type SuppressedRule, type Suppression } from './suppression.ts';

export interface SuppressionFacts {
  /** The ids of every rule there is. */
  readonly known: ReadonlySet<string>;
  /** The ids of the rules that have judged the whole file. */
  readonly judged: ReadonlySet<string>;
  /** What has silenced something. */
  readonly used: ReadonlySet<SuppressedRule>;
}

/** What is wrong with suppressions themselves. */
export function checkSuppressions(
  suppressions: readonly Suppression[],
  { known, judged, used }: SuppressionFacts,
): Finding[] {
  return suppressions.flatMap((suppression) => {
    const { rules, reason } = suppression;
    if (rules.length === 0) return [withoutRules(suppression)];
    const ofRules = rules.flatMap((rule) => {
      if (!known.has(rule.id)) return [unknownRule(suppression, rule, known)];
      return judged.has(rule.id) && !used.has(rule) ? [unused(suppression, rule)] : [];
    });
    return reason === '' ? [...ofRules, withoutReason(suppression)] : ofRules;
  });
}

function withoutRules({ at }: Suppression): Finding {
  const message = `This silences nothing: it names no rule. Write it as '# ${DIRECTIVE} RULE: REASON'.`;
  return { ...ruled('unknown-rule'), message, at, related: [] };
}

function unknownRule(
  suppression: Suppression,
  rule: SuppressedRule,
  known: ReadonlySet<string>,
): Finding {
  const name = shortened(rule.id);
  const base = { ...ruled('unknown-rule'), at: rule.at, related: [] };
  if (Object.hasOwn(PROBLEM_KINDS, rule.id)) {
    const message = `'${name}' is a problem of the file itself, which cannot be silenced. Mend it instead.`;
    return { ...base, message };
  }
  const guess = didYouMean(rule.id, known);
  if (!guess) return { ...base, message: `There is no rule '${name}', so this silences nothing.` };
  const message = `There is no rule '${name}', so this silences nothing. Did you mean '${guess}'?`;
  const text = written(
    suppression,
    suppression.rules.map(({ id }) => (id === rule.id ? guess : id)),
  );
  return { ...base, message, fixes: [rewriting(`Change it to '${guess}'`, suppression, text)] };
}

function unused(suppression: Suppression, rule: SuppressedRule): Finding {
  const where = suppression.scope === 'file' ? 'in this file' : 'here';
  const rest = suppression.rules.filter((one) => one !== rule).map(({ id }) => id);
  const fix =
    rest.length === 0
      ? rewriting('Delete the comment', suppression, '')
      : rewriting(`Delete '${rule.id}' from the comment`, suppression, written(suppression, rest));
  return {
    ...ruled('unused-suppression'),
    message: `'${rule.id}' finds nothing ${where}, so there is nothing to silence. Delete ${rest.length === 0 ? 'the comment' : 'the name'}.`,
    at: rule.at,
    related: [],
    unnecessary: true,
    fixes: [fix],
  };
}

function withoutReason({ at }: Suppression): Finding {
  const message =
    'Say behind a colon why this is fine: the next reader has to judge whether it still is.';
  return { ...ruled('suppression-without-reason'), message, at, related: [] };
}

function ruled(id: keyof typeof SUPPRESSION_RULES): Pick<Finding, 'ruleId' | 'severity'> {
  return { ruleId: id, severity: SUPPRESSION_RULES[id].severity };
}

function rewriting(title: string, { at }: Suppression, text: string): Fix {
  return { title, safe: true, changes: [{ kind: 'comment', at, text }] };
}

function written({ scope, reason }: Suppression, ids: readonly string[]): string {
  const word = scope === 'file' ? `${DIRECTIVE}-file` : DIRECTIVE;
  return `# ${word} ${ids.join(', ')}:${reason === '' ? '' : ` ${reason}`}`;
}
