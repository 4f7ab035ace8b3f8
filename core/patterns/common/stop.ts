/** What a machine returns in place of a wait when there is nothing more to try. */
export const STOP = -1;
