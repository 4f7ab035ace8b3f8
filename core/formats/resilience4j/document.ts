import type { MappingNode } from '../../config/syntax/node.ts';
import type { SourceRange } from '../../model/source.ts';
import type { FormatDocument } from '../document.ts';
import { Fields } from '../fields.ts';
import { isModule, type ModuleName, SETTINGS } from './names.ts';
import { propertiesOf, valueAt } from './properties.ts';

/** What one document of a Spring application says of Resilience4j. */
export interface SpringDocument {
  readonly file: string;
  readonly at: SourceRange;
  /** Under which profiles it is read, as it says so itself; always, if absent. */
  readonly profile?: string;
  /** All below `resilience4j`. */
  readonly fields: Fields;
  readonly modules: ReadonlyMap<ModuleName, Module>;
  /** It has settings of Spring Boot 3, for which there is no Resilience4j before 2.0. */
  readonly isOfBoot3: boolean;
}

export interface Module {
  readonly fields: Fields;
  readonly configs: readonly Named[];
  readonly instances: readonly Named[];
}

/** What earlier versions had under other names, or not at all. */
const ONLY_BOOT_3 = [
  'management.tracing',
  'management.otlp.tracing',
  'management.zipkin.tracing',
  'spring.data.redis.host',
  'spring.threads.virtual',
];

export type Named = readonly [name: string, fields: Fields];

export const MODULE_NAMES = Object.keys(SETTINGS) as readonly ModuleName[];

/** Whether a document has something below `resilience4j` that the library reads. */
export function isSpring(root: MappingNode): boolean {
  if (!root.entries.some(({ key }) => key.split('.')[0] === 'resilience4j')) return false;
  const own = valueAt(propertiesOf(root, ['resilience4j']), ['resilience4j']);
  return own?.kind === 'mapping' && own.entries.some(({ key }) => isModule(key));
}

export function readSpring({ fields: { at }, file, root }: FormatDocument): SpringDocument {
  const properties = propertiesOf(root, ['resilience4j', 'spring', 'management']);
  const fields = new Fields(properties, at).part('resilience4j');
  const profile = profileOf(properties);
  const modules = MODULE_NAMES.filter((name) => fields.has(name)).map((name) => {
    const own = fields.part(name);
    const configs = own.part('configs').named();
    const instances = own.part('instances').named();
    return [name, { fields: own, configs, instances }] as const;
  });
  return {
    file,
    at: { file, ...root.range },
    ...(profile !== undefined && { profile }),
    fields,
    modules: new Map(modules),
    isOfBoot3: ONLY_BOOT_3.some((path) => valueAt(properties, path.split('.')) !== undefined),
  };
}

/** Before Spring Boot 2.4 documents said `spring.profiles`. */
function profileOf(properties: MappingNode): string | undefined {
  const active = valueAt(properties, ['spring', 'config', 'activate', 'on-profile']);
  const profile = active ?? valueAt(properties, ['spring', 'profiles']);
  if (profile === undefined || profile.kind === 'mapping') return undefined;
  const names = profile.kind === 'scalar' ? [profile] : profile.items;
  return names.map((one) => (one.kind === 'scalar' ? String(one.value) : '?')).join(',');
}
