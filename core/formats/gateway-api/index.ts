import { apiGroupOf, kindOf, readResource } from '../cluster/resource.ts';
import type { FormatDocument } from '../document.ts';
import { defineFormat } from '../format.ts';
import { type HttpRoute, readHttpRoute } from './http-route.ts';
import { GATEWAY_API_RULES } from './rules/index.ts';
import { GATEWAY_API } from './value.ts';
import { joinRoutes } from './whole.ts';

/** Definitions of these kinds of resources say their names, too, and are long. */
const VERSION = /\bapiVersion["']?\s*:\s*["']?gateway\.networking\.k8s\.io\//;
const KIND = /\bkind["']?\s*:\s*["']?HTTPRoute(?:List)?\b/;

/** Routes of the Gateway API, whichever gateway carries them out. */
export const GATEWAY_API_FORMAT = defineFormat({
  name: GATEWAY_API,
  mayBe: (text) => VERSION.test(text) && KIND.test(text),
  recognises: (root) =>
    apiGroupOf(root) === 'gateway.networking.k8s.io' && kindOf(root) === 'HTTPRoute',
  read: readRoute,
  join: joinRoutes,
  rules: GATEWAY_API_RULES,
  generalRules: {
    'attempts-exceed-deadline': 'usual',
    // Streams may well be open for hours.
    'duration-unit-suspect': 'info',
    // A gateway may have a limit of its own for each try.
    'per-attempt-timeout-missing': 'info',
  },
});

function readRoute(document: FormatDocument): HttpRoute | undefined {
  const resource = readResource(document);
  return resource && readHttpRoute(resource);
}
