import type { MappingNode } from '../config/index.ts';
import type { Severity } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { RULES, type Rule, type RuleInfo } from '../rules/index.ts';
import type { RuleFinding } from '../rules/rule.ts';
import type { FormatDocument } from './document.ts';

/** How the files of another tool are understood. */
export interface Format {
  /** As people call it: `Dapr`. */
  readonly name: string;
  /** The format's own rules, besides those that hold for every system. */
  readonly rules: readonly RuleInfo[];
  /**
   * Whether the text of a document may be one of this format. Looks at the text only, so that
   * whatever is none costs next to nothing; `recognises` decides.
   */
  mayBe(text: string): boolean;
  recognises(root: MappingNode): boolean;
  /** Whether a document of another format says something that this one needs to know. */
  consults(root: MappingNode): boolean;
  /** What documents of this format say together. What did not change since is not read again. */
  understand(documents: readonly FormatDocument[]): Understood;
}

/** What documents say: a model, and the rules that hold for it. */
export interface Understood {
  readonly model: Model;
  readonly rules: readonly Rule[];
}

/** One of a format's own rules. It judges what the format says rather than what the model holds. */
export interface FormatRule<Whole> extends RuleInfo {
  readonly absorbs?: readonly string[];
  check(whole: Whole, parameters: Readonly<Record<string, number>>): Iterable<RuleFinding>;
}

/** Everything there is to know of a format. */
export interface FormatDefinition<Piece, Whole extends { readonly model: Model }> {
  readonly name: string;
  mayBe(text: string): boolean;
  recognises(root: MappingNode): boolean;
  /** See `Format`; none, if absent. */
  consults?(root: MappingNode): boolean;
  /** What one document says by itself. Must not throw, whatever is in it. */
  read(document: FormatDocument): Piece;
  /** What documents of one or many files say together, as a model among others. */
  join(pieces: readonly Piece[]): Whole;
  readonly rules: readonly FormatRule<Whole>[];
  /**
   * The general rules that are true of this format, with how bad their findings are where that
   * differs. They must speak in the format's words (`model/wording.ts`).
   */
  readonly generalRules: Readonly<Record<string, Severity | 'usual'>>;
}

export function defineFormat<Piece, Whole extends { readonly model: Model }>(
  definition: FormatDefinition<Piece, Whole>,
): Format {
  const pieces = new WeakMap<FormatDocument, { readonly piece: Piece }>();
  const pieceOf = (document: FormatDocument): Piece => {
    const known = pieces.get(document) ?? { piece: definition.read(document) };
    pieces.set(document, known);
    return known.piece;
  };
  const general = Object.entries(definition.generalRules).map(([id, severity]) =>
    withSeverity(generalRule(id), severity),
  );
  return {
    name: definition.name,
    rules: definition.rules,
    mayBe: definition.mayBe,
    recognises: definition.recognises,
    consults: (root) => definition.consults?.(root) ?? false,
    understand(documents) {
      const whole = definition.join(documents.map(pieceOf));
      const own = definition.rules.map(
        (rule): Rule => ({
          ...rule,
          check: (_, parameters) => rule.check(whole, parameters),
        }),
      );
      return { model: whole.model, rules: [...general, ...own] };
    },
  };
}

function generalRule(id: string): Rule {
  const rule = RULES.find((one) => one.id === id);
  if (!rule) throw new Error(`There is no rule '${id}'.`);
  return rule;
}

function withSeverity(rule: Rule, severity: Severity | 'usual'): Rule {
  if (severity === 'usual') return rule;
  return {
    ...rule,
    *check(model, parameters) {
      for (const finding of rule.check(model, parameters)) yield { ...finding, severity };
    },
  };
}
