import type { Config, MappingEntry, SyntaxNode, TextRange } from '../config/index.ts';
import { entryOf } from '../config/syntax/node.ts';
import type { NameKind } from './names.ts';

/** A part of a config as an outline shows it. */
export interface OutlineItem {
  readonly name: string;
  readonly kind: NameKind | 'section' | 'setting' | 'call' | 'fault';
  /** What is worth knowing of it at a glance. */
  readonly detail?: string;
  /** From the first character of the name to the last of what it says. */
  readonly range: TextRange;
  /** What to select: the key, or what stands for a name. */
  readonly nameRange: TextRange;
  readonly children: readonly OutlineItem[];
}

const SECTIONS: Readonly<Record<string, NameKind>> = {
  redundancy: 'group',
  services: 'service',
  circuitBreakers: 'breaker',
  bulkheads: 'bulkhead',
  retries: 'retry',
  rateLimiters: 'rate-limiter',
  concurrencyLimits: 'concurrency-limit',
  connectionPools: 'connection-pool',
  scenarios: 'scenario',
};

/** The parts of a config, in the order of the text; what an alias repeats is not told again. */
export function outlineOf({ root }: Config): OutlineItem[] {
  if (root?.kind !== 'mapping') return [];
  return root.entries.map((entry) => {
    const kind = SECTIONS[entry.key];
    if (!kind) return setting(entry);
    const entries = entriesOf(entry);
    return item(entry, 'section', {
      detail: String(entries.length),
      children: entries.map((one) => definition(one, kind)),
    });
  });
}

function definition(entry: MappingEntry, kind: NameKind): OutlineItem {
  if (kind === 'group') {
    const active = itemsOf(entry, 'active');
    const standby = itemsOf(entry, 'standby');
    return item(entry, kind, {
      detail: `${active.length} active${standby.length > 0 ? `, ${standby.length} standby` : ''}`,
      children: [...active, ...standby].flatMap((node) => named(node, 'component', ['id'])),
    });
  }
  if (kind === 'service') {
    const calls = itemsOf(entry, 'calls').flatMap((node) => named(node, 'call', ['to'], '→ '));
    return item(entry, kind, { children: calls });
  }
  if (kind === 'scenario') {
    const faults = itemsOf(entry, 'faults').flatMap((node) => [
      ...named(node, 'fault', ['fail'], 'fail '),
      ...named(node, 'fault', ['degrade'], 'degrade '),
    ]);
    return item(entry, kind, { children: faults });
  }
  return item(entry, kind, {});
}

function setting(entry: MappingEntry): OutlineItem {
  const { value } = entry;
  if (value.kind === 'scalar') return item(entry, 'setting', { detail: String(value.value ?? '') });
  return item(entry, 'setting', { children: entriesOf(entry).map(setting) });
}

function item(
  { key, keyRange, value }: MappingEntry,
  kind: OutlineItem['kind'],
  { children = [], detail }: { children?: readonly OutlineItem[]; detail?: string },
): OutlineItem {
  const end = Math.max(keyRange.end, value.range.end);
  return {
    name: key === '' ? '""' : key,
    kind,
    ...(detail !== undefined && detail !== '' && { detail }),
    range: { start: keyRange.start, end },
    nameRange: keyRange,
    children: children.filter(({ range }) => range.start >= keyRange.end && range.end <= end),
  };
}

/** The item of a list by what names it: itself, or one of its keys. */
function named(
  node: SyntaxNode,
  kind: OutlineItem['kind'],
  keys: readonly string[],
  before = '',
): OutlineItem[] {
  const found = node.kind === 'mapping' ? keys.map((key) => entryOf(node, key)?.value) : [node];
  const name = found.find((one) => one?.kind === 'scalar');
  if (name?.kind !== 'scalar' || typeof name.value !== 'string' || name.value === '') return [];
  const { end, start } = node.range;
  if (name.range.start < start || name.range.end > end) return [];
  const text = `${before}${name.value}`;
  return [{ name: text, kind, range: node.range, nameRange: name.range, children: [] }];
}

function entriesOf({ keyRange, value }: MappingEntry): readonly MappingEntry[] {
  if (value.kind !== 'mapping') return [];
  // Merged entries are written elsewhere.
  return value.entries.filter(
    (one) => one.keyRange.start >= keyRange.end && one.keyRange.end <= value.range.end,
  );
}

function itemsOf({ value }: MappingEntry, key: string): readonly SyntaxNode[] {
  const list = value.kind === 'mapping' ? entryOf(value, key)?.value : undefined;
  return list?.kind === 'sequence' ? list.items : [];
}
