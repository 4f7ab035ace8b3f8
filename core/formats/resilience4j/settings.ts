import type { SyntaxNode } from '../../config/syntax/node.ts';
import type { Fix } from '../../model/fix.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { unsaid, usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { inKebab, RESILIENCE4J } from './names.ts';
import { parseSpringDuration } from './spring-duration.ts';

/**
 * What is written of one instance or config: in one document, or in several of which the later ones
 * overrule the earlier ones key by key. A value that nobody can know is `undefined` although it is there.
 */
export class Settings {
  readonly name: string;
  /** The strongest first. */
  readonly #layers: readonly Fields[];

  constructor(name: string, layers: readonly [Fields, ...Fields[]]) {
    this.name = name;
    this.#layers = layers;
  }

  /** Where its name is written, in the document that says most about it. */
  get nameAt(): SourceRange {
    return this.#main.at;
  }

  get at(): SourceRange {
    return this.#main.extent;
  }

  get keys(): readonly string[] {
    return [...new Set(this.#layers.flatMap(({ keys }) => keys))];
  }

  has(key: string): boolean {
    return this.#layer(key) !== undefined;
  }

  keyAt(key: string): SourceRange | undefined {
    return this.#layer(key)?.keyAt(key);
  }

  valueAt(key: string): SourceRange | undefined {
    return this.#layer(key)?.valueAt(key);
  }

  nodeAt(key: string): SyntaxNode | undefined {
    return this.#layer(key)?.part(key).node;
  }

  text(key: string): Sourced<string> | undefined {
    return this.#layer(key)?.scalar(key);
  }

  durationMs(key: string): Sourced<number> | undefined {
    return this.#layer(key)?.read(key, (value) => parseSpringDuration(String(value).trim()));
  }

  number(key: string): Sourced<number> | undefined {
    return this.#layer(key)?.read(key, (value) => {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
    });
  }

  boolean(key: string): Sourced<boolean> | undefined {
    return this.#layer(key)?.read(key, (value) => {
      const text = String(value).toLowerCase();
      if (['true', 'yes', 'on', '1'].includes(text)) return true;
      return ['false', 'no', 'off', '0'].includes(text) ? false : undefined;
    });
  }

  /** The words of a list, or of a text that is one; `undefined` if nobody knows all of them. */
  list(key: string): readonly Sourced<string>[] | undefined {
    const layer = this.#layer(key);
    if (!layer) return [];
    const node = layer.part(key).node;
    if (node?.kind === 'mapping') return undefined;
    const places =
      node?.kind === 'sequence' ? layer.items(key) : [layer.part(key)].filter((one) => one.node);
    const words = places.flatMap(({ at, node: own }) => {
      if (own?.kind !== 'scalar' || typeof own.value !== 'string') return [undefined];
      const from = own.range.start === at.start ? at : { ...at, ...own.range };
      return own.value.split(',').map(
        (word): Sourced<string> => ({
          value: word.trim(),
          source: { kind: 'explicit', at: from },
        }),
      );
    });
    const known = words.filter((word) => word !== undefined && !word.value.includes('${'));
    return known.length === words.length ? (known as readonly Sourced<string>[]) : undefined;
  }

  /** A name of a setting as it is written, else as names around it are. */
  spell(key: string): string {
    const keys = this.has(key) ? [key] : this.keys;
    const isKebab = keys.some((one) => {
      const at = this.keyAt(one);
      return at && /[A-Z]/.test(one) && at.end - at.start > one.length;
    });
    return isKebab ? inKebab(key) : key;
  }

  /** The fix that gives it a setting; none where it has no entry to write it in. */
  fixWith(key: string, value: string | number | boolean): readonly Fix[] {
    const name = this.spell(key);
    const title = `Set ${name} to ${value}`;
    const written = this.valueAt(key);
    if (written)
      return [{ title, safe: false, changes: [{ kind: 'replace', at: written, value }] }];
    if (!this.hasEntry) return [];
    const { nameAt: owner } = this;
    return [{ title, safe: false, changes: [{ kind: 'put', owner, key: name, value }] }];
  }

  /** Whether its name is a key, rather than a part of one. */
  get hasEntry(): boolean {
    const { at, node } = this.#main;
    return node?.kind === 'mapping' && node.range.start > at.start;
  }

  get #main(): Fields {
    return this.#layers[0] as Fields;
  }

  #layer(key: string): Fields | undefined {
    return this.#layers.find((layer) => layer.has(key));
  }
}

/** An instance or a config with all that it inherits from, the nearest first. */
export interface Chain {
  readonly own: Settings;
  readonly levels: readonly Settings[];
  /** Nobody knows what it inherits from. */
  readonly isOpen: boolean;
  /** A `baseConfig` that there is not, or that is itself. */
  readonly broken?: { readonly base: Sourced<string>; readonly isItself: boolean };
}

/** The nearest level that says something. */
export function levelOf({ levels }: Chain, key: string): Settings | undefined {
  return levels.find((level) => level.has(key));
}

/**
 * What holds for an instance: what it says or inherits, else the default. `undefined` if nobody can
 * know it.
 */
export function resolve<T>(
  chain: Chain,
  key: string,
  read: (level: Settings, key: string) => Sourced<T> | undefined,
  otherwise: T,
): Sourced<T> | undefined {
  const level = levelOf(chain, key);
  if (level) return read(level, key);
  return chain.isOpen ? undefined : usual(otherwise, chain.own.nameAt, RESILIENCE4J);
}

/** The same where a model needs some value: whoever uses it says that it is doubtful. */
export function orDefault<T>(value: Sourced<T> | undefined, otherwise: T, at: SourceRange) {
  return value ?? unsaid(otherwise, at);
}

export const asDuration = (level: Settings, key: string) => level.durationMs(key);
export const asNumber = (level: Settings, key: string) => level.number(key);
export const asBoolean = (level: Settings, key: string) => level.boolean(key);
export const asText = (level: Settings, key: string) => level.text(key);
