import { didYouMean } from '../../../model/did-you-mean.ts';
import type { RuleFinding } from '../../../rules/rule.ts';
import { listed, shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { folderOf } from '../application.ts';
import { groupBy } from '../group-by.ts';
import { type ModuleName, REMOVED, SETTINGS, uniform } from '../names.ts';
import type { Settings } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';
import { eachWritten } from './each-written.ts';
import { placeOf } from './everywhere.ts';

/** Nothing that anybody means is lost with these, in modules that have none. */
const HARMLESS = new Set([
  'registerhealthindicator',
  'allowhealthindicatortofail',
  'subscribeforevents',
  'writablestacktraceenabled',
  'eventconsumerbuffersize',
  'enabled',
  'tags',
]);

export const resilience4jUnknownSetting: FormatRule<SpringWhole> = {
  id: 'resilience4j-unknown-setting',
  title: 'A setting is not read',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Spring passes over properties that it does not know: a typo leaves the default in place, and nothing
says so. Resilience4j 2.0.1 removed some names that 1.x still reads: \`maxRetryAttempts\` (now
\`maxAttempts\`), \`ringBufferSizeInClosedState\` (\`slidingWindowSize\`), \`ringBufferSizeInHalfOpenState\`
(\`permittedNumberOfCallsInHalfOpenState\`) and \`contextPropagator\` (\`contextPropagators\`).

**Fires when** an instance or a config has a key that its module does not read, or does not read any more
since 2.0.1.

It is information where nothing like the key is known, or where an old name is not beside settings of
Spring Boot 3, which shows that no 1.x can be meant.

**Fix** Rename or remove it.

**Source** resilience4j/resilience4j, \`InstanceProperties\` of each module; release notes of 2.0.1.
`,
  *check(whole) {
    const folders = new Set(whole.documents.filter((one) => one.isOfBoot3).map(folderOf));
    for (const { document, module, own } of eachWritten(whole)) {
      const isOfBoot3 = folders.has(folderOf(document));
      const unknown = own.keys.filter(
        (key) => !SETTINGS[module].includes(key) && !HARMLESS.has(uniform(key)),
      );
      const misplaced = groupBy(unknown, moduleOf);
      for (const [elsewhere, keys] of misplaced) {
        if (elsewhere !== undefined) yield* settingOf(own, module, elsewhere, keys);
        else for (const key of keys) yield* unread(own, module, key, isOfBoot3);
      }
    }
  },
};

/** The module that does read it. */
function moduleOf(key: string): string | undefined {
  return Object.entries(SETTINGS).find(([, all]) =>
    all.some((one) => uniform(one) === uniform(key)),
  )?.[0];
}

function* settingOf(
  own: Settings,
  module: ModuleName,
  elsewhere: string,
  keys: readonly string[],
): Generator<RuleFinding> {
  const at = own.keyAt(keys[0] ?? '');
  if (!at) return;
  const names = listed(keys.map((key) => `'${shortened(key)}'`));
  const [is, it] = keys.length === 1 ? ['is a setting', 'it'] : ['are settings', 'them'];
  yield {
    subject: `setting ${placeOf(at)}`,
    message: `${names} ${is} of ${elsewhere}: a ${module} does not read ${it}, and nothing says so. Move ${it} there, or remove ${it}.`,
    at,
    unnecessary: true,
  };
}

function* unread(
  own: Settings,
  module: ModuleName,
  key: string,
  isOfBoot3: boolean,
): Generator<RuleFinding> {
  const at = own.keyAt(key);
  if (!at) return;
  const now = REMOVED[module][key];
  const guess = now ?? didYouMean(key, SETTINGS[module]);
  const hint = guess === undefined ? '' : ` Did you mean '${own.spell(guess)}'?`;
  yield {
    subject: `setting ${placeOf(at)}`,
    severity: (now ? isOfBoot3 : guess !== undefined) ? 'warning' : 'info',
    message: now
      ? `Resilience4j 1.x reads '${own.spell(key)}', 2.0.1 and later do not${isOfBoot3 ? ', and Spring Boot 3 needs these' : ''}: '${own.name}' goes without it. Rename it to '${own.spell(now)}'.`
      : `Resilience4j reads no '${shortened(key)}' of a ${module}, and nothing says so.${hint}`,
    at,
    unnecessary: true,
    fixes:
      guess === undefined || own.has(guess)
        ? []
        : [
            {
              title: `Rename it to ${own.spell(guess)}`,
              safe: false,
              changes: [{ kind: 'rename', at, name: own.spell(guess) }],
            },
          ],
  };
}
