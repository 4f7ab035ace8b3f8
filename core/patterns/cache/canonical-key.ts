/**
 * The key of a request: the same for the same endpoint and parameters, in whatever order they are
 * written, and different for all others.
 *
 * @param params plain JSON data.
 */
export function canonicalKey(endpoint: string, params: unknown): string {
  return JSON.stringify([endpoint, params], (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
