import type { SyntaxNode } from '../config/index.ts';
import type { Finding } from '../model/finding.ts';
import { Entities } from './entities.ts';

/**
 * What findings are about, in words that outlive edits of the file: the rule and the thing in the
 * system, as in `single-instance redundancy/orders`. Not the line, not the message, not the order.
 * Findings of one rule on one thing share theirs.
 */
export class Fingerprints {
  readonly #entities: Entities;

  constructor(root: SyntaxNode | undefined) {
    this.#entities = new Entities(root);
  }

  of({ ruleId, at }: Pick<Finding, 'ruleId' | 'at'>): string {
    const entity = this.#entities.at(at.start);
    return entity === '' ? ruleId : `${ruleId} ${entity}`;
  }
}
