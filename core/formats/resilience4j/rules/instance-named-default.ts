import type { FormatRule } from '../../format.ts';
import { MODULE_NAMES } from '../document.ts';
import type { SpringWhole } from '../whole.ts';
import { everywhere, placeOf } from './everywhere.ts';

export const resilience4jInstanceNamedDefault: FormatRule<SpringWhole> = {
  id: 'resilience4j-instance-named-default',
  title: 'An instance is called default, and is the default of none',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`instances.default\` is an instance whose name is "default". What other instances inherit, and what holds
for names that are not written anywhere, is \`configs.default\`.

**Fires when** a module has \`instances.default\` and no \`configs.default\`.

**Fix** Move it to \`configs\`, unless an annotation really names the instance "default".

**Source** resilience4j/resilience4j, issue 937.
`,
  check: (whole) =>
    everywhere(whole, function* ({ modules }) {
      for (const module of MODULE_NAMES) {
        const own = modules.get(module)?.instances.get('default')?.own;
        if (!own || modules.get(module)?.configs.has('default')) continue;
        yield {
          subject: `instance ${placeOf(own.nameAt)}`,
          message: `This is the ${module} of a call that names 'default'; no other instance takes anything from it. For the default of all, write it under 'configs'.`,
          at: own.nameAt,
        };
      }
    }),
};
