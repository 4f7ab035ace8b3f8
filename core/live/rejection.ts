const NOW = Promise.resolve();

/**
 * A promise that is rejected as soon as whoever gets it has had the time to handle that. Of one that
 * is rejected from the start the host is told twice, that nobody handles it and then that somebody
 * does, which in Node takes longer than all the rest of the call.
 */
export function rejection(error: unknown): Promise<never> {
  return new Promise((_, reject) => {
    void NOW.then(() => reject(error));
  });
}
