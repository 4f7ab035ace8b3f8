import type { Fix } from '../../../model/fix.ts';
import type { SourceRange } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import type { EnvoyCluster } from '../cluster.ts';
import type { EnvoyRoute } from '../route.ts';
import { type EnvoyWhole, routesOf } from '../whole.ts';

/** Something that is written and not read, why, and what to do. */
interface Ignored {
  readonly at: SourceRange | undefined;
  readonly message: string;
  readonly fixes?: readonly Fix[];
}

export const envoySettingIgnored: FormatRule<EnvoyWhole> = {
  id: 'envoy-setting-ignored',
  title: 'A setting is not read, for want of another one',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Some of Envoy's settings are read only beside others; without those they are accepted and do nothing.

**Fires when**

- \`retriable_status_codes\` or \`retriable_headers\` are listed, and \`retry_on\` does not have the condition
  of that name;
- \`hedge_on_per_try_timeout\` is on, and there is no \`per_try_timeout\`, or no \`retry_on\`;
- \`consecutive_local_origin_failure\` is set without \`split_external_local_origin_errors\`;
- \`max_retries\` stands beside a \`retry_budget\`, which takes its place;
- \`thresholds\` come again for the same priority: the first one counts.

**Fix** Add what is missing, or remove what is not read.

**Source** Envoy API v3: \`RetryPolicy\`, \`HedgePolicy\`, \`OutlierDetection\`, \`CircuitBreakers\`.
`,
  *check(whole) {
    const ignored = [
      ...routesOf(whole).flatMap(({ route }) => ofRoute(route)),
      ...whole.bootstraps.flatMap(({ clusters }) => clusters.flatMap(ofCluster)),
    ];
    for (const { at, fixes, message } of ignored) {
      if (!at) continue;
      yield {
        subject: `setting ${at.file} ${at.start}`,
        message,
        at,
        unnecessary: true,
        ...(fixes && { fixes }),
      };
    }
  },
};

function ofRoute({ hedges, retry, unclear }: EnvoyRoute): Ignored[] {
  if (unclear) return [];
  const conditions = retry?.conditions ?? [];
  const lists = [
    ['retriable_status_codes', 'retriable-status-codes'],
    ['retriable_headers', 'retriable-headers'],
  ] as const;
  const ignored = lists.flatMap(([key, condition]): Ignored[] => {
    const items = retry?.fields.items(key) ?? [];
    // That there are no conditions at all is another matter.
    if (items.length === 0 || !retry?.retryOn || conditions.includes(condition)) return [];
    const { at } = retry.retryOn.source;
    const value = [...conditions, condition].join(',');
    return [
      {
        at: retry.fields.keyAt(key),
        message: `${key} is read only if retry_on has ${condition}, and it is '${retry.retryOn.value}'. Add it.`,
        fixes: [
          {
            title: `Add ${condition} to retry_on`,
            safe: false,
            changes: [{ kind: 'replace', at, value }],
          },
        ],
      },
    ];
  });
  const isHedging = retry?.perTryTimeoutMs !== undefined && conditions.length > 0;
  if (!hedges || isHedging) return ignored;
  const missing =
    retry && conditions.length > 0 ? 'a per_try_timeout' : 'a retry_policy with retry_on';
  return [
    ...ignored,
    {
      at: hedges.source.at,
      message: `No request is hedged: hedge_on_per_try_timeout needs ${missing}, which this route does not have.`,
    },
  ];
}

function ofCluster({ outlier, thresholds, unclear }: EnvoyCluster): Ignored[] {
  if (unclear) return [];
  const ignored: Ignored[] = [];
  const key = 'consecutive_local_origin_failure';
  if (outlier && !outlier.unclear && !outlier.splitsLocalOrigin && outlier.fields.has(key)) {
    const owner = outlier.fields.at;
    const split = 'split_external_local_origin_errors';
    ignored.push({
      at: outlier.fields.keyAt(key),
      message: `${key} has no effect without ${split}: failures to connect count as 5xx errors. Add ${split}: true.`,
      fixes: [
        {
          title: `Add ${split}: true`,
          safe: false,
          changes: [{ kind: 'put', owner, key: split, value: true }],
        },
      ],
    });
  }
  for (const { fields, maxRetries, retryBudgetPercent } of thresholds) {
    const at = fields.keyAt('max_retries');
    if (!retryBudgetPercent || !at) continue;
    ignored.push({
      at,
      message: `max_retries ${maxRetries.value} has no effect: the retry_budget of ${retryBudgetPercent.value}% takes its place. Remove one of them.`,
      fixes: [{ title: 'Remove max_retries', safe: true, changes: [{ kind: 'remove', at }] }],
    });
  }
  const seen = new Set<string>();
  for (const { fields, priority } of thresholds) {
    if (seen.has(priority)) {
      ignored.push({
        at: fields.keyAt('priority') ?? fields.at,
        message: `These thresholds have no effect: there are others for priority ${priority} before them, and the first ones count.`,
      });
    }
    seen.add(priority);
  }
  return ignored;
}
