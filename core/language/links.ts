import type { Config, TextRange } from '../config/index.ts';
import { readSuppressions } from '../suppressions/index.ts';

/** A place that leads elsewhere: to the page of a rule. */
export interface Link {
  readonly range: TextRange;
  readonly ruleId: string;
}

/** The links of a config, in its order. */
export function linksOf(config: Config): Link[] {
  return readSuppressions(config).flatMap(({ rules }) =>
    rules.map(({ at, id }) => ({ range: at, ruleId: id })),
  );
}
