import type { MappingEntry, MappingNode, SyntaxNode, TextRange } from '../config/index.ts';

/** Keys that name the item of a list they are in. */
const NAMING_KEYS = ['id', 'to', 'fail', 'degrade', 'name', 'host'] as const;

interface Entity extends TextRange {
  readonly name: string;
  readonly parent: Entity | undefined;
}

/**
 * The things that a config names: `redundancy/db`, `services/shop/calls/payments`. A place belongs to
 * the smallest of them that it is in. So what is found there keeps its name when lines move, values
 * change, or a default is written out.
 */
export class Entities {
  /** In the order of the text; those inside another follow it. */
  readonly #entities: Entity[] = [];
  readonly #seen = new Set<SyntaxNode>();

  constructor(root: SyntaxNode | undefined) {
    if (root?.kind === 'sequence') this.#addDocuments(root.items);
    if (root?.kind === 'mapping') this.#addSections(root);
    this.#entities.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  #addSections(root: MappingNode): void {
    for (const { key: section, keyRange, value } of root.entries) {
      const name = escaped(section);
      const own = this.#add(name, { start: keyRange.start, end: value.range.end }, undefined);
      if (value.kind !== 'mapping') continue;
      for (const entry of value.entries) this.#addNamed(name, entry, own);
    }
  }

  /** Documents of other tools, as in `Resiliency/shop/spec/policies/retries/patient`. */
  #addDocuments(documents: readonly SyntaxNode[]): void {
    for (const [index, document] of documents.entries()) {
      const name = documentName(document) ?? String(index);
      this.#addWhole(name, document, this.#add(name, document.range, undefined));
    }
  }

  /** All that has a name in a value, however deep. */
  #addWhole(name: string, node: SyntaxNode, parent: Entity): void {
    if (node.kind === 'scalar' || this.#seen.has(node)) return;
    this.#seen.add(node);
    const parts =
      node.kind === 'mapping'
        ? node.entries.map(({ key, keyRange, value }) => ({
            label: key,
            range: { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) },
            value,
          }))
        : node.items.map((value, index) => ({
            label: labelOf(value) ?? String(index),
            range: value.range,
            value,
          }));
    for (const { label, range, value } of parts) {
      if (value.kind === 'scalar') continue;
      const own = `${name}/${escaped(label)}`;
      this.#addWhole(own, value, this.#add(own, range, parent));
    }
  }

  /** The name of what is at an offset; empty for what is in none. */
  at(offset: number): string {
    let low = 0;
    let high = this.#entities.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entities[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    let entity = this.#entities[low - 1];
    while (entity && entity.end <= offset) entity = entity.parent;
    return entity?.name ?? '';
  }

  #addNamed(section: string, { key, keyRange, value }: MappingEntry, parent: Entity): void {
    const name = `${section}/${escaped(key)}`;
    const range = { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) };
    this.#addItems(name, value, this.#add(name, range, parent));
  }

  /** Items of the lists in a mapping, and of those in the items. */
  #addItems(name: string, node: SyntaxNode, parent: Entity): void {
    // What aliases repeat has its name from where it is written.
    if (node.kind !== 'mapping' || this.#seen.has(node)) return;
    this.#seen.add(node);
    for (const { key, value } of node.entries) {
      if (value.kind !== 'sequence' || this.#seen.has(value)) continue;
      this.#seen.add(value);
      for (const [index, item] of value.items.entries()) {
        const own = `${name}/${escaped(key)}/${escaped(labelOf(item) ?? String(index))}`;
        this.#addItems(own, item, this.#add(own, item.range, parent));
      }
    }
  }

  #add(name: string, { start, end }: TextRange, parent: Entity | undefined): Entity {
    const entity: Entity = { name, start, end, parent };
    this.#entities.push(entity);
    return entity;
  }
}

function labelOf(item: SyntaxNode): string | undefined {
  if (item.kind === 'scalar') return String(item.value);
  if (item.kind !== 'mapping') return undefined;
  for (const name of NAMING_KEYS) {
    const value = item.entries.find(({ key }) => key === name)?.value;
    if (value?.kind === 'scalar') return String(value.value);
  }
  return undefined;
}

/** As in a JSON pointer, so that names with slashes cannot be taken for others. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The kind and the name of a Kubernetes resource. */
function documentName(document: SyntaxNode): string | undefined {
  const kind = textAt(document, 'kind');
  const name =
    document.kind === 'mapping' ? textAt(valueAt(document, 'metadata'), 'name') : undefined;
  return kind && name && `${escaped(kind)}/${escaped(name)}`;
}

function textAt(node: SyntaxNode | undefined, key: string): string | undefined {
  const value = node?.kind === 'mapping' ? valueAt(node, key) : undefined;
  return value?.kind === 'scalar' ? String(value.value) : undefined;
}

function valueAt(node: MappingNode, key: string): SyntaxNode | undefined {
  return node.entries.find((entry) => entry.key === key)?.value;
}
