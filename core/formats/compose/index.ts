import { defineFormat } from '../format.ts';
import { COMPOSE } from './names.ts';
import { isCompose, mayBeCompose, readCompose } from './piece.ts';
import { COMPOSE_RULES } from './rules/index.ts';
import { joinCompose } from './whole.ts';

/** Files of Docker Compose, and of `docker stack deploy`, which reads the same format. */
export const COMPOSE_FORMAT = defineFormat({
  name: COMPOSE,
  mayBe: mayBeCompose,
  recognises: isCompose,
  read: readCompose,
  join: joinCompose,
  rules: COMPOSE_RULES,
  generalRules: {},
});
