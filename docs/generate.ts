/**
 * Writes the pages under docs/rules from the rules' own files, so that the page a finding links to
 * says what the rule does. `npm run generate` writes them; the test beside this one fails when they
 * are stale.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PROBLEM_KINDS } from '../core/config/index.ts';
import { RULES, TOPICS } from '../core/rules/index.ts';

const EVIDENCE = {
  file: 'the file alone',
  graph: 'the graph of calls',
  numbers: 'numbers that only you have; silent without them',
} as const;

/** The generated pages, by name in docs/rules. */
export function generatePages(): Record<string, string> {
  const pages: Record<string, string> = { 'README.md': indexPage() };
  for (const rule of RULES) {
    pages[`${rule.id}.md`] = [
      `# ${rule.title}`,
      '',
      `\`${rule.id}\` · usually ${rule.severity} · decided from ${EVIDENCE[rule.evidence]}`,
      '',
      rule.documentation.trim(),
      '',
    ].join('\n');
  }
  for (const [id, { title, documentation }] of Object.entries(PROBLEM_KINDS)) {
    pages[`${id}.md`] = [`# ${title}`, '', `\`${id}\` · error`, '', documentation, ''].join('\n');
  }
  return pages;
}

function indexPage(): string {
  return [
    '# Rules',
    '',
    'What Faultline looks for. Each finding carries the id of its rule and links to its page.',
    '',
    ...TOPICS.flatMap(({ title, rules }) => [
      `## ${title}`,
      '',
      '| rule | says | usually |',
      '| --- | --- | --- |',
      ...rules.map(({ id, title, severity }) => `| [${id}](${id}.md) | ${title} | ${severity} |`),
      '',
    ]),
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
