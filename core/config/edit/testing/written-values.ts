import fc from 'fast-check';
import type { Path, PlainValue } from '../../../model/plain-value.ts';

/** A value together with a text that says it, in one of the many ways that people write. */
export interface WrittenValue {
  readonly text: string;
  readonly value: PlainValue;
  /** Each comment of the text, with the path of the key or item that it is about. */
  readonly comments: ReadonlyMap<string, Path>;
}

/** Texts that are easily taken for something else. */
const TRICKY = [
  ...[
    '',
    ' ',
    '250ms',
    '>= 99.9%',
    'a: b',
    'a #b',
    'key:',
    'yes',
    'null',
    '~',
    '1e3',
    '012',
    '0x1F',
  ],
  ...[
    '-',
    '- a',
    '? a',
    '[x',
    'a]',
    '{',
    'a,b',
    '"q"',
    "it's",
    '# no',
    '*a',
    '&a',
    '!t',
    '%',
    '@',
    '`',
  ],
  ...['|', '>', '=', ':', '2024-01-01', '.5', '...', '---', 'line\nbreak', 'tab\tin', ' padded '],
  ...['日本', '😀', '__proto__', 'constructor', 'a\u2028b', '\\', 'shop-1', 'zone a'],
];
const texts = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z-]{0,6}$/) },
  { weight: 2, arbitrary: fc.constantFrom(...TRICKY) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
);
const scalars = fc.oneof(
  texts,
  fc.integer({ min: -5, max: 5_000 }),
  fc.constantFrom(true, false, null, 0.25, 1e21, 99.95),
);

/** Plain values, none of them nested deeper than three collections. */
export const plainValues: fc.Arbitrary<PlainValue> = fc.letrec<{ value: PlainValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: scalars },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    {
      weight: 2,
      arbitrary: fc.dictionary(texts, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    },
  ),
})).value;

export const keys = texts;
const roots = fc.dictionary(texts, plainValues, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

/** Habits that hold for a whole text. */
const habits = fc.record({
  newline: fc.constantFrom('\n', '\r\n'),
  unit: fc.constantFrom('  ', '    '),
  isDashIndented: fc.boolean(),
  hasFinalNewline: fc.boolean(),
  head: fc.constantFrom('', '# head\n', '---\n', '\n\n'),
  /** Decides, place by place, between the ways to write a thing. */
  choices: fc.array(fc.nat(5), { minLength: 20, maxLength: 20 }),
});
type Habits = typeof habits extends fc.Arbitrary<infer T> ? T : never;

/** Mappings as YAML: with and without brackets, quotes, comments and blank lines. */
export const yamlTexts: fc.Arbitrary<WrittenValue> = fc
  .tuple(roots, habits)
  .map(([value, habit]) => new YamlTexts(habit).write(value));

/** Mappings as JSON: on one line, or spread over lines by spaces or tabs. */
export const jsonTexts: fc.Arbitrary<WrittenValue> = fc
  .tuple(
    roots,
    fc.constantFrom('', '  ', '    ', '\t'),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([value, indent, newline, hasFinalNewline]) => {
    const text = JSON.stringify(value, null, indent) + (hasFinalNewline ? '\n' : '');
    return { text: text.replaceAll('\n', newline), value, comments: new Map() };
  });

class YamlTexts {
  readonly #habits: Habits;
  readonly #comments = new Map<string, Path>();
  #chosen = 0;

  constructor(habits: Habits) {
    this.#habits = habits;
  }

  write(value: PlainValue): WrittenValue {
    const { head, hasFinalNewline, newline } = this.#habits;
    const body = head + this.#lines(value, '', []);
    const text = body.trimEnd() + (hasFinalNewline ? '\n' : '');
    return { text: text.replaceAll('\n', newline), value, comments: this.#comments };
  }

  #choose(options: number): number {
    const { choices } = this.#habits;
    return (choices[this.#chosen++ % choices.length] ?? 0) % options;
  }

  /** A collection by indentation, each line with its line end. */
  #lines(value: PlainValue, indent: string, path: Path): string {
    return entriesOf(value)
      .map(([step, one]) => {
        const own = [...path, step];
        const above = this.#above(indent, path);
        const head = typeof step === 'number' ? '-' : `${this.#quoted(step)}:`;
        return `${above}${indent}${head}${this.#behind(head, one, indent, own)}`;
      })
      .join('');
  }

  /** What follows a key or a dash, to the end of its last line. */
  #behind(head: string, value: PlainValue, indent: string, path: Path): string {
    const isFilled = entriesOf(value).length > 0;
    if (!isFilled || this.#choose(3) === 0) {
      if (value === null && this.#choose(2) === 0) return `${this.#comment(path)}\n`;
      return ` ${this.#inBrackets(value, indent, path)}${this.#comment(path)}\n`;
    }
    const { unit, isDashIndented } = this.#habits;
    if (head === '-') {
      const inner = `${indent}  `;
      const lines = this.#lines(value, inner, path);
      // On the line of the dash, unless a blank line or a comment comes first.
      return this.#choose(2) === 0 && /^ *[^\s#]/.test(lines)
        ? ` ${lines.slice(inner.length)}`
        : `\n${lines}`;
    }
    const isList = Array.isArray(value);
    const inner = isList && !isDashIndented ? indent : indent + unit;
    return `${this.#comment(path)}\n${this.#lines(value, inner, path)}`;
  }

  #inBrackets(value: PlainValue, indent: string, path: Path): string {
    if (typeof value !== 'object' || value === null) {
      return typeof value === 'string' ? this.#quoted(value) : JSON.stringify(value);
    }
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    const entries = entriesOf(value);
    const write = ([step, one]: Entry, inner: string) => {
      const key = typeof step === 'number' ? '' : `${this.#quoted(step)}: `;
      return key + this.#inBrackets(one, inner, [...path, step]);
    };
    if (this.#choose(4) > 0 || entries.length === 0) {
      const pad = this.#choose(2) === 0 ? ' ' : '';
      return open + pad + entries.map((entry) => write(entry, indent)).join(', ') + pad + close;
    }
    const inner = `${indent}  `;
    const hasLastComma = this.#choose(2) === 0;
    const parts = entries.map((entry, index) => {
      const comma = index < entries.length - 1 || hasLastComma ? ',' : '';
      return `${inner}${write(entry, inner)}${comma}${this.#comment([...path, entry[0]])}\n`;
    });
    return `${open}\n${parts.join('')}${inner}${close}`;
  }

  /** A blank line, or a comment that stays when what is under it goes. */
  #above(indent: string, path: Path): string {
    const choice = this.#choose(4);
    if (choice === 0) return '\n';
    return choice === 1 ? `${indent}${this.#newComment(path)}\n` : '';
  }

  /** Behind a value; mostly none. */
  #comment(path: Path): string {
    return this.#choose(3) === 0 ? ` ${this.#newComment(path)}` : '';
  }

  #newComment(path: Path): string {
    const comment = `# about ${this.#comments.size + 1}!`;
    this.#comments.set(comment, path);
    return comment;
  }

  #quoted(text: string): string {
    const isPlain =
      /^[a-z-]*[a-z][a-z-]*$/.test(text) && !/^(?:-|y|n|yes|no|on|off|null|true|false)/.test(text);
    const choice = this.#choose(3);
    if (isPlain && choice === 0) return text;
    const isSingle = choice === 1 && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text);
    return isSingle ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
  }
}

type Entry = readonly [step: string | number, value: PlainValue];

export function entriesOf(value: PlainValue): readonly Entry[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
}
