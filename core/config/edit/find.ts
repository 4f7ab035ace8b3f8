import type { Path } from '../../model/plain-value.ts';
import { Refusal } from './edit.ts';
import type { CollectionLayout, DocumentLayout, Layout, Part } from './layout.ts';

/** A value in the layout, with what holds it. */
export interface Place {
  /** Absent where nothing is written, which means null. */
  readonly value: Layout | undefined;
  /** Absent for the root. */
  readonly holder?: Holder;
}

export interface Holder {
  readonly collection: CollectionLayout;
  readonly part: Part;
  /** Where the collection itself is; what it is emptied to is written there. */
  readonly place: Place;
}

/**
 * The place that a path leads to.
 *
 * @throws {Refusal} when there is none, or an edit of it would change other places too.
 */
export function findPlace(layout: DocumentLayout, path: Path): Place {
  let place: Place = { value: layout.root };
  for (const step of path) {
    const collection = collectionAt(layout, place);
    const part = partOf(collection, step);
    if (part.isOdd) throw new Refusal('unsupported');
    place = { value: part.value, holder: { collection, part, place } };
  }
  return place;
}

/**
 * The mapping or list at a place.
 *
 * @throws {Refusal} when there is none, or what is written there counts elsewhere too.
 */
export function collectionAt(layout: DocumentLayout, { value }: Place): CollectionLayout {
  if (value?.kind === 'alias') throw new Refusal('alias');
  if (value?.kind !== 'mapping' && value?.kind !== 'sequence') throw new Refusal('wrong-kind');
  refuseShared(layout, value);
  if (value.isTagged) throw new Refusal('unsupported');
  if (!value.isClosed) throw new Refusal('broken');
  return value;
}

/** @throws {Refusal} `shared` when aliases repeat the value. */
export function refuseShared({ aliases }: DocumentLayout, { anchor }: Layout): void {
  if (anchor !== undefined && aliases.some(({ name }) => name === anchor)) {
    throw new Refusal('shared');
  }
}

/** @throws {Refusal} `shared` when what goes is repeated by aliases that stay. */
export function refuseDangling(
  { anchors, aliases }: DocumentLayout,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  const isInside = (one: { readonly offset: number }) => one.offset >= start && one.offset < end;
  const going = new Set(anchors.filter(isInside).map(({ name }) => name));
  const isLeft = aliases.some((alias) => going.has(alias.name) && !isInside(alias));
  if (isLeft) throw new Refusal('shared');
}

/** The part with a key, if it is written in the mapping itself. */
export function partWithKey({ parts }: CollectionLayout, name: string): Part | undefined {
  return parts.find(({ key }) => key?.name === name);
}

function partOf(collection: CollectionLayout, step: string | number): Part {
  if (collection.kind === 'sequence') {
    const item = typeof step === 'number' ? collection.parts[step] : undefined;
    if (!item) throw new Refusal('not-found');
    return item;
  }
  const part = partWithKey(collection, String(step));
  if (part && !isMerge(part)) return part;
  throw new Refusal(collection.parts.some(isMerge) ? 'merged' : 'not-found');
}

function isMerge({ key }: Part): boolean {
  return key?.name === '<<' && key.quote === 'plain';
}
