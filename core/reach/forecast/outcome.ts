import { Times } from '../../analysis/index.ts';

/** What becomes of requests, and when: shares of all of them, together 1. */
export interface Outcome {
  readonly answered: Times;
  /** Failed, and the work may have been done. */
  readonly failed: Times;
  /** Turned away before anybody did any work. */
  readonly refused: Times;
}

export const ANSWERED: Outcome = {
  answered: Times.atOnce,
  failed: Times.none,
  refused: Times.none,
};

/** Requests that meet with an outcome after some time. */
export function after(times: Times, { answered, failed, refused }: Outcome): Outcome {
  return {
    answered: times.plus(answered),
    failed: times.plus(failed),
    refused: times.plus(refused),
  };
}

/** Either one or the other, each with its share of the requests. */
export function either(a: Outcome, b: Outcome): Outcome {
  return {
    answered: a.answered.or(b.answered),
    failed: a.failed.or(b.failed),
    refused: a.refused.or(b.refused),
  };
}

/** A share of the requests, in [0, 1]. */
export function part({ answered, failed, refused }: Outcome, share: number): Outcome {
  return {
    answered: answered.part(share),
    failed: failed.part(share),
    refused: refused.part(share),
  };
}

/** Given up after some time: whoever is not done by then has failed. */
export function limited(outcome: Outcome, limitMs: number): Outcome {
  const answered = outcome.answered.within(limitMs);
  const failed = outcome.failed.within(limitMs);
  const refused = outcome.refused.within(limitMs);
  const before = outcome.answered.total + outcome.failed.total + outcome.refused.total;
  const late = before - answered.total - failed.total - refused.total;
  const gaveUp = Times.constant(limitMs).part(Math.max(0, Math.min(1, late)));
  return { answered, failed: failed.or(gaveUp), refused };
}

/** Requests that are answered by somebody else once they have failed. */
export function rescued({ answered, failed, refused }: Outcome, rescue: Outcome): Outcome {
  const lost = failed.or(refused);
  return {
    answered: answered.or(lost.plus(rescue.answered)),
    failed: lost.plus(rescue.failed.or(rescue.refused)),
    refused: Times.none,
  };
}
