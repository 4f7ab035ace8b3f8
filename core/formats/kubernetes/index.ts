import { CLUSTER_KINDS, readPiece } from '../cluster/cluster.ts';
import { KUBERNETES } from '../cluster/probe.ts';
import { apiGroupOf, kindOf } from '../cluster/resource.ts';
import { defineFormat } from '../format.ts';
import { KUBERNETES_RULES } from './rules/index.ts';
import { joinResources } from './whole.ts';

const GROUPS = new Set(['', 'apps', 'policy', 'autoscaling', 'keda.sh', 'kustomize.config.k8s.io']);
const KIND = new RegExp(`\\bkind["']?\\s*:\\s*["']?(?:${CLUSTER_KINDS.join('|')}|\\w*List)\\b`);

/** Workloads of Kubernetes, with what scales them, keeps them from being evicted and names them. */
export const KUBERNETES_FORMAT = defineFormat({
  name: KUBERNETES,
  mayBe: (text) => text.includes('apiVersion') && KIND.test(text),
  recognises: (root) =>
    CLUSTER_KINDS.some((kind) => kind === kindOf(root)) && GROUPS.has(apiGroupOf(root) ?? '?'),
  read: readPiece,
  join: joinResources,
  rules: KUBERNETES_RULES,
  generalRules: {},
});
