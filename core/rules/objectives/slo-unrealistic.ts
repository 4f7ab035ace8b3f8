import { downtimeMs, MONTH_MS } from '../../analysis/index.ts';
import type { Model } from '../../model/model.ts';
import { placeId } from '../../model/place-id.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration, formatPercent } from '../../time/index.ts';
import type { Rule } from '../rule.ts';

export const sloUnrealistic: Rule<'most'> = {
  id: 'slo-unrealistic',
  title: 'An availability objective leaves nothing to fail with',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  parameters: {
    most: {
      title: 'the highest objective that leaves time to react, as a share',
      default: 0.99999,
      minimum: 0,
      maximum: 1,
    },
  },
  documentation: `
An objective of 100 % leaves no error budget: no release, no failover and no lost packet may ever cost
a request, and nothing can be learnt from a month in which it was missed. Beyond five nines the budget
of a month (26 s) is shorter than the time in which anybody could react.

**Fires when** an objective for availability, of the system or of a service, is 100 % or above
99.999 %.

**Fix** Promise what users notice: 99.9 % leaves 43 minutes in 30 days, 99.99 % four.

**Source** Google SRE, "Embracing risk": 100 % is the wrong target for basically everything.
`,
  *check(model, { most }) {
    for (const { objective, of } of availabilityObjectives(model)) {
      const { source, value } = objective;
      if (value <= most) continue;
      const budgetMs = downtimeMs(1 - value, MONTH_MS) ?? 0;
      const leaves =
        value === 1
          ? 'leaves no room for a single failed request, ever'
          : `leaves ${formatDuration(budgetMs)} of downtime in 30d, less than anybody can react in`;
      yield {
        subject: `objective at ${placeId(source.at)}`,
        message: `The availability objective${of} (${formatPercent(value)}) ${leaves}. Promise what users would notice: 99.99% leaves 4m 19.2s, 99.9% 43m 12s.`,
        at: source.at,
      };
    }
  },
};

function availabilityObjectives(
  model: Model,
): readonly { readonly objective: Sourced<number>; readonly of: string }[] {
  const owners = [
    { availability: model.objectives.availability, of: '' },
    ...[...model.services.values()].map(({ name, objectives }) => ({
      availability: objectives.availability,
      of: ` of '${name}'`,
    })),
  ];
  return owners.flatMap(({ availability, of }) =>
    availability ? [{ objective: availability, of }] : [],
  );
}
