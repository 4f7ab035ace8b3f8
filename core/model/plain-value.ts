/** Data as JSON knows it: what a config says, without where and how it says it. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** Keys and indexes that lead from a value to one inside it; empty for the value itself. */
export type Path = readonly (string | number)[];
