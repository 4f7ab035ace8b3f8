import { type CST, Lexer, Parser } from 'yaml';
import type { Problem } from '../problem.ts';

const MAX_CHARACTERS = 5_000_000;
const MAX_DEPTH = 100;

export type GuardedText =
  | { readonly kind: 'tokens'; readonly tokens: readonly CST.Token[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * Reads text into concrete syntax tokens, or says why it should not be read any further.
 *
 * The lexer and the parser of `yaml` are iterative and safe on any input. Its composer recurses,
 * and on deep nesting it can abort the whole process, which nothing can catch; so depth is
 * counted here, before anything is composed.
 */
export function guardText(text: string): GuardedText {
  const refusal = refuseContent(text);
  if (refusal) return { kind: 'refused', problem: refusal };
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH) {
      const start = Math.max(0, Math.min(parser.offset, text.length) - 1);
      const message = `Nested more than ${MAX_DEPTH} levels deep; the format needs fewer than ten.`;
      return refused('too-deeply-nested', message, start, start + 1);
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { kind: 'tokens', tokens };
}

function refuseContent(text: string): Problem | undefined {
  if (text.length > MAX_CHARACTERS) {
    const size = (text.length / 1e6).toFixed(1);
    return problem('file-too-large', `The file has ${size} MB; Faultline reads up to 5 MB.`, 0, 1);
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    return problem('not-text', 'The file is binary: it holds a NUL character here.', nul, nul + 1);
  }
  const conflict = /^(?:<{7}|>{7}) .*$/m.exec(text);
  if (conflict) {
    const end = conflict.index + conflict[0].length;
    const message = 'A merge conflict is left in the file; resolve it first.';
    return problem('merge-conflict', message, conflict.index, end);
  }
  return undefined;
}

function refused(kind: Problem['kind'], message: string, start: number, end: number): GuardedText {
  return { kind: 'refused', problem: problem(kind, message, start, end) };
}

function problem(kind: Problem['kind'], message: string, start: number, end: number): Problem {
  return { kind, severity: 'error', message, range: { start, end } };
}
