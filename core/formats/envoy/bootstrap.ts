import type { SourceRange } from '../../model/source.ts';
import type { FormatDocument } from '../document.ts';
import { Fields } from '../fields.ts';
import { type EnvoyCluster, readCluster } from './cluster.ts';
import { inSnakeCase, type RefusedDuration } from './proto.ts';
import { readRoutes, type VirtualHost } from './route.ts';

/** What one Envoy is started with, or a file of resources that it watches. */
export interface Bootstrap {
  readonly fields: Fields;
  readonly clusters: readonly EnvoyCluster[];
  readonly hosts: readonly VirtualHost[];
  readonly faults: readonly InjectedFault[];
  /** Whether there can be no clusters besides those that are written in it. */
  readonly knowsClusters: boolean;
  readonly refused: readonly RefusedDuration[];
}

/** A filter that makes requests fail on purpose. */
export interface InjectedFault {
  readonly at: SourceRange;
  /** `delay`, `abort`. */
  readonly kinds: readonly string[];
}

const TYPE = /^type\.googleapis\.com\/envoy\.\w+(?:\.\w+)*\.v3\.(\w+)$/;

export function readBootstrap({ fields, root }: FormatDocument): Bootstrap {
  const own = new Fields(inSnakeCase(root), fields.at);
  const refused: RefusedDuration[] = [];
  const statics = own.part('static_resources');
  const dynamics = own.part('dynamic_resources');
  const resources = own.items('resources');
  const ofType = (type: string) => resources.filter((one) => typeOf(one) === type);
  const filters = [...statics.items('listeners'), ...ofType('Listener')].flatMap(filtersOf);
  const managers = filters.filter((one) => one.has('http_filters') || one.has('route_config'));
  const configs = [
    ...managers.map((one) => one.part('route_config')),
    ...ofType('RouteConfiguration'),
  ];
  return {
    fields: own,
    clusters: [...statics.items('clusters'), ...ofType('Cluster')].flatMap(
      (one) => readCluster(one, refused) ?? [],
    ),
    hosts: configs.flatMap((one) => readRoutes(one, refused)),
    faults: managers.flatMap((one) => one.items('http_filters').flatMap(readFault)),
    knowsClusters: statics.items('clusters').length > 0 && !dynamics.exists,
    refused,
  };
}

/** The settings of the network filters of a listener. */
function filtersOf(listener: Fields): readonly Fields[] {
  return [...listener.items('filter_chains'), listener.part('default_filter_chain')]
    .flatMap((chain) => chain.items('filters'))
    .map(settingsOf);
}

/** Before version 3 of the API they stood under another key. */
function settingsOf(filter: Fields): Fields {
  return filter.part(filter.has('typed_config') ? 'typed_config' : 'config');
}

function typeOf(resource: Fields): string | undefined {
  const [, type] = TYPE.exec(resource.text('@type')?.value ?? '') ?? [];
  return type;
}

/** What requests themselves ask for, by a header, is a tool; so is what is at 0 until somebody wants it. */
function readFault(filter: Fields): InjectedFault[] {
  const name = filter.text('name');
  if (!name || !/^envoy\.(?:filters\.http\.)?fault$/.test(name.value)) return [];
  const settings = settingsOf(filter);
  const kinds = ['delay', 'abort'].filter((kind) => {
    const fault = settings.part(kind);
    const share = fault.part('percentage').number('numerator')?.value ?? 0;
    return share > 0 && !fault.has(`header_${kind}`);
  });
  return kinds.length > 0 ? [{ at: name.source.at, kinds }] : [];
}
