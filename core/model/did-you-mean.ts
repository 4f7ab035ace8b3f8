import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a misspelt name most likely meant: the nearest one within a third of its length
 * (two edits at least, one for names of up to three letters). None when two are equally near.
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const most = name.length <= 3 ? 1 : Math.max(2, Math.floor(name.length / 3));
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const candidate of candidates) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits >= candidate.length || edits > bestDistance) continue;
    best = edits === bestDistance ? undefined : candidate;
    bestDistance = edits;
  }
  return best;
}
