import type { RuleFinding } from '../../../rules/rule.ts';
import type { FormatRule } from '../../format.ts';
import { type ComposeService, type Dependency, isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService } from './per-project.ts';

/** Official images without a `HEALTHCHECK`. Source: their Dockerfiles, docker-library. */
const WITHOUT_CHECK =
  /^(?:docker\.io\/)?(?:library\/)?(postgres|mysql|mariadb|mongo|redis|rabbitmq|nginx|memcached|zookeeper|httpd|haproxy|traefik)(?::|@|$)/;

export const composeHealthUnknown: FormatRule<ComposeWhole> = {
  id: 'compose-health-unknown',
  title: 'A service waits for a health that nobody checks',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
With \`condition: service_healthy\`, \`docker compose up\` waits for the health check of the other service.
Where there is none, it fails: *has no healthcheck configured*.

**Fires when** the service that is waited for has no \`healthcheck\` and an official image that brings none
(databases, queues and proxies of Docker's library); an error when its health check is switched off. Other
images may bring one of their own, so of those it is a hint; of what is built here, nothing is said.

**Fix** Give the service a \`healthcheck\`.

**Source** docker/compose, \`pkg/compose/convergence.go\`: \`isServiceHealthy\`.
`,
  check: (whole) =>
    perService(whole, function* (service, { services }) {
      if (!isCertain(service, 'depends_on')) return;
      for (const dependency of service.dependencies) {
        const other = services.get(dependency.name);
        if (!other || !dependency.isRequired) continue;
        if (dependency.condition.value === 'service_healthy') yield* judge(dependency, other);
      }
    }),
};

function* judge({ condition, name }: Dependency, other: ComposeService): Iterable<RuleFinding> {
  if (!isCertain(other, 'healthcheck') || !isCertain(other, 'image')) return;
  if (other.replicas?.value === 0) return;
  const { at } = condition.source;
  const subject = `condition at ${at.file} ${at.start}`;
  const test = other.healthcheck?.test;
  if (test?.kind === 'none') {
    yield {
      subject,
      severity: 'error',
      message: `'${name}' never becomes healthy: its health check is switched off, so 'docker compose up' fails here. Switch it on, or wait for service_started.`,
      at,
      related: [{ message: 'Switched off here.', at: test.at }],
    };
  }
  if (test && test.kind !== 'inherited') return;
  const [, official] = other.isBuilt ? [] : (WITHOUT_CHECK.exec(other.image?.value ?? '') ?? []);
  const related = [{ message: 'The service without one.', at: other.nameAt }];
  if (official !== undefined) {
    yield {
      subject,
      message: `'${name}' has no health check, and the image '${official}' brings none, so 'docker compose up' fails here: it has no healthcheck configured. Give '${name}' a healthcheck.`,
      at,
      related,
    };
  } else if (other.image && !other.isBuilt) {
    yield {
      subject,
      severity: 'hint',
      message: `'${name}' has no health check here: unless its image brings one, 'docker compose up' fails. Give '${name}' a healthcheck, so that nobody has to know the image.`,
      at,
      related,
    };
  }
}
