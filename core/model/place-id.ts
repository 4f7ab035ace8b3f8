import { perPart } from './per-part.ts';
import type { SourceRange } from './source.ts';

let places = 0;

/** A name for a place of a model that no other place has, and that stays when the text before it changes. */
export const placeId: (at: SourceRange) => string = perPart(() => `${++places}`);
