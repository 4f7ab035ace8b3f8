import type { RuleFinding } from '../../../rules/rule.ts';
import type { Project } from '../projects.ts';
import type { ComposeService } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';

/** Runs a check for each project. What several projects share is found in each, and told once. */
export function* perProject(
  { projects }: ComposeWhole,
  check: (project: Project) => Iterable<RuleFinding>,
): Iterable<RuleFinding> {
  for (const project of projects) yield* check(project);
}

/** As `perProject`, for each service. */
export function perService(
  whole: ComposeWhole,
  check: (service: ComposeService, project: Project) => Iterable<RuleFinding>,
): Iterable<RuleFinding> {
  return perProject(whole, function* (project) {
    for (const service of project.services.values()) yield* check(service, project);
  });
}

/** Tells a service from others of the same name. */
export function subjectOf(what: string, { name, nameAt }: ComposeService): string {
  return `${what} of ${name} ${nameAt.file} ${nameAt.start}`;
}

/** Whether somebody waits for the end of a service, so that it is not meant to stay. */
export function isMeantToEnd({ name }: ComposeService, { services }: Project): boolean {
  return [...services.values()].some(({ dependencies }) =>
    dependencies.some(
      (one) => one.name === name && one.condition.value === 'service_completed_successfully',
    ),
  );
}
