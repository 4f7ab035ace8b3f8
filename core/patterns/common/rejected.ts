/** What a machine returns in place of a permit or a wait when the call must not be made. */
export const REJECTED = -1;
