/** As messages call it, and whose defaults are said to be whose. */
export const COMPOSE = 'Docker Compose';
export const DOCKER = 'Docker';
