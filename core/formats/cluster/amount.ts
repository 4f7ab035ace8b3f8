import type { Sourced } from '../../model/source.ts';
import type { Fields } from '../fields.ts';

/** Pods: so many, or so many of a hundred. */
export type Amount =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'percent'; readonly percent: number };

export function readAmount(fields: Fields, key: string): Sourced<Amount> | undefined {
  return fields.read(key, (value): Amount | undefined => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
      return { kind: 'count', count: value };
    }
    const [, percent] = /^(\d+)%$/.exec(String(value)) ?? [];
    return percent === undefined ? undefined : { kind: 'percent', percent: Number(percent) };
  });
}

/** How many pods that is of all of them. */
export function podsOf(amount: Amount, replicas: number, round: 'up' | 'down'): number {
  if (amount.kind === 'count') return amount.count;
  const exact = (amount.percent * replicas) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

export function amountText(amount: Amount): string {
  return amount.kind === 'count' ? String(amount.count) : `${amount.percent}%`;
}
