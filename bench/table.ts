/** One measured figure and the bound it should keep, as a line of a table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bound?: number;
}

/** Prints figures under a heading that says how they were measured. */
export function printFigures(heading: string, method: string, figures: readonly Figure[]): void {
  console.log(`\n${heading}\n  ${method}`);
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const { name, value, unit, bound } of figures) {
    const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
    const verdict =
      bound === undefined ? '' : `  ${value <= bound ? 'within' : 'OVER'} ${bound} ${unit}`;
    console.log(`  ${name.padEnd(width)}  ${value.toFixed(digits).padStart(8)} ${unit}${verdict}`);
  }
}

/** The value below which the given share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
