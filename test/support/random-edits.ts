import fc from 'fast-check';

/** A change of a text, drawn without knowing it: where is a share of its length. */
export type RandomEdit =
  | {
      readonly kind: 'replace';
      readonly at: number;
      readonly length: number;
      readonly text: string;
    }
  /** Copies or moves some lines elsewhere. */
  | {
      readonly kind: 'copy' | 'move';
      readonly at: number;
      readonly lines: number;
      readonly to: number;
    }
  /** Goes back to what the text was some edits ago. */
  | { readonly kind: 'undo'; readonly steps: number };

/** What people type, and what they never should. */
const TYPED = [
  ...['', ' ', '  ', '\n', ':', ': ', '"', "'", '#', '# note\n', '0', '9', 'x', 'a: 1\n', '- '],
  ...[
    '\n  ',
    '\n    ',
    '\n\n',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '{ a: b }',
    '|\n',
    '>',
    '>= ',
    '&a ',
    '*a',
  ],
  ...[
    '<<: *a\n',
    '!!str ',
    '? ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\t',
    '\r',
    '\r\n',
    '\0',
    '\u{feff}',
  ],
  ...[
    'é',
    '\u{1f600}',
    '\ud800',
    '<<<<<<< ours\n',
    '__proto__:\n',
    'constructor: 1\n',
    '~',
    'null',
  ],
  ...[
    'services:\n',
    'redundancy:\n',
    '  db:\n',
    '    minHealthy: 3\n',
    '    calls: [{ to: db }]\n',
  ],
  ...[
    'simulation: { duration: 5m }\n',
    '# faultline-ignore single-instance: why\n',
    '  x',
    'services',
  ],
  ...[
    '  extra: { active: [a] }\n',
    '  web:\n    calls:\n      - { to: db, timeout: 1s }\n',
    '[[[[',
  ],
  ...['  "quoted key": { size: 1 }\n', 'bulkheads:\n  x: { size: 2 }\n', '    active: [a, b]\n'],
];

export const randomEdit: fc.Arbitrary<RandomEdit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, fc.nat(60)),
      text: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...TYPED) },
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('copy' as const, 'move' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      lines: fc.integer({ min: 1, max: 12 }),
      to: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('undo' as const),
      steps: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

/** The texts that edits lead through, the first one included. */
export function* editedTexts(text: string, edits: readonly RandomEdit[]): Generator<string> {
  const history = [text];
  yield text;
  for (const edit of edits) {
    const next = editedText(history.at(-1) ?? '', edit, history);
    history.push(next);
    yield next;
  }
}

/**
 * A text after an edit.
 *
 * @param history what the text was before, up to what it is now.
 */
export function editedText(text: string, edit: RandomEdit, history: readonly string[]): string {
  switch (edit.kind) {
    case 'undo':
      return history.at(-1 - edit.steps) ?? text;
    case 'replace': {
      const at = Math.floor(edit.at * text.length);
      return text.slice(0, at) + edit.text + text.slice(at + edit.length);
    }
    default: {
      const lines = text.split(/(?<=\n)/);
      const from = Math.floor(edit.at * lines.length);
      const chosen = lines.slice(from, from + edit.lines);
      if (edit.kind === 'move') lines.splice(from, edit.lines);
      lines.splice(Math.floor(edit.to * lines.length), 0, ...chosen);
      return lines.join('');
    }
  }
}
