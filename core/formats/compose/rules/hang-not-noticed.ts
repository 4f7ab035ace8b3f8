import type { RuleFinding } from '../../../rules/rule.ts';
import { listed } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { Project } from '../projects.ts';
import { type ComposeService, isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { isMeantToEnd, perProject, subjectOf } from './per-project.ts';

export const composeHangNotNoticed: FormatRule<ComposeWhole> = {
  id: 'compose-hang-not-noticed',
  title: 'A service that others need has no health check, unlike those beside it',
  severity: 'hint',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
A restart policy helps against a program that ends. One that hangs is running, and only a health check
tells the difference: to whoever waits for it, to a Swarm (which replaces it), and to people.

**Fires when** a service that others depend on has no \`healthcheck\`, and other services of the project
have one. A hint, for its image may bring one.

**Fix** Give it a \`healthcheck\`.

**Source** Compose specification, \`healthcheck\`; Dockerfile reference, \`HEALTHCHECK\`.
`,
  check: (whole) => perProject(whole, checkProject),
};

function* checkProject(project: Project): Iterable<RuleFinding> {
  const all = [...project.services.values()];
  const checked = all.filter(isChecked);
  if (checked.length === 0) return;
  for (const service of all) {
    const { fields, name, nameAt } = service;
    if (fields.has('healthcheck') || !isCertain(service, 'healthcheck')) continue;
    const user = all.find((one) =>
      one.dependencies.some((other) => other.name === name && other.isRequired),
    );
    // Where it is waited for, that is the worse of the two.
    const isAwaited = all.some((one) =>
      one.dependencies.some(
        (other) => other.name === name && other.condition.value === 'service_healthy',
      ),
    );
    if (!user || isAwaited || isMeantToEnd(service, project)) continue;
    yield {
      subject: subjectOf('health', service),
      message: `When '${name}' hangs, nobody notices, though '${user.name}' depends on it: it has no healthcheck here, unlike ${listed(
        checked.map((one) => `'${one.name}'`),
        'and',
        2,
      )}.`,
      at: nameAt,
    };
  }
}

function isChecked({ healthcheck }: ComposeService): boolean {
  return healthcheck?.test.kind === 'shell' || healthcheck?.test.kind === 'exec';
}
