import { RULE_PAGES } from '../core/index.ts';
import { didYouMean } from '../core/model/did-you-mean.ts';
import { Misuse } from './exit.ts';

/** The page of a rule, or of a problem of the file itself. */
export function explain(id: string): string {
  const page = RULE_PAGES.get(id);
  if (page) return page.markdown;
  const guess = didYouMean(id, RULE_PAGES.keys());
  const hint = guess ? `Did you mean '${guess}'?` : 'Findings carry the id of their rule.';
  throw new Misuse(`There is no rule '${id}'. ${hint}`);
}
