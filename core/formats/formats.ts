import type { RuleInfo } from '../rules/index.ts';
import { COMPOSE_FORMAT } from './compose/index.ts';
import { DAPR_FORMAT } from './dapr/index.ts';
import { DOTNET_FORMAT } from './dotnet/index.ts';
import { ENVOY_FORMAT } from './envoy/index.ts';
import { ENVOY_GATEWAY_FORMAT } from './envoy-gateway/index.ts';
import type { Format } from './format.ts';
import { GATEWAY_API_FORMAT } from './gateway-api/index.ts';
import { GRPC_FORMAT } from './grpc/index.ts';
import { ISTIO_FORMAT } from './istio/index.ts';
import { KUBERNETES_FORMAT } from './kubernetes/index.ts';
import { RESILIENCE4J_FORMAT } from './resilience4j/index.ts';
import { TRAEFIK_FORMAT } from './traefik/index.ts';

/** Every format besides Faultline's own. */
export const FORMATS: readonly Format[] = [
  DAPR_FORMAT,
  ISTIO_FORMAT,
  KUBERNETES_FORMAT,
  COMPOSE_FORMAT,
  ENVOY_FORMAT,
  RESILIENCE4J_FORMAT,
  GATEWAY_API_FORMAT,
  ENVOY_GATEWAY_FORMAT,
  DOTNET_FORMAT,
  GRPC_FORMAT,
  TRAEFIK_FORMAT,
];

/** The formats' own rules, by format. */
export const FORMAT_TOPICS: readonly {
  readonly title: string;
  readonly rules: readonly RuleInfo[];
}[] = FORMATS.map(({ name, rules }) => ({ title: name, rules }));

export const FORMAT_RULES: readonly RuleInfo[] = FORMATS.flatMap(({ rules }) => rules);

/**
 * Whether a text may belong to one of the formats. A text that does not is dismissed without being
 * parsed; one that seems to may still turn out to be something else.
 */
export function mayBeFormat(text: string): boolean {
  return FORMATS.some((format) => format.mayBe(text));
}

/** What a text that cannot be read seems to be. */
export function likelyFormat(text: string): string {
  return FORMATS.find((format) => format.mayBe(text))?.name ?? 'unknown';
}
