import { Times } from '../../analysis/index.ts';
import type { Model, Service } from '../../model/model.ts';
import { sitesOf } from '../../rules/facts/calls.ts';
import { isService, type Node } from '../../rules/facts/order.ts';
import { formatPercent, formatRoughly } from '../../time/index.ts';
import { TrafficForecast } from '../forecast/traffic.ts';
import type { Objective } from '../objective.ts';
import { circlesIn, entriesOf } from './entries.ts';
import type { Forecast, Judge, MissingNumber } from './judge.ts';

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
export type Percentile = keyof typeof SHARES;

const MOST_LINES = 5;
/** Rounding of shares, which are summed over many cells. */
const ROUNDING = 1e-9;

/**
 * Latencies are added up as distributions (`TrafficForecast`): of all that is answered, fallbacks
 * included, while every group has members that serve.
 */
export class LatencyJudge implements Judge {
  readonly #objective: Objective;
  readonly #share: number;
  readonly #traffic = new TrafficForecast({ withErrors: true });

  constructor(objective: Objective, percentile: Percentile) {
    this.#objective = objective;
    this.#share = SHARES[percentile];
  }

  forecast(model: Model): Forecast {
    const { target } = this.#objective;
    const answers = this.#answers(model);
    const tooSlow = answers.map((times) => {
      // Where nothing is answered, nothing is answered in time.
      if (times.total < ROUNDING) return 1;
      const allowed = (1 - this.#share) * times.total;
      return Math.max(0, times.total - times.within(target).total - allowed - ROUNDING);
    });
    const shortfall = tooSlow.reduce((sum, share) => sum + share, 0);
    const value = Math.max(
      0,
      ...answers.map((times) => {
        return times.total < ROUNDING ? Number.POSITIVE_INFINITY : times.quantileMs(this.#share);
      }),
    );
    return { value, isMet: shortfall === 0, shortfall };
  }

  explain(model: Model): readonly string[] {
    const traffic = this.#traffic.of(model);
    const within = (service: Service) => {
      return traffic.get(service)?.answered.quantileMs(this.#share) ?? 0;
    };
    const percent = formatPercent(this.#share);
    const entries = entriesOf(model).services.toSorted((a, b) => within(b) - within(a));
    return entries.slice(0, MOST_LINES).map((service) => {
      const waits = (sitesOf(model).get(service) ?? []).map(({ call }) => `'${call.to.value}'`);
      const calls = waits.length > 0 ? `, with its calls to ${[...new Set(waits)].join(', ')}` : '';
      return `'${service.name}' answers ${percent} within ${formatRoughly(within(service))}${calls}`;
    });
  }

  missing(model: Model): readonly MissingNumber[] {
    const circles = circlesIn(model);
    if (circles.length > 0) return circles;
    if (model.services.size === 0) {
      return [{ text: 'services, and their latency', at: this.#objective.at }];
    }
    const asked = [...this.#nodes(model)].filter(
      ({ latency }) => latency.source.kind === 'default',
    );
    return asked.map(({ name, nameAt }) => ({ text: `'latency' of '${name}'`, at: nameAt }));
  }

  hasEvidence(model: Model): boolean {
    const nodes = [...this.#nodes(model)];
    const isKnown = nodes.some(({ latency }) => latency.source.kind === 'explicit');
    return circlesIn(model).length === 0 && isKnown;
  }

  /** One distribution for all requests, or one for each service where nobody says how many. */
  #answers(model: Model): readonly Times[] {
    const { services, shareOf } = entriesOf(model);
    const traffic = this.#traffic.of(model);
    const times = services.map((service) => {
      const answered = traffic.get(service)?.answered ?? Times.none;
      return answered.part(shareOf(service) ?? 1);
    });
    const isShared = services.every((service) => shareOf(service) !== undefined);
    return isShared ? [times.reduce((all, some) => all.or(some), Times.none)] : times;
  }

  /** Whatever takes time before a request is answered. */
  *#nodes(model: Model): Generator<Node> {
    const seen = new Set<Node>(entriesOf(model).services);
    // Grows while it is walked.
    for (const node of seen) {
      yield node;
      if (!isService(node)) continue;
      for (const { callee } of sitesOf(model).get(node) ?? []) if (callee) seen.add(callee);
    }
  }
}
