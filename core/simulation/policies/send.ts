import type { Operation } from '../../model/model.ts';
import type { Station } from '../station.ts';
import type { TrafficStatistics } from '../traffic-statistics.ts';
import { type InwardMove, Layer } from './layer.ts';
import type { Passage } from './passage.ts';

/** The innermost layer: sends the request to the callee and waits for the answer. */
export class SendLayer extends Layer {
  readonly #target: Station;
  readonly #statistics: TrafficStatistics;
  readonly #operation: Operation;
  readonly #abandons: boolean;

  /** @param abandons whether work that takes too long keeps what the caller holds until it ends */
  constructor(
    depth: number,
    target: Station,
    statistics: TrafficStatistics,
    operation: Operation,
    abandons: boolean,
  ) {
    super(depth);
    this.#target = target;
    this.#statistics = statistics;
    this.#operation = operation;
    this.#abandons = abandons;
  }

  override begin(passage: Passage): InwardMove {
    const { isRepeat, nowMs, plan } = passage;
    plan.counts.sent++;
    this.#statistics.send(isRepeat, nowMs);
    // A detour to another callee must not end at a member of the first one.
    const member = this.#target.database && passage.member;
    if (plan.link.isCut) passage.lose();
    else passage.ask(this.#target, this.#operation, member);
    return 'wait';
  }

  /** The callee works on without knowing. */
  override giveUp(passage: Passage, isLate: boolean): void {
    passage.mayHaveRun = true;
    passage.isUnanswered = true;
    if (isLate && this.#abandons) passage.keep();
  }
}
