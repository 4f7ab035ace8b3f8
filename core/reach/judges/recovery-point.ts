import type { Group, Model } from '../../model/model.ts';
import { replicatedGroups } from '../../rules/facts/groups.ts';
import { formatDuration } from '../../time/index.ts';
import type { Objective } from '../objective.ts';
import type { Forecast, Judge, MissingNumber } from './judge.ts';

/** A failover loses what the copies lag behind, unless writes wait for them. */
export class RecoveryPointJudge implements Judge {
  readonly #objective: Objective;

  constructor(objective: Objective) {
    this.#objective = objective;
  }

  forecast(model: Model): Forecast {
    const { target } = this.#objective;
    const losses = replicatedGroups(model).map(lossMs);
    const shortfall = losses.reduce((sum, ms) => sum + Math.max(0, ms - target), 0);
    return { value: Math.max(0, ...losses), isMet: shortfall === 0, shortfall };
  }

  explain(model: Model): readonly string[] {
    return replicatedGroups(model)
      .toSorted((a, b) => lossMs(b) - lossMs(a))
      .map((group) => {
        const mode = group.replication?.mode.value;
        const lost = lossMs(group);
        if (mode !== 'async') return `'${group.name}' replicates by ${mode}: nothing is lost`;
        return `the copies of '${group.name}' are ${formatDuration(lost)} behind (async)`;
      });
  }

  missing(model: Model): readonly MissingNumber[] {
    const groups = replicatedGroups(model);
    if (groups.length === 0) {
      return [{ text: "a group with 'replication'", at: this.#objective.at }];
    }
    return groups
      .filter(({ replication }) => {
        return replication?.mode.value === 'async' && replication.lagMs.source.kind === 'default';
      })
      .map(({ name, nameAt }) => ({ text: `'replication.lag' of '${name}'`, at: nameAt }));
  }

  hasEvidence(model: Model): boolean {
    return replicatedGroups(model).length > 0 && this.missing(model).length === 0;
  }
}

function lossMs({ replication }: Group): number {
  return replication?.mode.value === 'async' ? replication.lagMs.value : 0;
}
