import { FORMAT_RULES } from '../formats/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import { RULES } from '../rules/index.ts';
import { DIRECTIVE } from './suppression.ts';

/** Whether comments can silence a finding: what rules find, but not what is wrong with the file. */
export function isSuppressible({ ruleId }: Finding): boolean {
  return [...RULES, ...FORMAT_RULES].some(({ id }) => id === ruleId);
}

/**
 * The comments that would silence a finding: on its line, or for the whole file. What is left to the
 * author is the reason; as long as it is missing, that is said.
 */
export function proposeSuppressions({ ruleId, at }: Finding): Fix[] {
  return [
    {
      title: `Silence '${ruleId}' here, with a comment`,
      safe: false,
      changes: [{ kind: 'remark', above: at, text: `# ${DIRECTIVE} ${ruleId}:` }],
    },
    {
      title: `Silence '${ruleId}' in this file, with a comment`,
      safe: false,
      changes: [
        { kind: 'remark', above: { start: 0, end: 0 }, text: `# ${DIRECTIVE}-file ${ruleId}:` },
      ],
    },
  ];
}
