import { entryOf, type MappingNode, type SyntaxNode } from '../../../config/syntax/node.ts';
import { didYouMean } from '../../../model/did-you-mean.ts';
import type { SourceRange } from '../../../model/source.ts';
import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { MODULE_NAMES } from '../document.ts';
import { OTHER_MODULES, SETTINGS, spelled, uniform } from '../names.ts';
import type { SpringWhole } from '../whole.ts';
import { placeOf } from './everywhere.ts';

/** What people write in place of `timelimiter`. */
const ALSO: Readonly<Record<string, string>> = { timeout: 'timelimiter', timeouts: 'timelimiter' };

export const resilience4jOutOfPlace: FormatRule<SpringWhole> = {
  id: 'resilience4j-out-of-place',
  title: 'Instances stand where they are not read',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Resilience4j reads \`resilience4j.MODULE.instances.NAME\` and \`resilience4j.MODULE.configs.NAME\`. The
modules are circuitbreaker, retry, bulkhead, thread-pool-bulkhead, ratelimiter and timelimiter. All else
is passed over without a word.

**Fires when** something with settings of a module stands in it beside \`instances\` and \`configs\`, or
\`instances\` or \`configs\` stand under a module that there is not.

**Fix** Move it under \`instances\`, or correct the name of the module.

**Source** resilience4j/resilience4j, the \`ConfigurationProperties\` of each module.
`,
  *check({ documents }) {
    for (const { fields, modules } of documents) {
      for (const [key, part] of fields.named()) {
        if (isKnownModule(key) || !hasSections(part.node)) continue;
        const guess = ALSO[uniform(key)] ?? didYouMean(key, MODULE_NAMES);
        yield finding(
          part.at,
          `Resilience4j has no module '${shortened(key)}', so nothing of this is read.${guess ? ` Did you mean '${guess}'?` : ''}`,
        );
      }
      for (const [module, { fields: own }] of modules) {
        for (const [key, part] of own.named()) {
          if (key === 'configs' || key === 'instances') continue;
          if (!hasSettings(part.node, module)) continue;
          yield finding(
            part.at,
            `Resilience4j reads ${module} '${shortened(key)}' only under 'instances' (or 'configs'), so nothing of this is read. Move it there.`,
          );
        }
      }
    }
  },
};

function isKnownModule(key: string): boolean {
  return key in SETTINGS || OTHER_MODULES.includes(key);
}

function hasSections(node: SyntaxNode | undefined): boolean {
  if (node?.kind !== 'mapping') return false;
  return ['instances', 'configs', 'backends'].some(
    (key) => entryOf(node, key)?.value.kind === 'mapping',
  );
}

function hasSettings(node: SyntaxNode | undefined, module: string): node is MappingNode {
  if (node?.kind !== 'mapping') return false;
  const path = ['resilience4j', module, 'instances', ''];
  const own = SETTINGS[module as keyof typeof SETTINGS];
  return node.entries.some(({ key }) => own.includes(spelled(key, path)));
}

function finding(at: SourceRange, message: string) {
  return { subject: `place ${placeOf(at)}`, message, at, unnecessary: true };
}
