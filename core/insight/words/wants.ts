import { listed } from '../../text/words.ts';
import type { InsightBase } from '../insight.ts';

const MOST_NAMED = 3;

/** One sentence for each thing that could be seen: what to add for it. */
export function wantTexts({ name, wants }: Pick<InsightBase, 'name' | 'wants'>): string[] {
  const own = `'${name}'`;
  const byGain = new Map<string, Map<string, string[]>>();
  const file = wants.find((one) => one.file !== undefined)?.file;
  const where = file === undefined ? '' : ` in ${file}`;
  for (const { key, tells, to } of wants) {
    const keys = byGain.get(tells) ?? new Map<string, string[]>();
    byGain.set(tells, keys);
    keys.set(key, [...(keys.get(key) ?? []), ...(to === undefined || to === own ? [] : [to])]);
  }
  return [...byGain].map(([tells, keys]) => {
    const additions = [...keys].map(([key, owners]) => {
      const to = owners.length > 0 ? ` to ${listed(owners, 'and', MOST_NAMED)}` : '';
      return `'${key}'${to}`;
    });
    return `Add ${listed(additions)}${where} to see ${tells}.`;
  });
}
