import { type Analysis, analyse } from './analyse.ts';
import { FORMAT_RULES } from './formats/index.ts';
import type { Finding } from './model/finding.ts';
import { type Proof, proofOf } from './proofs/index.ts';
import type { ObjectiveResult } from './report/report.ts';
import { RULES } from './rules/index.ts';
import { simulate } from './simulate.ts';

export type { Proof } from './proofs/index.ts';

const PROVABLE = new Map(
  [...RULES, ...FORMAT_RULES].flatMap(({ id, proof }) => (proof ? [[id, proof] as const] : [])),
);

/** Whether findings of a rule can be shown in a simulation, if their numbers suffice. */
export function isProvable({ ruleId }: Finding): boolean {
  return PROVABLE.has(ruleId);
}

/**
 * Makes a config whose simulation shows what a finding says, for those that only a clock shows.
 *
 * @returns nothing for other findings, and where the numbers of the file do not suffice
 */
export function prove({ model }: Pick<Analysis, 'model'>, finding: Finding): Proof | undefined {
  const what = PROVABLE.get(finding.ruleId);
  return what && proofOf(model, finding, what);
}

/** What simulations of a proof have come to. */
export interface ProofRun {
  /** The expectation of the scenario, with the policies as they are. */
  readonly asIs: ObjectiveResult;
  /** The same with what the finding asks for. */
  readonly mended: ObjectiveResult;
  /** It is missed as it is, and met when mended. */
  readonly isShown: boolean;
}

/** Simulates a proof, as it is and mended. Takes a fraction of a second. */
export function runProof(proof: Proof): ProofRun {
  const asIs = resultOf(proof.text);
  const mended = resultOf(proof.mendedText);
  return { asIs, mended, isShown: asIs.status === 'missed' && mended.status === 'met' };
}

/** @throws Error for a text that cannot be simulated, which would be a defect of its author */
function resultOf(text: string): ObjectiveResult {
  const outcome = simulate(analyse(text, 'proof.resilience.yaml'));
  if (outcome.kind !== 'done') {
    const why = outcome.kind === 'refused' ? outcome.problems[0]?.message : outcome.kind;
    throw new Error(`A proof cannot be simulated: ${why}`);
  }
  const result = outcome.report.objectives.find(({ origin }) => origin === 'expectation');
  if (!result) throw new Error('A proof expects nothing.');
  return result;
}
