import type { SourceRange } from '../../../model/source.ts';
import type { RuleFinding } from '../../../rules/rule.ts';
import type { FormatRule } from '../../format.ts';
import { COMPOSE_KEYS, isCalledSwarm, type Project } from '../projects.ts';
import { type ComposeService, isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService } from './per-project.ts';

export const composeStackRefuses: FormatRule<ComposeWhole> = {
  id: 'compose-stack-refuses',
  title: 'A file for a Swarm has what docker stack deploy refuses',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
\`docker stack deploy\` reads an older form of the format than Compose does. It builds no images, and refuses
a service without an \`image\`; it knows no conditions under \`depends_on\` (and waits for nothing), no
\`profiles\`, no \`extends\` and no \`develop\`.

**Fires when** a file whose name says that it is for a Swarm (\`docker-stack.yml\`, \`compose.swarm.yaml\`) has
such a service. Information where it is written in another file that this one is put on top of.

**Fix** Name an image that all nodes can pull; list the names under \`depends_on\`, or remove it.

**Source** docker/cli, \`cli/compose/schema\`, \`cli/compose/types\` and \`cli/command/stack\`.
`,
  check: (whole) => perService(whole, checkService),
};

function* checkService(service: ComposeService, { files }: Project): Iterable<RuleFinding> {
  if (!files.some(isCalledSwarm)) return;
  const { dependencies, fields, image, isBuilt, name } = service;
  const refused = (at: SourceRange, what: string, advice: string): RuleFinding => ({
    subject: `refused at ${at.file} ${at.start}`,
    ...(!isCalledSwarm(at.file) && { severity: 'info' }),
    message: `'docker stack deploy' refuses '${name}': ${what}. ${advice}.`,
    at,
  });
  const buildAt = fields.keyAt('build');
  if (isBuilt && buildAt && !image && !fields.has('image') && isCertain(service, 'image')) {
    yield refused(buildAt, 'it builds no images, and none is named', 'Name the image too');
  }
  const dependsAt = fields.keyAt('depends_on');
  if (dependsAt && dependencies.some(({ isListed }) => !isListed)) {
    yield refused(dependsAt, 'depends_on has to be a list of names', 'Write the names only');
  }
  // What it takes over from another service is told of that one.
  const keys = fields.has('extends') ? ['extends'] : COMPOSE_KEYS;
  for (const key of keys) {
    const at = fields.keyAt(key);
    if (at) yield refused(at, `it knows no '${key}'`, 'Remove it');
  }
}
