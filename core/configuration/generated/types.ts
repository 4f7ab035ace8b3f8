// Generated from schemas/faultline-config.schema.json by `npm run generate`. Do not edit.


/**
 * How bad its findings are, or `off`; or a mapping with that and its parameters.
 * 
 * This interface was referenced by `FaultlineConfiguration`'s JSON-Schema
 * via the `definition` "RuleSetting".
 */
export type RuleSetting = (string | {
/**
 * How bad its findings are, whatever the rule thinks of them; `off` to leave them out.
 */
severity?: ("off" | "hint" | "info" | "warning" | "error")
/**
 * Numbers that decide when it fires, by their names; its page says which there are.
 */
parameters?: {
[k: string]: number
}
})

/**
 * How Faultline judges the resilience configs in the folder of this file and below it: how bad each rule is, its parameters, and what was there before.
 */
export interface FaultlineConfiguration {
/**
 * Where editors without Faultline find this schema.
 */
$schema?: string
rules?: Rules
/**
 * Other settings for some of the files. Where several speak of one rule, the last one counts.
 */
overrides?: Override[]
/**
 * A file with the findings that were there before, from the folder of this file; they are kept, but not reported. `faultline check --write-baseline` writes it.
 */
baseline?: string
}
/**
 * Settings of rules, by their ids.
 * 
 * This interface was referenced by `FaultlineConfiguration`'s JSON-Schema
 * via the `definition` "Rules".
 */
export interface Rules {
[k: string]: RuleSetting
}
/**
 * Other settings for some of the files.
 * 
 * This interface was referenced by `FaultlineConfiguration`'s JSON-Schema
 * via the `definition` "Override".
 */
export interface Override {
/**
 * Patterns of paths from the folder of this file: `*` stands for any characters but a slash, `?` for one of them, `**` for any folders. A pattern without a slash speaks of names in any folder; one that ends with a slash of all in that folder.
 * 
 * @minItems 1
 */
files: [string, ...(string)[]]
rules: Rules
}
