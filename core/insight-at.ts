import type { Analysis } from './analyse.ts';
import { type JsonSchema, RESILIENCE, type TextRange, wordAt } from './config/index.ts';
import { type Hint, hintsIn, type Insight, insightOf } from './insight/index.ts';

/** What can be said at a place of a config. */
export interface InsightAt {
  /** The word that stands there. */
  readonly range: TextRange;
  /** Of the part that it names, states or belongs to; absent where there is nothing to say yet. */
  readonly insight?: Insight;
  /** What the format says of the key; absent where the insight says it better. */
  readonly schema?: JsonSchema;
}

/**
 * Says what can be said of the part at an offset, and of the key there. Never throws.
 *
 * @returns `undefined` on blanks, brackets and comments
 */
export function insightAt(analysis: Analysis, offset: number): InsightAt | undefined {
  const word = wordAt(analysis, offset);
  if (!word) return undefined;
  const { range, schema, value } = word;
  const { file, format, model } = analysis;
  const insight = insightOf(model, { file, ...range }, value);
  if (format !== undefined) return ofOtherFormat(range, insight);
  if (!insight) return { range, schema };
  const isKey = range.start !== value.start;
  const isAbout = insight.kind === 'objective' || insight.at.start === range.start;
  return { range, insight, ...(isKey && !isAbout && { schema }) };
}

/** What the format says of the place at a JSON pointer; empty for places that it does not know. */
export function schemaAt(pointer: string): JsonSchema {
  return RESILIENCE.at(pointer);
}

/** Parts of which files of other tools say all that there is to say. */
const TOLD: ReadonlySet<Insight['kind']> = new Set(['breaker', 'call', 'retry']);

/** Where there is a place for what the files of other tools do not say. */
const OVERLAY = 'a resilience.yaml that imports this file';

/**
 * What the keys of other tools mean is for them to say, and numbers that would let more be said have
 * no place in their files: a config that imports them holds those of services and groups.
 */
function ofOtherFormat(range: TextRange, insight: Insight | undefined): InsightAt | undefined {
  if (!insight || !TOLD.has(insight.kind)) return undefined;
  const wants = insight.wants
    .filter(({ to }) => to !== undefined)
    .map((want) => ({ ...want, file: OVERLAY }));
  return { range, insight: { ...insight, wants } };
}

/** A hint, and where it stands. */
export interface PlacedHint {
  readonly offset: number;
  readonly text: string;
}

/** The one number that matters on each line, in the order of the text. Never throws. */
export function hintsAt(analysis: Analysis, range: TextRange): PlacedHint[] {
  return hintsIn(analysis.model, { file: analysis.file, ...range })
    .map((hint) => ({ offset: placeOf(hint, analysis), text: hint.text }))
    .filter(({ offset }) => offset >= range.start && offset <= range.end);
}

/** Behind the part where it is written on one line, else behind its name. */
function placeOf({ at, part }: Hint, { lines, text }: Analysis): number {
  const end = Math.min(part.end, text.length);
  const isOneLine = lines.positionAt(part.start).line === lines.positionAt(end).line;
  if (isOneLine && part.end > at.end) return end;
  const colon = /\s*:/y;
  colon.lastIndex = at.end;
  return Math.min(colon.test(text) ? colon.lastIndex : at.end, text.length);
}
