import { didYouMean } from '../../../model/did-you-mean.ts';
import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService } from './per-project.ts';

export const composeUnknownDependency: FormatRule<ComposeWhole> = {
  id: 'compose-unknown-dependency',
  title: 'A service depends on one that there is not',
  severity: 'error',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
Compose refuses a project in which a service depends on one that none of its files defines.

**Fires when** a file that Compose finds by itself (\`compose.yaml\`, \`docker-compose.yml\` …) names under
\`depends_on\` a service that neither it nor any file beside it defines. Says nothing where \`include\` or
\`extends\` bring in more, where the dependency is not \`required\`, and of files that are named with \`-f\`:
nobody knows with which others.

**Fix** Correct the spelling (the nearest name is suggested), or define the service.

**Source** compose-go, \`loader/validate.go\`: \`checkConsistency\`.
`,
  check: (whole) =>
    perService(whole, function* (service, { isWhole, names, services }) {
      if (!isWhole || service.isPartial) return;
      if ([...services.values()].some(({ isPartial }) => isPartial)) return;
      for (const { at, isRequired, name } of service.dependencies) {
        if (names.has(name) || !isRequired || /[${]/.test(name)) continue;
        const guess = didYouMean(name, names);
        yield {
          subject: `dependency at ${at.file} ${at.start}`,
          message: `There is no service '${shortened(name)}', so Docker Compose refuses this file.${guess ? ` Did you mean '${guess}'?` : ' Define it, or remove the name.'}`,
          at,
          fixes: guess
            ? [
                {
                  title: `Change the name to '${shortened(guess)}'`,
                  safe: true,
                  changes: [
                    service.dependencies.find((one) => one.at === at)?.isListed
                      ? { kind: 'replace', at, value: guess }
                      : { kind: 'rename', at, name: guess },
                  ],
                },
              ]
            : [],
        };
      }
    }),
};
