import type { Analysis } from '../core/index.ts';
import { didYouMean } from '../core/model/did-you-mean.ts';
import type { Arguments } from './arguments.ts';
import { Misuse } from './exit.ts';

/**
 * The scenario that `--scenario` names; absent without that option.
 *
 * @param others words that stand for something other than a scenario, unless one has that name
 * @throws Misuse when there is none of that name
 */
export function chosenScenario(
  { values }: Arguments,
  { file, model }: Analysis,
  others: readonly string[] = [],
): string | undefined {
  const name = values.get('scenario');
  if (name === undefined || model.scenarios.has(name) || others.includes(name)) return name;
  const known = [...model.scenarios.keys()];
  if (known.length === 0) {
    throw new Misuse(`There is no scenario '${name}': '${file}' has no scenarios.`);
  }
  const guess = didYouMean(name, known);
  const hint = guess ? `Did you mean '${guess}'? ` : '';
  throw new Misuse(
    `There is no scenario '${name}' in '${file}'. ${hint}It has ${known.join(', ')}.`,
  );
}
