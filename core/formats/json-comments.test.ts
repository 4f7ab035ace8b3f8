import { expect, it } from 'vitest';
import { withoutComments } from './json-comments.ts';

it.each([
  ['{ "a": 1 } // b', '{ "a": 1 }     '],
  ['{ "a": "http://b", /* c\nd */ "e": "\\"//" }', '{ "a": "http://b",     \n     "e": "\\"//" }'],
  ['{ "a": 1 }', '{ "a": 1 }'],
])('%s', (text, blank) => expect(withoutComments(text)).toBe(blank));
