import { entryOf, type MappingNode } from '../../config/syntax/node.ts';
import { apiGroupOf, kindOf } from '../cluster/resource.ts';
import { defineFormat } from '../format.ts';
import { readDynamic, TRAEFIK } from './dynamic.ts';
import { TRAEFIK_RULES } from './rules/index.ts';
import { joinDynamics } from './whole.ts';

const FILE = /(?:^|\n|\{\s*)["']?http["']?\s*:(?:\s|$)/;
const SECTION = /\b(?:routers|services|middlewares)["']?\s*:/;
/** Definitions of these kinds of resources say their names, too, and are long. */
const VERSION = /\bapiVersion["']?\s*:\s*["']?traefik\.(?:io|containo\.us)\//;
const KIND = /\bkind["']?\s*:\s*["']?Middleware(?:List)?\b/;
const SECTIONS = ['routers', 'services', 'middlewares'];
const GROUPS = new Set(['traefik.io', 'traefik.containo.us']);

/** Traefik's dynamic configuration in files, and middlewares as resources of Kubernetes. */
export const TRAEFIK_FORMAT = defineFormat({
  name: TRAEFIK,
  mayBe: (text) =>
    (VERSION.test(text) && KIND.test(text)) || (SECTION.test(text) && FILE.test(text)),
  recognises: (root) => isFile(root) || isMiddleware(root),
  read: readDynamic,
  join: joinDynamics,
  rules: TRAEFIK_RULES,
  generalRules: { 'retry-unbounded': 'usual' },
});

/** Of what is in the sections, something must be Traefik's: other tools have an `http`, too. */
function isFile(root: MappingNode): boolean {
  const http = entryOf(root, 'http')?.value;
  if (http?.kind !== 'mapping') return false;
  const sections = SECTIONS.map((key) => entryOf(http, key)?.value);
  return sections.some((one) => one?.kind === 'mapping');
}

function isMiddleware(root: MappingNode): boolean {
  return kindOf(root) === 'Middleware' && GROUPS.has(apiGroupOf(root) ?? '');
}
