import { PROBLEM_KINDS } from './config/index.ts';
import { FORMAT_RULES } from './formats/index.ts';
import type { Severity } from './model/finding.ts';
import { RULES, type RuleInfo } from './rules/index.ts';
import { SUPPRESSION_RULES } from './suppressions/index.ts';

/** The page of one id that findings carry. */
export interface RulePage {
  readonly id: string;
  readonly title: string;
  /** How bad its findings usually are. */
  readonly severity: Severity;
  /** The whole page, title included. */
  readonly markdown: string;
}

const EVIDENCE = {
  file: 'the file alone',
  graph: 'the graph of calls',
  numbers: 'numbers that only you have; silent without them',
} as const;

/** A page for every id that a finding can have: of rules, of suppressions, of the file itself. */
export const RULE_PAGES: ReadonlyMap<string, RulePage> = new Map(
  [
    ...[...RULES, ...FORMAT_RULES, ...Object.values<RuleInfo>(SUPPRESSION_RULES)].map(pageOfRule),
    ...Object.entries(PROBLEM_KINDS).map(pageOfProblem),
  ].map((page) => [page.id, page]),
);

function pageOfRule(rule: RuleInfo): RulePage {
  const { id, title, severity, evidence, since, documentation } = rule;
  const markdown = [
    `# ${title}`,
    '',
    `\`${id}\` · usually ${severity} · decided from ${EVIDENCE[evidence]} · since ${since}`,
    '',
    documentation.trim(),
    '',
    ...parametersText(rule),
  ].join('\n');
  return { id, title, severity, markdown };
}

/** What the configuration may set of a rule. */
function parametersText({ parameters = {} }: RuleInfo): string[] {
  const lines = Object.entries(parameters).map(([name, { title, default: usual }]) => {
    return `- \`${name}\` (${usual}): ${title}`;
  });
  return lines.length > 0 ? ['**Parameters**', '', ...lines, ''] : [];
}

function pageOfProblem([id, { title, documentation }]: [
  string,
  (typeof PROBLEM_KINDS)[keyof typeof PROBLEM_KINDS],
]): RulePage {
  const markdown = [`# ${title}`, '', `\`${id}\` · error`, '', documentation, ''].join('\n');
  return { id, title, severity: 'error', markdown };
}
