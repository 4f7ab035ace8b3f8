import type { RuleFinding } from '../../../rules/rule.ts';
import type { FormatRule } from '../../format.ts';
import type { Project } from '../projects.ts';
import { type Dependency, isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perProject } from './per-project.ts';

export const composeDependencyCycle: FormatRule<ComposeWhole> = {
  id: 'compose-dependency-cycle',
  title: 'Services wait for one another',
  severity: 'error',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
Each service starts after those that it depends on. Where that leads back to itself, none can be the
first, and Compose refuses the project.

**Fires when** following \`depends_on\` from a service leads back to it.

**Fix** Remove one of the dependencies, and let that service try again until the other one is there.

**Source** compose-go, \`graph.CheckCycle\`.
`,
  check: (whole) => perProject(whole, checkProject),
};

function* checkProject({ services }: Project): Iterable<RuleFinding> {
  const done = new Set<string>();
  const path: { readonly name: string; readonly dependency: Dependency }[] = [];
  const follow = function* (name: string): Iterable<RuleFinding> {
    const service = services.get(name);
    if (!service || done.has(name) || !isCertain(service, 'depends_on')) return;
    for (const dependency of service.dependencies) {
      path.push({ name, dependency });
      const begin = path.findIndex((step) => step.name === dependency.name);
      if (begin >= 0) {
        const [first, ...others] = [...path.slice(begin).map((step) => step.name), dependency.name];
        const { at } = dependency;
        yield {
          subject: `cycle at ${at.file} ${at.start}`,
          message: `Docker Compose refuses this: '${first}' waits for ${others.map((one) => `'${one}'`).join(', which waits for ')}. Remove one of these dependencies.`,
          at,
        };
      } else yield* follow(dependency.name);
      path.pop();
    }
    done.add(name);
  };
  for (const name of services.keys()) yield* follow(name);
}
