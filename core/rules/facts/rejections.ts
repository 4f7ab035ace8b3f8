/** What the rules about pools that are too small take for too much, as a parameter of each. */
export const REJECTED = {
  title: 'share of requests that may be rejected while nothing is wrong',
  default: 0.01,
  minimum: 0,
  maximum: 1,
} as const;
