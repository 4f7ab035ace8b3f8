import { poolForEachCaller } from '../../analysis/index.ts';
import type { Fix } from '../../model/fix.ts';
import type { ConnectionPoolPolicy, Group, Model } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { listed } from '../../text/words.ts';
import { formatPercent } from '../../time/index.ts';
import { callSites } from '../facts/calls.ts';
import { servingMembers } from '../facts/capacity.ts';
import { isService } from '../facts/order.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const poolsOversubscribeTarget: Rule<'reserve'> = {
  id: 'pools-oversubscribe-target',
  title: 'Connection pools ask for more connections than there are',
  severity: 'error',
  evidence: 'graph',
  since: '0.1.0',
  parameters: {
    reserve: {
      title: 'share of the connections to leave for administration and deployments',
      default: 0.1,
      minimum: 0,
      maximum: 1,
    },
  },
  documentation: `
Each instance of each caller has a pool of its own. Together they may open more connections than the
server accepts; then the last ones are refused, mostly when traffic grows and more instances start.

**Fires when** a group says how many connections a member accepts (\`maxConnections\`), and the pools in
front of it can open more than all of its active members together do (error), or more than 90 % of
them (warning).

**Fix** Make the pools smaller, or put a pooler between.

**Source** HikariCP, "About Pool Sizing"; PostgreSQL \`max_connections\`.
`,
  *check(model, { reserve }) {
    const demands = demandsOn(model);
    for (const [group, pools] of demands) {
      if (group.doubtful || !group.maxConnections) continue;
      const serving = servingMembers(group);
      const most = serving * group.maxConnections.value;
      const asked = [...pools].map(([policy, instances]) => ({
        policy,
        instances,
        total: instances * policy.max.value,
      }));
      const total = asked.reduce((sum, one) => sum + one.total, 0);
      if (total <= most * (1 - reserve)) continue;
      const parts = asked.map(
        ({ instances, policy }) =>
          `${instances > 1 ? `${instances} × ` : ''}${policy.max.value}${defaultNote(policy.max)} of '${policy.name}'`,
      );
      const callers = asked.reduce((sum, { instances }) => sum + instances, 0);
      const accepted =
        serving === 1 ? `${most}` : `${serving} × ${group.maxConnections.value} = ${most}`;
      const each = poolForEachCaller(most, callers, reserve) ?? 0;
      const [first] = asked;
      yield {
        subject: `connections of ${group.name}`,
        severity: total > most ? 'error' : 'warning',
        message: `The pools in front of '${group.name}' can open ${total} connections (${listed(parts, 'and', 4)}), ${total > most ? 'more than' : `more than ${formatPercent(1 - reserve)} of`} the ${accepted} that it accepts. ${each > 0 ? `Give each pool ${each}.` : 'Put a pooler between, or use fewer instances.'}`,
        at:
          (asked.length === 1 ? first?.policy.max.source.at : undefined) ??
          group.maxConnections.source.at,
        fixes: shrink(asked, each),
        related: asked.slice(0, 5).map(({ policy }) => ({
          message: `'${policy.name}' has up to ${policy.max.value}.`,
          at: policy.max.source.at,
        })),
      };
    }
  },
};

/** The pools in front of each group, with how many instances have one each, at least. */
function demandsOn(model: Model): ReadonlyMap<Group, ReadonlyMap<ConnectionPoolPolicy, number>> {
  const demands = new Map<Group, Map<ConnectionPoolPolicy, number>>();
  for (const { callee, caller, connectionPool } of callSites(model)) {
    if (!connectionPool || !callee || isService(callee)) continue;
    const pools = demands.get(callee) ?? new Map<ConnectionPoolPolicy, number>();
    demands.set(callee, pools);
    const known = pools.get(connectionPool) ?? 0;
    pools.set(connectionPool, Math.max(known, caller.instances.value));
  }
  return demands;
}

/** Gives all pools the same size at once, or gives them one. */
function shrink(
  asked: readonly { readonly policy: ConnectionPoolPolicy }[],
  each: number,
): readonly Fix[] {
  const changes = asked.flatMap(({ policy }) => setTo('max', policy.max, each, policy.nameAt));
  if (each === 0) return [];
  const title =
    asked.length === 1 ? `Set max to ${each}` : `Set max of all ${asked.length} pools to ${each}`;
  return [{ title, safe: false, changes: changes.flatMap((fix) => fix.changes) }];
}
