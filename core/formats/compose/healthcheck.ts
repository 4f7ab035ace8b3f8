import type { Sourced, SourceRange } from '../../model/source.ts';
import { usual } from '../defaults.ts';
import type { Fields } from '../fields.ts';
import { parseGoDuration } from '../go-duration.ts';
import type { Layers } from './layers.ts';
import { DOCKER } from './names.ts';

/** How the engine finds out whether a container does its work. */
export interface Healthcheck {
  readonly at: SourceRange;
  readonly fields: Layers;
  readonly test: Test;
  readonly intervalMs: Sourced<number>;
  readonly timeoutMs: Sourced<number>;
  /** Failures in a row that make a container unhealthy. */
  readonly retries: Sourced<number>;
  /** Something of it is written, but nobody can know what it will be. */
  readonly unclear: boolean;
}

/** What is run. */
export type Test =
  /** Nothing, on purpose. */
  | { readonly kind: 'none'; readonly at: SourceRange }
  /** What the image says, if it does. */
  | { readonly kind: 'inherited' }
  /** A text that a shell reads. */
  | {
      readonly kind: 'shell';
      readonly command: string;
      /** Words behind it: the shell takes them for its own arguments. */
      readonly dropped: readonly string[];
      readonly at: SourceRange;
    }
  /** A program with its arguments, without a shell. */
  | { readonly kind: 'exec'; readonly words: readonly string[]; readonly at: SourceRange }
  /** A list that begins with none of the words that it has to begin with. */
  | { readonly kind: 'refused'; readonly at: SourceRange }
  | { readonly kind: 'unknown' };

const SHELL = /^(?:\/bin\/|\/usr\/bin\/)?(?:ba|da|a|z)?sh$/;

/** Defaults are those of the engine. Source: moby, `daemon/health.go`. */
export function readHealthcheck(service: Layers): Healthcheck | undefined {
  const at = service.keyAt('healthcheck');
  if (!at) return undefined;
  const fields = service.part('healthcheck');
  const disable = fields.boolean('disable');
  const known = {
    test: disable?.value ? ({ kind: 'none', at: disable.source.at } as const) : readTest(fields),
    intervalMs: positive(durationOf(fields, 'interval')) ?? usual(30_000, at, DOCKER),
    timeoutMs: positive(durationOf(fields, 'timeout')) ?? usual(30_000, at, DOCKER),
    retries: positive(fields.number('retries')) ?? usual(3, at, DOCKER),
  };
  return { at, fields, ...known, unclear: fields.unclear };
}

/** Compose knows days and weeks too; whoever writes those means no health check. */
export function durationOf(fields: Layers, key: string): Sourced<number> | undefined {
  return fields.read(key, (value) =>
    typeof value === 'string' ? parseGoDuration(value) : undefined,
  );
}

/** The program that is run in the end, if a shell is asked to read a text. */
export function commandOf(test: Test): string | undefined {
  if (test.kind === 'shell') return test.command;
  if (test.kind !== 'exec') return undefined;
  const [program = '', option, command] = test.words;
  return SHELL.test(program) && /^-\w*c$/.test(option ?? '') ? command : undefined;
}

/** The engine takes 0 for its own defaults. */
function positive(value: Sourced<number> | undefined): Sourced<number> | undefined {
  return value && value.value > 0 ? value : undefined;
}

function readTest(fields: Layers): Test {
  const written = fields.nodes('test').at(-1);
  if (!written) return { kind: 'inherited' };
  const { node } = written;
  const at = { file: written.fields.at.file, ...node.range };
  if (node.kind === 'scalar') {
    return typeof node.value === 'string'
      ? { kind: 'shell', command: node.value, dropped: [], at }
      : { kind: 'unknown' };
  }
  if (node.kind !== 'sequence') return { kind: 'unknown' };
  return testOf(textsOf(node.items), at);
}

function testOf([type, ...words]: readonly string[], at: SourceRange): Test {
  switch (type) {
    case 'NONE':
      return { kind: 'none', at };
    case 'CMD':
      return { kind: 'exec', words, at };
    case 'CMD-SHELL': {
      const [command = '', ...dropped] = words;
      return { kind: 'shell', command, dropped, at };
    }
    case undefined:
      return { kind: 'inherited' };
    default:
      return type.includes('$') ? { kind: 'unknown' } : { kind: 'refused', at };
  }
}

function textsOf(items: readonly NonNullable<Fields['node']>[]): string[] {
  return items.map((item) => (item.kind === 'scalar' ? String(item.value) : '$'));
}
