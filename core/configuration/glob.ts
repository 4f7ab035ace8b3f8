/**
 * Whether a path matches a pattern. `*` stands for any characters but a slash, `?` for one of them,
 * `**` as a whole step for any folders. A pattern without a slash speaks of names in any folder; one
 * that ends with a slash of all in that folder. Takes time in proportion to both lengths at worst, so
 * no pattern can be made to hang.
 *
 * @param path with slashes, from the folder that the pattern speaks of.
 */
export function matchesGlob(path: string, pattern: string): boolean {
  const plain = pattern.replace(/^\.?\//, '');
  const isAnywhere = !plain.slice(0, -1).includes('/') && !pattern.startsWith('/');
  const steps = (isAnywhere ? `**/${plain}` : plain).split('/');
  if (steps.at(-1) === '') steps[steps.length - 1] = '**';
  return matchesSteps(path.split('/'), steps);
}

/** Row by row: which beginnings of the path each beginning of the pattern matches. */
function matchesSteps(path: readonly string[], pattern: readonly string[]): boolean {
  let reached = path.map(() => false);
  reached.unshift(true);
  for (const step of pattern) {
    const next = reached.map(() => false);
    for (const [index, wasReached] of reached.entries()) {
      if (step === '**') next[index] = wasReached || next[index - 1] === true;
      else if (wasReached && index < path.length) {
        next[index + 1] = matchesName(path[index] ?? '', step);
      }
    }
    reached = next;
  }
  return reached.at(-1) === true;
}

/** Goes back to the last star only, which is enough: what an earlier one took can stay as it is. */
function matchesName(name: string, pattern: string): boolean {
  let at = 0;
  let done = 0;
  let star = -1;
  let retry = 0;
  while (at < name.length) {
    const wanted = pattern[done];
    if (wanted === '*') {
      star = done++;
      retry = at;
    } else if (wanted === '?' || (wanted !== undefined && wanted === name[at])) {
      done++;
      at++;
    } else if (star >= 0) {
      done = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[done] === '*') done++;
  return done === pattern.length;
}
