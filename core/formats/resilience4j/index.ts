import { defineFormat } from '../format.ts';
import { isSpring, readSpring } from './document.ts';
import { RESILIENCE4J } from './names.ts';
import { RESILIENCE4J_RULES } from './rules/index.ts';
import { joinSpring } from './whole.ts';

/** Resilience4j's properties in the YAML files of Spring applications. */
export const RESILIENCE4J_FORMAT = defineFormat({
  name: RESILIENCE4J,
  mayBe: (text) => text.includes('resilience4j'),
  recognises: isSpring,
  read: readSpring,
  join: joinSpring,
  rules: RESILIENCE4J_RULES,
  generalRules: {},
});
