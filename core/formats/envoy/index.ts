import { entryOf, type MappingNode } from '../../config/syntax/node.ts';
import { defineFormat } from '../format.ts';
import { readBootstrap } from './bootstrap.ts';
import { ENVOY } from './proto.ts';
import { ENVOY_RULES } from './rules/index.ts';
import { joinBootstraps } from './whole.ts';

const BOOTSTRAP = /\bstatic_resources\b|\bstaticResources\b/;
const RESOURCE =
  /type\.googleapis\.com\/envoy\.config\.(?:cluster|route|listener)\.v3\.(?:Cluster|RouteConfiguration|Listener)\b/;

/** What Envoy is started with, and the files of resources that it watches. */
export const ENVOY_FORMAT = defineFormat({
  name: ENVOY,
  mayBe: (text) => BOOTSTRAP.test(text) || RESOURCE.test(text),
  recognises: (root) =>
    isMapping(root, 'static_resources') ||
    isMapping(root, 'staticResources') ||
    holdsResources(root),
  read: readBootstrap,
  join: joinBootstraps,
  rules: ENVOY_RULES,
  generalRules: {
    'attempts-exceed-deadline': 'usual',
    // Streams may well be open for hours.
    'duration-unit-suspect': 'info',
    'per-attempt-timeout-missing': 'usual',
    'retry-unbounded': 'usual',
  },
});

function isMapping(root: MappingNode, key: string): boolean {
  return entryOf(root, key)?.value.kind === 'mapping';
}

function holdsResources(root: MappingNode): boolean {
  const resources = entryOf(root, 'resources')?.value;
  if (resources?.kind !== 'sequence') return false;
  return resources.items.some((item) => {
    const type = item.kind === 'mapping' ? entryOf(item, '@type')?.value : undefined;
    return type?.kind === 'scalar' && RESOURCE.test(String(type.value));
  });
}
