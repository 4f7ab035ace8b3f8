import { CLUSTER_KINDS, readPiece } from '../cluster/cluster.ts';
import { apiGroupOf, kindOf, readResource } from '../cluster/resource.ts';
import type { FormatDocument } from '../document.ts';
import { defineFormat } from '../format.ts';
import { readHttpRoute } from '../gateway-api/http-route.ts';
import { ENVOY_GATEWAY, readPolicy } from './policy.ts';
import { ENVOY_GATEWAY_RULES } from './rules/index.ts';
import { type EnvoyGatewayPiece, type EnvoyGatewayWhole, joinPolicies } from './whole.ts';

/** Definitions of these kinds of resources say their names, too, and are long. */
const VERSION = /\bapiVersion["']?\s*:\s*["']?gateway\.envoyproxy\.io\//;
const KIND = /\bkind["']?\s*:\s*["']?BackendTrafficPolicy(?:List)?\b/;

/** Envoy Gateway's traffic policies; of other resources it knows what they are applied to. */
export const ENVOY_GATEWAY_FORMAT = defineFormat<EnvoyGatewayPiece, EnvoyGatewayWhole>({
  name: ENVOY_GATEWAY,
  mayBe: (text) => VERSION.test(text) && KIND.test(text),
  recognises: (root) =>
    apiGroupOf(root) === 'gateway.envoyproxy.io' && kindOf(root) === 'BackendTrafficPolicy',
  consults: (root) =>
    kindOf(root) === 'HTTPRoute' || CLUSTER_KINDS.some((kind) => kind === kindOf(root)),
  read: readOne,
  join: joinPolicies,
  rules: ENVOY_GATEWAY_RULES,
  generalRules: {
    'attempts-exceed-deadline': 'usual',
    // Streams may well be open for hours.
    'duration-unit-suspect': 'info',
    'per-attempt-timeout-missing': 'usual',
    'retry-unbounded': 'usual',
  },
});

function readOne(document: FormatDocument): EnvoyGatewayPiece {
  const resource = readResource(document);
  if (resource?.kind === 'BackendTrafficPolicy') return readPolicy(resource);
  if (resource?.kind === 'HTTPRoute') return readHttpRoute(resource);
  return { kind: 'other', piece: readPiece(document) };
}
