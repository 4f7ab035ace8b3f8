import type { RuleFinding } from '../../../rules/rule.ts';
import { plural } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { Layers } from '../layers.ts';
import type { Project } from '../projects.ts';
import { type ComposeService, isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService } from './per-project.ts';

const CHECK_TIMES = ['interval', 'timeout', 'start_period', 'start_interval'];

export const composeValueRefused: FormatRule<ComposeWhole> = {
  id: 'compose-value-refused',
  title: 'Docker Compose refuses a value',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
One of these keeps the whole project from being started.

**Fires when** a duration has no unit; the \`test\` of a \`healthcheck\` is a list that does not begin with
\`CMD\`, \`CMD-SHELL\` or \`NONE\`; \`start_interval\` has no \`start_period\` (in a project that is not for a
Swarm); a memory reservation is larger than the limit.

**Fix** As the message says.

**Source** compose-go, \`schema/compose-spec.json\` and \`loader/validate.go\`; docker/compose,
\`ToMobyHealthCheck\`; moby, \`daemon_unix.go\`.
`,
  check: (whole) => perService(whole, checkService),
};

function* checkService(service: ComposeService, project: Project): Iterable<RuleFinding> {
  const { fields, healthcheck, name } = service;
  yield* withoutUnit(fields, 'stop_grace_period');
  if (healthcheck) {
    for (const key of CHECK_TIMES) yield* withoutUnit(healthcheck.fields, key);
    if (healthcheck.test.kind === 'refused') {
      const { at } = healthcheck.test;
      yield {
        subject: `test at ${at.file} ${at.start}`,
        message: `The health check of '${name}' is refused: its list must begin with CMD, CMD-SHELL or NONE. Put CMD before the program.`,
        at,
      };
    }
    yield* startIntervalAlone(service, project);
  }
  yield* reservedMore(service);
}

function* withoutUnit(fields: Layers, key: string): Iterable<RuleFinding> {
  const written = fields.scalar(key);
  if (!written || !/^[1-9]\d*$/.test(written.value)) return;
  const { at } = written.source;
  yield {
    subject: `duration at ${at.file} ${at.start}`,
    message: `Docker Compose refuses '${key}: ${written.value}': a duration needs a unit. Did you mean ${written.value}s?`,
    at,
    fixes: [
      {
        title: `Change it to ${written.value}s`,
        safe: true,
        changes: [{ kind: 'replace', at, value: `${written.value}s` }],
      },
    ],
  };
}

function* startIntervalAlone(
  service: ComposeService,
  { isForSwarm }: Project,
): Iterable<RuleFinding> {
  const { fields } = service.healthcheck ?? {};
  const at = fields?.keyAt('start_interval');
  if (!fields || !at || fields.has('start_period') || isForSwarm) return;
  if (!isCertain(service, 'healthcheck')) return;
  yield {
    subject: `start interval at ${at.file} ${at.start}`,
    message: `Docker Compose refuses start_interval without start_period: it is how often '${service.name}' is checked during that time. Write start_period.`,
    at,
  };
}

function* reservedMore(service: ComposeService): Iterable<RuleFinding> {
  const { deploy, fields, name } = service;
  if (!isCertain(service, 'deploy')) return;
  const resources = deploy.part('resources');
  const limit = bytesOf(resources.part('limits'), 'memory') ?? bytesOf(fields, 'mem_limit');
  const reserved =
    bytesOf(resources.part('reservations'), 'memory') ?? bytesOf(fields, 'mem_reservation');
  if (!limit || !reserved || limit.value === 0 || reserved.value <= limit.value) return;
  const { at } = reserved.source;
  yield {
    subject: `memory at ${at.file} ${at.start}`,
    message: `The engine refuses to create '${name}': it reserves more memory than its limit allows, by ${plural(Math.ceil((reserved.value - limit.value) / 2 ** 20), 'MiB', 'MiB')}. Raise the limit, or reserve less.`,
    at,
    related: [{ message: 'The limit.', at: limit.source.at }],
  };
}

const UNITS = ['b', 'k', 'm', 'g', 't'];

/** Source: docker/go-units, `RAMInBytes`. */
function bytesOf(fields: Layers, key: string) {
  return fields.read(key, (value) => {
    const [, amount, unit = 'b'] =
      /^(\d+(?:\.\d+)?)\s*([bkmgt])?(?:ib|b)?$/i.exec(String(value)) ?? [];
    return amount === undefined
      ? undefined
      : Number(amount) * 1_024 ** UNITS.indexOf(unit.toLowerCase());
  });
}
