import schemaJson from '../../schemas/faultline-config.schema.json' with { type: 'json' };
import { LineIndex, PROBLEM_KINDS, type Problem, toFindings } from '../config/index.ts';
import { SchemaDocument } from '../config/schema/schema.ts';
import { validateSchema } from '../config/schema/validate.ts';
import { entryOf, type MappingEntry, type SyntaxNode } from '../config/syntax/node.ts';
import { parseText } from '../config/syntax/parse.ts';
import { FORMAT_RULES } from '../formats/index.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import { SEVERITIES, type Severity } from '../model/finding.ts';
import { RULES, type RuleInfo, type RuleSetting, type RuleSettings } from '../rules/index.ts';
import { SUPPRESSION_RULES } from '../suppressions/index.ts';
import { shortened } from '../text/words.ts';
import type { Configuration, Override } from './configuration.ts';
import validate from './generated/validate.js';

const VALIDATOR = { schema: new SchemaDocument(schemaJson), validate };
const CONFIGURABLE: ReadonlyMap<string, RuleInfo> = new Map(
  [...RULES, ...FORMAT_RULES, ...Object.values(SUPPRESSION_RULES)].map((rule) => [rule.id, rule]),
);

/**
 * Reads the text of a configuration. Never throws: what is wrong becomes a problem on its place, and
 * the rest counts.
 *
 * @param file name of the file; only used to say where things are.
 */
export function readConfiguration(text: string, file: string): Configuration {
  const { root, problems: syntaxProblems } = parseText(text);
  const problems = [...syntaxProblems, ...(root ? validateSchema(root, VALIDATOR) : [])];
  const reader = new SettingsReader(problems);
  const baseline = valueAt(root, 'baseline');
  const lines = new LineIndex(text);
  const isName = baseline?.kind === 'scalar' && typeof baseline.value === 'string';
  return {
    file,
    text,
    lines,
    rules: reader.rules(valueAt(root, 'rules')),
    overrides: itemsOf(valueAt(root, 'overrides')).map((item) => reader.override(item)),
    ...(isName && {
      baseline: {
        value: String(baseline.value),
        source: { kind: 'explicit', at: { file, ...baseline.range } },
      },
    }),
    problems: toFindings(problems, file, text, lines),
  };
}

/** Reads settings of rules; what they cannot mean is a problem. */
class SettingsReader {
  readonly #problems: Problem[];

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  override(node: SyntaxNode): Override {
    const files = itemsOf(valueAt(node, 'files')).flatMap((item) => textOf(item) ?? []);
    return { files, rules: this.rules(valueAt(node, 'rules')) };
  }

  rules(node: SyntaxNode | undefined): RuleSettings {
    const settings = new Map<string, RuleSetting>();
    for (const entry of entriesOf(node)) {
      const rule = CONFIGURABLE.get(entry.key);
      if (rule) settings.set(rule.id, this.#setting(rule, entry.value));
      else this.#report(unknownRule(entry));
    }
    return settings;
  }

  #setting(rule: RuleInfo, node: SyntaxNode): RuleSetting {
    const severity = severityOf(node.kind === 'mapping' ? valueAt(node, 'severity') : node);
    const parameters: Record<string, number> = {};
    for (const entry of entriesOf(valueAt(node, 'parameters'))) {
      const value = this.#parameter(rule, entry);
      if (value !== undefined) parameters[entry.key] = value;
    }
    return {
      ...(severity && { severity }),
      ...(Object.keys(parameters).length > 0 && { parameters }),
    };
  }

  #parameter(
    { id, parameters = {} }: RuleInfo,
    { key, keyRange, value }: MappingEntry,
  ): number | undefined {
    const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    if (!parameter) {
      const guess = didYouMean(key, Object.keys(parameters));
      const hint = guess ? ` Did you mean '${guess}'?` : '';
      const message = `The rule '${id}' has no parameter '${shortened(key)}'.${hint}`;
      this.#report({ kind: 'unknown-key', message, range: keyRange });
      return undefined;
    }
    // What is no number at all, the schema has reported.
    if (value.kind !== 'scalar' || typeof value.value !== 'number') return undefined;
    const { minimum, maximum = Number.POSITIVE_INFINITY } = parameter;
    if (value.value >= minimum && value.value <= maximum) return value.value;
    const most = Number.isFinite(maximum) ? ` and at most ${maximum}` : '';
    const message = `'${key}' must be at least ${minimum}${most}.`;
    this.#report({ kind: 'invalid-value', message, range: value.range });
    return undefined;
  }

  #report(problem: Omit<Problem, 'severity'>): void {
    this.#problems.push({ ...problem, severity: 'error' });
  }
}

function unknownRule({ key, keyRange: range }: MappingEntry): Omit<Problem, 'severity'> {
  const name = shortened(key);
  if (Object.hasOwn(PROBLEM_KINDS, key)) {
    const message = `'${name}' is a problem of a file itself, which is always an error.`;
    return { kind: 'unknown-key', message, range };
  }
  const guess = didYouMean(key, CONFIGURABLE.keys());
  const hint = guess ? ` Did you mean '${guess}'?` : '';
  return { kind: 'unknown-key', message: `There is no rule '${name}'.${hint}`, range };
}

function severityOf(node: SyntaxNode | undefined): Severity | 'off' | undefined {
  const text = node && textOf(node);
  return text === 'off' ? text : SEVERITIES.find((severity) => severity === text);
}

function valueAt(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  return node?.kind === 'mapping' ? entryOf(node, key)?.value : undefined;
}

function entriesOf(node: SyntaxNode | undefined): readonly MappingEntry[] {
  return node?.kind === 'mapping' ? node.entries : [];
}

function itemsOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}

function textOf(node: SyntaxNode): string | undefined {
  return node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
