import { CLUSTER_KINDS, readPiece } from '../cluster/cluster.ts';
import { apiGroupOf, kindOf, readResource } from '../cluster/resource.ts';
import { defineFormat } from '../format.ts';
import { readDestinationRule } from './destination-rule.ts';
import { ISTIO_RULES } from './rules/index.ts';
import { ISTIO, readVirtualService } from './virtual-service.ts';
import { type IstioPiece, joinIstio } from './whole.ts';

/** Istio's routes and destination rules; of other resources it knows how many pods are behind a host. */
export const ISTIO_FORMAT = defineFormat<IstioPiece, ReturnType<typeof joinIstio>>({
  name: ISTIO,
  mayBe: (text) => text.includes('networking.istio.io/'),
  recognises: (root) =>
    apiGroupOf(root) === 'networking.istio.io' &&
    (kindOf(root) === 'VirtualService' || kindOf(root) === 'DestinationRule'),
  consults: (root) => CLUSTER_KINDS.some((kind) => kind === kindOf(root)),
  read(document) {
    const resource = readResource(document);
    if (resource?.kind === 'VirtualService') return readVirtualService(resource);
    if (resource?.kind === 'DestinationRule') return readDestinationRule(resource);
    return { kind: 'other', piece: readPiece(document) };
  },
  join: joinIstio,
  rules: ISTIO_RULES,
  generalRules: {
    'attempts-exceed-deadline': 'usual',
    'duration-unit-suspect': 'usual',
    'per-attempt-timeout-missing': 'usual',
    'retry-unbounded': 'usual',
    'timeout-missing': 'info',
  },
});
