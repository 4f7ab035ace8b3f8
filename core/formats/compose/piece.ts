import { entryOf, type MappingNode, type SyntaxNode } from '../../config/syntax/node.ts';
import type { FormatDocument } from '../document.ts';
import type { Fields } from '../fields.ts';

/** What one file says. */
export interface ComposePiece {
  readonly file: string;
  readonly root: Fields;
  readonly services: ReadonlyMap<string, Fields>;
  /** Brings in other files, whose services are not in this one. */
  readonly hasIncludes: boolean;
}

const SERVICES = /^["']?services["']?\s*:/m;
const TOP_KEY = /^["']?([\w.-]+)["']?\s*:/gm;
const WORDS =
  /\b(?:image|build|extends|healthcheck|restart|depends_on|deploy|container_name|environment|ports|volumes|networks|command|profiles|env_file)["']?\s*:/;

/** What else may stand beside the services. Source: the Compose specification. */
const TOP = /^(?:version|name|services|networks|volumes|secrets|configs|include|models|x-.*)$/;
/** A service that has one of these is one; others only change one. */
const WHOLE = ['image', 'build', 'extends', 'provider'];
/** Keys that a part of a service may consist of, and nothing else that people call a service has. */
const PARTS = new Set(
  `annotations attach blkio_config cap_add cap_drop cgroup cgroup_parent command configs
     container_name cpu_period cpu_quota cpu_shares cpus cpuset depends_on deploy develop
     devices dns dns_opt dns_search domainname entrypoint env_file environment expose
     external_links extra_hosts gpus group_add healthcheck hostname init ipc label_file labels
     links logging mac_address mem_limit mem_reservation memswap_limit models network_mode
     networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop
     privileged profiles pull_policy read_only restart runtime scale secrets security_opt
     shm_size stdin_open stop_grace_period stop_signal sysctls tmpfs tty ulimits user
     userns_mode uts volumes volumes_from working_dir`.split(/\s+/),
);

export function mayBeCompose(text: string): boolean {
  if (!text.includes('services') || !WORDS.test(text)) return false;
  // Braces hold what lines do not show; those of templates come in twos.
  if (/^\s*\{(?![{%])/.test(text)) return /"services"\s*:\s*\{/.test(text);
  return SERVICES.test(text) && [...text.matchAll(TOP_KEY)].every(([, key = '']) => TOP.test(key));
}

/** Several services, each a mapping with keys that a container has, and nothing of other tools. */
export function isCompose(root: MappingNode): boolean {
  if (!root.entries.every(({ key }) => TOP.test(key))) return false;
  const services = entryOf(root, 'services')?.value;
  if (services?.kind !== 'mapping' || services.entries.length === 0) return false;
  const values = services.entries.filter(({ key }) => !key.startsWith('x-'));
  const known = values.filter(({ value }) => has(value, WHOLE) || isPart(value));
  // One that somebody is just typing does not make others unknown.
  return (
    known.length > 0 &&
    values.every(({ value }) => known.some((one) => one.value === value) || isEmpty(value))
  );
}

export function readCompose({ file, fields }: FormatDocument): ComposePiece {
  return {
    file,
    root: fields,
    services: new Map(
      fields
        .part('services')
        .named()
        .filter(([name, service]) => service.exists && !name.startsWith('x-')),
    ),
    hasIncludes: fields.says('include'),
  };
}

/** Whether all services of a file only change those of others. */
export function isOverlay({ services }: ComposePiece): boolean {
  return [...services.values()].every((one) => !WHOLE.some((key) => one.has(key)));
}

function has(node: SyntaxNode, keys: readonly string[]): boolean {
  return node.kind === 'mapping' && keys.some((key) => entryOf(node, key) !== undefined);
}

function isPart(node: SyntaxNode): boolean {
  return (
    node.kind === 'mapping' &&
    node.entries.length > 0 &&
    node.entries.every(({ key }) => PARTS.has(key) || key.startsWith('x-'))
  );
}

function isEmpty(node: SyntaxNode): boolean {
  if (node.kind === 'mapping') return node.entries.length === 0;
  return node.kind === 'scalar' && node.value === null;
}
