import { type Analysis, blockersOf } from './analyse.ts';
import type { TextEdit } from './config/edit/index.ts';
import { confirm, type Simulated } from './confirm/index.ts';
import type { Finding } from './model/finding.ts';
import {
  type Objective,
  type Proposal,
  type ReachResult,
  reach,
  type Verdict,
} from './reach/index.ts';
import { type WriteOptions, writeProposal } from './write-proposal.ts';

export interface ReachObjectiveOptions extends WriteOptions {
  /** Told how much is done of what is simulated, in [0, 1]. */
  readonly onProgress?: (fraction: number) => void;
  readonly isCancelled?: () => boolean;
}

/** A proposal as edits of the text, and what simulations say of it. */
export interface Confirmation {
  /** Sorted by place, without overlaps. */
  readonly edits: readonly TextEdit[];
  readonly simulated: readonly Simulated[];
}

export type ReachOutcome =
  | ReachResult<Confirmation>
  /** The config cannot be read in full; says why, on the line. */
  | { readonly kind: 'refused'; readonly problems: readonly Finding[] };

/**
 * Proposes the cheapest change of a config with which it meets an objective: found by closed forms
 * (`reach`), written into the text (`writeProposal`) and confirmed by simulation. What a simulation
 * shows to be missed is not proposed.
 */
export function reachObjective(
  analysis: Analysis,
  objective: Objective,
  options: ReachObjectiveOptions,
): ReachOutcome {
  const blockers = blockersOf(analysis);
  if (blockers.length > 0) return { kind: 'refused', problems: blockers };
  const accept = (proposal: Proposal): Verdict<Confirmation> => {
    const written = writeProposal(analysis, proposal, options);
    if (written.kind === 'rejected') return written;
    const simulated = confirm(objective, analysis.model, written.analysis.model, options);
    if (!simulated) return { kind: 'cancelled' };
    const missed = simulated.find(({ status }) => status === 'missed');
    if (missed) {
      return { kind: 'rejected', why: `a simulation of it misses the objective (${missed.after})` };
    }
    return { kind: 'accepted', confirmation: { edits: written.edits, simulated } };
  };
  return reach(analysis.model, objective, { ...options, accept });
}
