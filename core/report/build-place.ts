import type { SourceRange } from '../model/source.ts';
import type { Place, Position } from './report.ts';

/** Finds the line and character of an offset; zero-based. */
export interface Lines {
  positionAt(offset: number): Position;
}

/** Turns places of the model, which are offsets, into places of the report, which are lines. */
export type Placer = (at: SourceRange) => Place;

export function createPlacer(lines: Lines): Placer {
  return ({ file, start, end }) => ({
    file,
    start: lines.positionAt(start),
    end: lines.positionAt(end),
  });
}
