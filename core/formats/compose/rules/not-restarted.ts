import type { RuleFinding } from '../../../rules/rule.ts';
import { listed } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { Project } from '../projects.ts';
import { type ComposeService, isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { isMeantToEnd, perProject, subjectOf } from './per-project.ts';

export const composeNotRestarted: FormatRule<ComposeWhole> = {
  id: 'compose-not-restarted',
  title: 'A service that ends stays down, unlike those beside it',
  severity: 'info',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
Without \`restart\`, a container that crashes stays down, and so does one whose host was rebooted. Where
other services of the same project are started again, one without is often forgotten.

**Fires when** a service that offers something (it has \`ports\` or a \`healthcheck\`, or others depend on it)
has no restart policy, and another one that does so has one. Says nothing of projects for a Swarm,
where the default is to start again.

**Fix** Set \`restart: unless-stopped\`.

**Source** Compose specification, \`restart\`: the default is \`no\`.
`,
  check: (whole) => perProject(whole, checkProject),
};

function* checkProject(project: Project): Iterable<RuleFinding> {
  if (project.isForSwarm) return;
  const all = [...project.services.values()];
  const needed = new Set(all.flatMap(({ dependencies }) => dependencies.map(({ name }) => name)));
  const offers = (service: ComposeService) =>
    !isMeantToEnd(service, project) &&
    (service.fields.has('ports') || service.healthcheck !== undefined || needed.has(service.name));
  const offering = all.filter(offers);
  const restarted = offering.filter(({ restart }) => restart && restart.condition.value !== 'no');
  if (restarted.length === 0) return;
  for (const service of offering) {
    const { deploy, fields, name, nameAt } = service;
    if (fields.has('restart') || deploy.has('restart_policy')) continue;
    if (!isCertain(service, 'restart') || !isCertain(service, 'deploy')) continue;
    // Whoever asks for a profile by name looks at what it does.
    if (fields.has('profiles') || service.replicas?.value === 0) continue;
    yield {
      subject: subjectOf('restart', service),
      message: `When '${name}' crashes, or the host is rebooted, it stays down: it has no restart (default 'no'), unlike ${listed(
        restarted.map((one) => `'${one.name}'`),
        'and',
        2,
      )}. Set restart to unless-stopped.`,
      at: nameAt,
      fixes: [
        {
          title: 'Add restart: unless-stopped',
          safe: false,
          changes: [{ kind: 'put', owner: nameAt, key: 'restart', value: 'unless-stopped' }],
        },
      ],
    };
  }
}
