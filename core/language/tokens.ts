import {
  type Config,
  type JsonSchema,
  propertyOf,
  quantityOf,
  RESILIENCE,
  type SyntaxNode,
  type TextRange,
} from '../config/index.ts';
import { type NameKind, namesOf, placesOf } from './names.ts';

/** What a word of a config is. */
export type TokenKind = NameKind | 'key' | 'quantity' | 'choice' | 'number' | 'boolean';

export interface Token {
  readonly range: TextRange;
  readonly kind: TokenKind;
  /** Whether a name is defined here. */
  readonly isDefinition: boolean;
}

/**
 * The words of a stretch of a config that mean something, in its order: keys that the format knows,
 * names with what they name, quantities, choices. What the format does not know stays without.
 */
export function tokensIn(config: Config, within: TextRange): Token[] {
  const names = new Map<number, { kind: NameKind; isDefinition: boolean }>();
  for (const name of namesOf(config.model).all()) {
    for (const at of placesOf(name)) {
      if (at.end < within.start || at.start > within.end) continue;
      names.set(at.start, { kind: name.kind, isDefinition: at === name.definition?.at });
    }
  }
  const found: Token[] = [];
  const seen = new Set<SyntaxNode>();
  const add = (range: TextRange, kind: TokenKind | undefined): void => {
    if (range.end <= range.start || range.end < within.start || range.start > within.end) return;
    const name = names.get(range.start);
    if (name) found.push({ range, ...name });
    else if (kind) found.push({ range, kind, isDefinition: false });
  };
  const visit = (node: SyntaxNode, schema: JsonSchema): void => {
    if (seen.has(node)) return;
    if (node.kind === 'scalar') {
      add(node.range, kindOf(node.value, schema));
      return;
    }
    if (node.range.end < within.start || node.range.start > within.end) return;
    seen.add(node);
    if (node.kind === 'sequence') {
      for (const item of node.items) visit(item, RESILIENCE.inside(schema, '0'));
      return;
    }
    for (const { key, keyRange, value } of node.entries) {
      add(keyRange, propertyOf(schema, key) ? 'key' : undefined);
      visit(value, RESILIENCE.inside(schema, key));
    }
  };
  if (config.root) visit(config.root, RESILIENCE.root);
  return withoutOverlaps(found);
}

function kindOf(
  value: string | number | boolean | null,
  schema: JsonSchema,
): TokenKind | undefined {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (quantityOf(schema)) return 'quantity';
  return schema.enum?.some((one) => one === value) ? 'choice' : undefined;
}

/** Merged entries are written elsewhere, and so come out of order. */
function withoutOverlaps(tokens: readonly Token[]): Token[] {
  let end = -1;
  return tokens
    .toSorted((a, b) => a.range.start - b.range.start)
    .filter(({ range }) => {
      if (range.start < end) return false;
      end = range.end;
      return true;
    });
}
