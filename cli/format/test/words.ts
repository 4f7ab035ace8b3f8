import type { ObjectiveResult } from '../../../core/report/report.ts';
import { violationText } from '../../../core/report/text.ts';
import type { TestedFile, TestedScenario } from '../../test-file.ts';

/** `shop.resilience.yaml:12:31`, counted from 1. */
export function placeOf({ place }: ObjectiveResult): string {
  return `${place.file}:${place.start.line + 1}:${place.start.character + 1}`;
}

/** `Availability: expected ≥ 99%, found 66.8% ± 1.2`. */
export function foundText({ achieved, name, target }: ObjectiveResult): string {
  return `${name}: expected ${target}, found ${achieved}`;
}

/** `First broken at 10s, with seed 5`, and how to see it. */
export function whenText(
  { file }: TestedFile,
  { name, seed }: TestedScenario,
  { violation }: ObjectiveResult,
): string {
  const command = `faultline simulate ${quoted(file)} --scenario ${quoted(name)} --seed ${seed}`;
  const when = violation ? `${violationText(violation)}, with` : 'with';
  return `${when.charAt(0).toUpperCase()}${when.slice(1)} seed ${seed}: ${command}`;
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
