import { isImported, type Model } from '../model/model.ts';
import type { SourceRange } from '../model/source.ts';
import { callSites } from '../rules/facts/calls.ts';
import { groupInsight } from './group.ts';
import { writtenObjectives } from './objective.ts';
import { poolInsight } from './pool.ts';
import { placeKey } from './subjects.ts';
import { callHint } from './words/call.ts';
import { groupHint } from './words/group.ts';
import { objectiveHint } from './words/objective.ts';
import { poolHint } from './words/pool.ts';
import { worstCaseOf } from './worst-case.ts';

/** The one number that matters on a line. */
export interface Hint {
  /** The name, or the value, that it stands behind. */
  readonly at: SourceRange;
  /** All of what it speaks of, from the first character to the last. */
  readonly part: SourceRange;
  readonly text: string;
}

interface Candidate extends Omit<Hint, 'text'> {
  /** Absent when there is nothing to say. */
  text(): string | undefined;
}

/**
 * The hints of the parts that lie within a stretch of the file, at least in part: level and
 * availability of groups, the longest that calls with retries can take, how many requests pools
 * reject, and what is reachable of the objectives. None of what is still being typed.
 */
export function hintsIn(model: Model, { end, file, start }: SourceRange): Hint[] {
  const found: Hint[] = [];
  for (const { at, part, text: tell } of candidates(model)) {
    const isWritten = part.file === file && !isImported(model, at);
    const isThere = isWritten && part.start <= end && part.end >= start;
    const text = isThere ? tell() : undefined;
    if (text !== undefined) found.push({ at, part, text });
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

function* candidates(model: Model): Generator<Candidate> {
  for (const group of model.groups.values()) {
    if (group.doubtful) continue;
    yield {
      at: group.nameAt,
      part: group.at,
      text: () => groupHint(groupInsight(group)),
    };
  }
  const pools = [model.bulkheads, model.connectionPools, model.concurrencyLimits];
  for (const pool of pools.flatMap((section) => [...section.values()])) {
    if (pool.doubtful) continue;
    yield { at: pool.nameAt, part: pool.at, text: () => poolHint(poolInsight(model, pool)) };
  }
  const told = new Set<string>();
  for (const site of callSites(model)) {
    const { at, to } = site.call;
    // What an alias repeats is told once.
    if (!site.retry || told.has(placeKey(at))) continue;
    told.add(placeKey(at));
    yield { at: to.source.at, part: at, text: () => callHint(worstCaseOf(site)) };
  }
  for (const { judge, value } of writtenObjectives(model)) {
    const { at } = value.source;
    yield { at, part: at, text: () => objectiveHint(judge(model)) };
  }
}
