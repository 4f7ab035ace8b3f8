import type { RuleInfo } from '../rules/index.ts';

/** What can be wrong with a suppression; found by the engine rather than in the model. */
export const SUPPRESSION_RULES = {
  'unused-suppression': {
    id: 'unused-suppression',
    title: 'A suppression silences nothing',
    severity: 'info',
    evidence: 'file',
    since: '0.1.0',
    documentation: `
A suppression that is left when its cause is gone will one day silence something else that nobody has
judged.

**Fires when** a \`# faultline-ignore\` comment names a rule that finds nothing in what it is about, or in
its file. Says nothing while the file has errors, since rules are silent about what they cannot read.

**Fix** Delete the comment, or the name of the rule in it.
`,
  },
  'unknown-rule': {
    id: 'unknown-rule',
    title: 'A suppression names no rule',
    severity: 'warning',
    evidence: 'file',
    since: '0.1.0',
    documentation: `
A suppression works only for the rules that it names: \`# faultline-ignore RULE, RULE: REASON\` behind a
key or an item or on the line above it, for all that is written in it, or
\`# faultline-ignore-file RULE: REASON\` for the file. Problems of the file itself (its syntax, its keys
and values) cannot be silenced.

**Fires when** the comment names no rule, or one that does not exist.

**Fix** Correct the spelling (the nearest name is suggested), or delete the comment.
`,
  },
  'suppression-without-reason': {
    id: 'suppression-without-reason',
    title: 'A suppression does not say why',
    severity: 'info',
    evidence: 'file',
    since: '0.1.0',
    documentation: `
Whoever meets the comment next has to decide whether it still holds, and cannot without knowing why it
was written. The reason is also what reports show beside a suppressed finding.

**Fires when** nothing follows the colon of a \`# faultline-ignore\` comment.

**Fix** Write the reason behind the colon: \`# faultline-ignore single-instance: runs once a night\`.
`,
  },
} as const satisfies Record<string, RuleInfo>;
