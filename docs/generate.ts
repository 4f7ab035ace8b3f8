/**
 * Writes the pages under docs/rules from the rules' own files, so that the page a finding links to
 * says what the rule does. `npm run generate` writes them; the test beside this one fails when they
 * are stale.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PROBLEM_KINDS } from '../core/config/index.ts';
import { FORMAT_TOPICS } from '../core/formats/index.ts';
import { RULE_PAGES } from '../core/rule-pages.ts';
import { type RuleInfo, TOPICS } from '../core/rules/index.ts';
import { SUPPRESSION_RULES } from '../core/suppressions/index.ts';

/** The generated pages, by name in docs/rules. */
export function generatePages(): Record<string, string> {
  const pages = [...RULE_PAGES.values()].map(({ id, markdown }) => [`${id}.md`, markdown]);
  return { 'README.md': indexPage(), ...Object.fromEntries(pages) };
}

function table(rules: readonly RuleInfo[]): string[] {
  return [
    '| rule | says | usually |',
    '| --- | --- | --- |',
    ...rules.map(({ id, title, severity }) => `| [${id}](${id}.md) | ${title} | ${severity} |`),
  ];
}

function indexPage(): string {
  return [
    '# Rules',
    '',
    'What Faultline looks for. Each finding carries the id of its rule and links to its page.',
    '',
    ...TOPICS.flatMap(({ title, rules }) => [`## ${title}`, '', ...table(rules), '']),
    '## Files of other tools',
    '',
    'What is true of one format only. Besides these, the rules above that hold for it are checked.',
    '',
    ...FORMAT_TOPICS.flatMap(({ title, rules }) => [`### ${title}`, '', ...table(rules), '']),
    '## Suppressions',
    '',
    'What is meant as it is can be said in a comment, with the reason. `# faultline-ignore RULE: REASON`,',
    'behind a key or an item or on the line above it, speaks for all that is written in it;',
    '`# faultline-ignore-file RULE: REASON` for the whole file. Several rules are parted by commas. The',
    'editor writes the comment for you. JSON has no comments: there the configuration has to say it.',
    '',
    ...table(Object.values(SUPPRESSION_RULES)),
    '',
    '## Problems of the file itself',
    '',
    '| problem | says |',
    '| --- | --- |',
    ...Object.entries(PROBLEM_KINDS).map(([id, { title }]) => `| [${id}](${id}.md) | ${title} |`),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('rules/', import.meta.url);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const [name, text] of Object.entries(generatePages())) {
    await writeFile(new URL(name, folder), text);
  }
}
