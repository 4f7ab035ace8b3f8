import type { Finding, RelatedFinding, SuppressedFinding } from '../model/finding.ts';
import type { SuppressedRule, Suppression } from './suppression.ts';

/** Findings, parted into those that are reported and those that comments silence. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** The rules in comments that have silenced something. */
  readonly used: ReadonlySet<SuppressedRule>;
}

/** Takes out what suppressions silence: findings, and what rules add to the findings of others. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): Judged {
  const used = new Set<SuppressedRule>();
  const table = new SuppressionTable(suppressions);
  const suppressed: SuppressedFinding[] = [];
  const reported = findings.flatMap((finding) => {
    const match = table.find(finding);
    if (match) {
      used.add(match.rule);
      const { reason, at } = match.suppression;
      suppressed.push({ finding, by: { kind: 'comment', reason, at } });
      return [];
    }
    const related = finding.related.filter((one) => {
      const silenced = table.find(one);
      if (silenced) used.add(silenced.rule);
      return !silenced;
    });
    return [related.length === finding.related.length ? finding : { ...finding, related }];
  });
  return { findings: reported, suppressed, used };
}

interface Match {
  readonly suppression: Suppression;
  readonly rule: SuppressedRule;
}

/** Suppressions by the rule that they silence; those of a node come before those of the file. */
class SuppressionTable {
  readonly #matches = new Map<string, Match[]>();

  constructor(suppressions: readonly Suppression[]) {
    const nodesFirst = suppressions.toSorted((a, b) => rankOf(a) - rankOf(b));
    for (const suppression of nodesFirst) {
      for (const rule of suppression.rules) {
        const matches = this.#matches.get(rule.id) ?? [];
        matches.push({ suppression, rule });
        this.#matches.set(rule.id, matches);
      }
    }
  }

  find({ ruleId = '', at }: Pick<RelatedFinding, 'ruleId' | 'at'>): Match | undefined {
    return this.#matches.get(ruleId)?.find(({ suppression: { at: own, span } }) => {
      return at.file === own.file && at.start >= span.start && at.start < span.end;
    });
  }
}

function rankOf({ scope }: Suppression): number {
  return scope === 'node' ? 0 : 1;
}
