/**
 * The syntax tree of a config: YAML and JSON look the same from here on. Aliases and merge keys
 * are resolved by sharing nodes, so the tree may be a graph, but never a cycle.
 */
export type SyntaxNode = ScalarNode | MappingNode | SequenceNode;

/** Half-open stretch of the text, in UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

interface NodeBase {
  readonly range: TextRange;
  /** A tag that YAML itself does not know, such as `!reset`: what it means is for the format to say. */
  readonly tag?: string;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  /** In the order of the text, merged entries last. No key comes twice. */
  readonly entries: readonly MappingEntry[];
}

export interface MappingEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: SyntaxNode;
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly items: readonly SyntaxNode[];
}

/**
 * Works out what follows from an entry of the file, or of a section of it: once, as long as its text
 * stays the same.
 *
 * @param purpose tells apart what is derived from one entry.
 * @param given what else it follows from, and may hold places of. When that is another, it is worked
 * out again.
 */
export type Derive = <T>(
  entry: MappingEntry,
  purpose: string,
  given: unknown,
  workOut: () => T,
) => T;

/** The entry with this key, if any. */
export function entryOf(node: MappingNode, key: string): MappingEntry | undefined {
  return node.entries.find((entry) => entry.key === key);
}

/**
 * The tree as plain values, for the schema validator. Objects have no prototype, so that
 * `__proto__` and `constructor` are ordinary keys; shared nodes become shared values.
 */
export function toPlainValue(root: SyntaxNode): unknown {
  const done = new Map<SyntaxNode, unknown>();
  const convert = (node: SyntaxNode): unknown => {
    if (node.kind === 'scalar') return node.value;
    const known = done.get(node);
    if (known !== undefined) return known;
    if (node.kind === 'sequence') {
      const items = node.items.map(convert);
      done.set(node, items);
      return items;
    }
    const object = Object.create(null) as Record<string, unknown>;
    for (const entry of node.entries) object[entry.key] = convert(entry.value);
    done.set(node, object);
    return object;
  };
  return convert(root);
}
