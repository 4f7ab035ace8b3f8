import type { SpringDocument } from '../document.ts';
import type { ModuleName } from '../names.ts';
import { Settings } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';

/** What is written of one name in one document, whatever others add to it. */
export interface Written {
  readonly module: ModuleName;
  readonly section: 'configs' | 'instances';
  readonly own: Settings;
  readonly document: SpringDocument;
}

export function* eachWritten({ documents }: SpringWhole): Generator<Written> {
  for (const document of documents) {
    for (const [module, own] of document.modules) {
      for (const section of ['configs', 'instances'] as const) {
        for (const [name, fields] of own[section]) {
          yield { module, section, own: new Settings(name, [fields]), document };
        }
      }
    }
  }
}
