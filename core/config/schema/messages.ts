import type { ErrorObject } from 'ajv';
import { didYouMean } from '../../model/did-you-mean.ts';
import type { Fix } from '../../model/fix.ts';
import { listed, shortened } from '../../text/words.ts';
import type { Problem, ProblemKind } from '../problem.ts';
import { entryOf, type SyntaxNode, type TextRange } from '../syntax/node.ts';
import type { Located } from './locate.ts';
import { type JsonSchema, type Quantity, quantityOf, type SchemaDocument } from './schema.ts';

/**
 * Says one error of the validator in words, on the token that is wrong. `undefined` for errors
 * that only repeat another one.
 */
export function explain(
  error: ErrorObject,
  at: Located,
  document: SchemaDocument,
): Problem | undefined {
  const problem = explainOnToken(error, at, document);
  // What is not written yet has no place of its own: its key stands for it.
  const isEmpty = problem && problem.range.start === problem.range.end;
  return isEmpty ? { ...problem, range: at.label } : problem;
}

function explainOnToken(
  error: ErrorObject,
  at: Located,
  document: SchemaDocument,
): Problem | undefined {
  const schema = document.at(error.instancePath);
  const { node } = at;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(node, String(error.params.additionalProperty), schema);
    case 'required':
      // Each branch of a `oneOf` reports what it misses; the `oneOf` itself says it once.
      if (/\/oneOf\/\d+\//.test(error.schemaPath)) return undefined;
      return missingKey(at, String(error.params.missingProperty), schema);
    case 'dependentRequired':
      return missingKey(at, String(error.params.missingProperty), schema);
    case 'oneOf':
      return oneOf(at, schema);
    case 'type':
      return wrongType(at, schema);
    case 'pattern':
      return wrongPattern(node, schema);
    case 'enum':
      return isText(node) ? notInList(node, schema) : undefined;
    case 'const':
      return problem(
        'invalid-value',
        `'${at.name}' must be ${error.params.allowedValue}.`,
        node.range,
      );
    case 'minItems':
      return problem('invalid-value', 'The list is empty; name at least one.', at.label);
    case 'minProperties':
      return problem('missing-key', `'${at.name}' says nothing. ${knownKeys(schema)}`, at.label);
    default:
      return limit(error, node, schema);
  }
}

function unknownKey(node: SyntaxNode, key: string, schema: JsonSchema): Problem | undefined {
  const entry = node.kind === 'mapping' ? entryOf(node, key) : undefined;
  if (!entry) return undefined;
  const known = Object.keys(schema.properties ?? {});
  const guess = didYouMean(key, known);
  const hint = guess ? `Did you mean '${guess}'?` : knownKeys(schema);
  const { keyRange } = entry;
  const message = `'${shortened(key)}' is not known here. ${hint}`;
  const isFree = guess && node.kind === 'mapping' && !entryOf(node, guess);
  return problem('unknown-key', message, keyRange, isFree ? [renaming(keyRange, guess)] : []);
}

function knownKeys(schema: JsonSchema): string {
  const known = Object.keys(schema.properties ?? {}).filter((key) => !key.startsWith('$'));
  return `Known here: ${known.join(', ')}.`;
}

function missingKey(at: Located, key: string, schema: JsonSchema): Problem {
  const what = schema.title ?? 'This';
  const message =
    key === 'version' ? "Begin with 'version: 1'." : `${what} needs '${key}'. Add it.`;
  return problem('missing-key', message, at.label);
}

function oneOf(at: Located, schema: JsonSchema): Problem {
  const choices = (schema.oneOf ?? []).flatMap((branch) => branch.required);
  const { node } = at;
  const given = node.kind === 'mapping' ? choices.filter((key) => entryOf(node, key)) : [];
  const what = schema.title ?? 'This';
  if (given.length === 0) {
    return problem('missing-key', `${what} needs one of ${quoted(choices, 'or')}.`, at.label);
  }
  const message = `${what} takes only one of ${quoted(given, 'and')}. Keep one here.`;
  return problem('invalid-value', message, at.label);
}

function wrongType({ node }: Located, schema: JsonSchema): Problem {
  const expected = [schema.type ?? []].flat();
  const quantity = quantityOf(schema);
  if (quantity && node.kind === 'scalar' && isCount(node.value)) {
    return bareNumber(node.value, node.range, quantity);
  }
  const wanted = listed(expected.map(typeName), 'or');
  const canBeQuoted =
    expected.includes('string') && !quantity && (schema.pattern ?? ANY_TEXT) === ANY_TEXT;
  const quote =
    canBeQuoted && node.kind === 'scalar' && node.value !== null && !isText(node)
      ? ` Quote it to make it text: "${node.value}".`
      : '';
  const example = schema.examples?.find((one) => typeof one === 'string');
  const hint = quote || canBeQuoted || !example ? quote : ` Write it like '${example}'.`;
  const message = `Expected ${wanted}, found ${describe(node)}.${hint}`;
  const isQuotable = quote !== '' && node.kind === 'scalar';
  const fixes = isQuotable
    ? [replacement('Put quotes around it', node.range, `${node.value}`, true)]
    : [];
  return problem('wrong-type', message, shortRange(node), fixes);
}

function bareNumber(value: number, range: TextRange, quantity: Quantity): Problem {
  if (quantity === 'Duration') {
    const message = `${value} has no unit. Write ${value}ms or ${value}s.`;
    return problem(
      'invalid-duration',
      message,
      range,
      rewritings(range, `${value}ms`, `${value}s`),
    );
  }
  const message = `${value} has no unit of time. Write ${value}/s or ${value}/min.`;
  return problem('invalid-rate', message, range, rewritings(range, `${value}/s`, `${value}/min`));
}

function wrongPattern(node: SyntaxNode, schema: JsonSchema): Problem {
  const text = node.kind === 'scalar' ? shortened(String(node.value)) : '';
  switch (quantityOf(schema)) {
    case 'Duration':
      return problem(
        'invalid-duration',
        `'${text}' is not a duration. Write a number and a unit, such as 250ms, 1.5s, 2m, 3h or 30d.`,
        node.range,
      );
    case 'Rate':
      return problem(
        'invalid-rate',
        `'${text}' is not a rate. Write a number, a slash and a unit of time, such as 40/s or 3k/min.`,
        node.range,
      );
    case 'Ratio':
      return problem(
        'invalid-ratio',
        `'${text}' is not a share. Write a percentage from 0% to 100%, such as 99.95%, or a number from 0 to 1.`,
        node.range,
      );
    default: {
      if (text.trim() === '')
        return problem('invalid-value', 'This must not be empty.', node.range);
      const example = schema.examples?.find((one) => typeof one === 'string');
      return problem(
        'invalid-value',
        `'${text}' is not understood. Write it like '${example}'.`,
        node.range,
      );
    }
  }
}

function notInList(node: SyntaxNode, schema: JsonSchema): Problem {
  const text = node.kind === 'scalar' ? shortened(String(node.value)) : '';
  const allowed = schema.enum ?? [];
  const guess = didYouMean(text, allowed);
  const hint = guess ? `Did you mean '${guess}'?` : `Use ${quoted(allowed, 'or')}.`;
  const message = `'${text}' is not one of the choices. ${hint}`;
  const fixes = guess ? [replacement(`Change it to '${guess}'`, node.range, guess, true)] : [];
  return problem('invalid-value', message, shortRange(node), fixes);
}

function limit(error: ErrorObject, node: SyntaxNode, schema: JsonSchema): Problem {
  const bound = String(error.params.limit);
  const value = node.kind === 'scalar' ? `${node.value}` : 'This';
  const kind = quantityOf(schema) === 'Ratio' ? 'invalid-ratio' : 'invalid-value';
  const percent = kind === 'invalid-ratio' && error.keyword === 'maximum' && Number(value) <= 100;
  const hint = percent ? ` For ${value} percent write ${value}%.` : '';
  const words: Record<string, string> = {
    minimum: `must be at least ${bound}`,
    maximum: `must be at most ${bound}`,
    exclusiveMinimum: `must be more than ${bound}`,
  };
  const message = `${value} ${words[error.keyword] ?? 'is not allowed'}.${hint}`;
  return problem(kind, message, node.range, percent ? rewritings(node.range, `${value}%`) : []);
}

function problem(
  kind: ProblemKind,
  message: string,
  range: TextRange,
  fixes: readonly Fix[] = [],
): Problem {
  return { kind, severity: 'error', message, range, ...(fixes.length > 0 && { fixes }) };
}

function renaming(at: TextRange, name: string): Fix {
  const title = `Change the key to '${name}'`;
  return { title, safe: true, changes: [{ kind: 'rename', at, name }] };
}

function replacement(title: string, at: TextRange, value: string, safe: boolean): Fix {
  return { title, safe, changes: [{ kind: 'replace', at, value }] };
}

/** What may have been meant; only the author knows which. */
function rewritings(at: TextRange, ...values: readonly string[]): Fix[] {
  return values.map((value) => replacement(`Write ${value}`, at, value, false));
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

function describe(node: SyntaxNode): string {
  if (node.kind === 'mapping') return 'a mapping';
  if (node.kind === 'sequence') return 'a list';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? `'${shortened(node.value)}'` : `${node.value}`;
}

/** Collections are pointed at by their first character, not as a whole. */
function shortRange(node: SyntaxNode): TextRange {
  const { start, end } = node.range;
  return node.kind === 'scalar' ? node.range : { start, end: Math.min(end, start + 1) };
}

function quoted(words: readonly string[], joiner: 'and' | 'or'): string {
  return listed(
    words.map((word) => `'${word}'`),
    joiner,
  );
}

/** The pattern of texts that may hold anything but blanks. */
const ANY_TEXT = '\\S';

function isText(node: SyntaxNode): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
