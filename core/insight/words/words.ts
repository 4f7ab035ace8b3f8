/** An insight as people read it. */
export interface Words {
  readonly title: string;
  readonly rows: readonly Row[];
  /** What the numbers rest on, and what is missing. */
  readonly notes: readonly string[];
}

export interface Row {
  readonly label: string;
  readonly value: string;
}
