import { globSync, readFileSync } from 'node:fs';

/** Texts to edit: sound ones, broken ones, and ones that want to do harm. */
export const EDITED_TEXTS: readonly string[] = [
  ...globSync('samples/*.resilience.yaml'),
  ...globSync('core/config/fixtures/*.yaml'),
  ...globSync('core/rules/**/fixtures/*.yaml').filter((_, index) => index % 10 === 0),
]
  .sort()
  .map((file) => readFileSync(file, 'utf8'))
  .concat(
    '',
    '[[[[[[[[',
    'a: &a [*a, *a]\nb: *a\n',
    'version: 1\nservices: &s\n  __proto__: { calls: [{ to: constructor }] }\nredundancy: *s\n',
    'version: 1\r\nservices:\r\n  a: { tier: 1 }\r\n\tb: |\r\n  c: "\r\n',
    '{"version": 1, "services": {"a": {"calls": [{"to": "b"}]}}}',
    '\u{feff}version: 1\n---\nversion: 2\n...\n',
  );
