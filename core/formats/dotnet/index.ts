import { defineFormat } from '../format.ts';
import { hasHandler, readSettings } from './handler.ts';
import { DOTNET } from './names.ts';
import { DOTNET_RULES } from './rules/index.ts';
import { joinSettings } from './whole.ts';

/** What every handler names at least one of, in any spelling. */
const MARK =
  /"(?:MaxRetryAttempts|FailureRatio|MinimumThroughput|MaxHedgedAttempts|AttemptTimeout|TotalRequestTimeout)"/i;

/** The resilience handlers of .NET in JSON settings. */
export const DOTNET_FORMAT = defineFormat({
  name: DOTNET,
  mayBe: (text) => MARK.test(text),
  recognises: hasHandler,
  read: readSettings,
  join: joinSettings,
  rules: DOTNET_RULES,
  generalRules: { 'attempts-exceed-deadline': 'info' },
});
