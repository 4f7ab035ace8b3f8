import { entryOf, type MappingNode } from '../../config/syntax/node.ts';
import { defineFormat } from '../format.ts';
import { DAPR, readResiliency } from './resource.ts';
import { DAPR_RULES } from './rules/index.ts';
import { joinResiliencies } from './whole.ts';

/** Dapr's `Resiliency` resources. */
export const DAPR_FORMAT = defineFormat({
  name: DAPR,
  mayBe: (text) => text.includes('Resiliency') && text.includes('dapr.io/'),
  recognises: (root) =>
    says(root, 'kind', /^Resiliency$/) && says(root, 'apiVersion', /^dapr\.io\//),
  read: readResiliency,
  join: joinResiliencies,
  rules: DAPR_RULES,
  generalRules: {
    'duration-unit-suspect': 'usual',
    'retry-unbounded': 'usual',
  },
});

function says(root: MappingNode, key: string, what: RegExp): boolean {
  const value = entryOf(root, key)?.value;
  return value?.kind === 'scalar' && what.test(String(value.value));
}
