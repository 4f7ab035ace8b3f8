import { writeText } from '../config/edit/index.ts';
import type { PlainValue } from '../model/plain-value.ts';

/** How a proposal is written where the cursor is. */
export interface SnippetPlace {
  readonly isFlow: boolean;
  /** Blanks in front of the lines that follow the first one. */
  readonly indent: string;
  /** One more level. */
  readonly unit: string;
}

/**
 * Writes values as snippets of LSP: each scalar is a stop that the next key press moves to, filled
 * with what stands there.
 */
export class SnippetWriter {
  readonly #place: SnippetPlace;
  #stops = 0;

  constructor(place: SnippetPlace) {
    this.#place = place;
  }

  /** What stands behind a key, the blank before it included. */
  behindKey(value: PlainValue): string {
    const { indent, isFlow, unit } = this.#place;
    if (isFlow || !isFilled(value)) return ` ${this.flow(value)}`;
    return `\n${indent}${unit}${this.#block(value, indent + unit)}`;
  }

  /** What stands behind a dash. */
  item(value: PlainValue): string {
    if (isSmall(value)) return this.flow(value);
    return this.#block(value, `${this.#place.indent}  `);
  }

  stop(text: string): string {
    this.#stops++;
    return text === '' ? `$${this.#stops}` : `\${${this.#stops}:${escapeSnippet(text)}}`;
  }

  flow(value: PlainValue): string {
    if (Array.isArray(value)) return `[${value.map((one) => this.flow(one)).join(', ')}]`;
    if (isFilled(value)) {
      const parts = Object.entries(value).map(([key, one]) => `${key}: ${this.flow(one)}`);
      return `{ ${parts.join(', ')} \\}`;
    }
    if (typeof value === 'object') return this.stop('');
    return this.stop(scalarText(value as string | number | boolean, this.#place.isFlow));
  }

  #block(value: PlainValue, indent: string): string {
    if (Array.isArray(value)) {
      return value.map((one) => `- ${this.flow(one)}`).join(`\n${indent}`);
    }
    return Object.entries(value as object)
      .map(([key, one]) => `${key}:${this.#entry(one, indent)}`)
      .join(`\n${indent}`);
  }

  #entry(value: PlainValue, indent: string): string {
    if (!isFilled(value) || isSmall(value)) return ` ${this.flow(value)}`;
    const inner = indent + this.#place.unit;
    return `\n${inner}${this.#block(value, inner)}`;
  }
}

/** A scalar as it is written in YAML. */
export function scalarText(value: string | number | boolean, isFlow: boolean): string {
  if (typeof value !== 'string') return String(value);
  return writeText(value, { quote: 'plain', otherwise: 'double', isFlow });
}

export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function isFilled(
  value: PlainValue,
): value is readonly PlainValue[] | { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** A mapping of scalars reads well on one line; a list of mappings does not. */
function isSmall(value: PlainValue): boolean {
  if (!isFilled(value)) return true;
  return Object.values(value).every((one) => typeof one !== 'object' || one === null);
}
