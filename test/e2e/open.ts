/**
 * Opens VS Code with this checkout's extension and the samples; `npm run editor` calls it.
 *
 * A desktop VS Code is taken where there is one. Elsewhere, or with `--browser`, VS Code's own
 * server is started, and any browser on this machine can open the address that is printed.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installEditor } from './editor/install.ts';
import { serve } from './editor/serve.ts';
import { isProgram, onPath } from './editor/which.ts';
import { ROOT, SETTINGS } from './prepare.ts';

const SAMPLES = join(ROOT, 'samples');

/** The command-line starters of desktop editors that take VS Code's options. */
function findDesktop(): string | undefined {
  const macApps = ['/Applications', join(homedir(), 'Applications')].map((folder) =>
    join(folder, 'Visual Studio Code.app', 'Contents', 'Resources', 'app', 'bin', 'code'),
  );
  const { LOCALAPPDATA, ProgramFiles } = process.env;
  const windowsApps = [LOCALAPPDATA && join(LOCALAPPDATA, 'Programs'), ProgramFiles].flatMap(
    (folder) => (folder ? [join(folder, 'Microsoft VS Code', 'bin', 'code.cmd')] : []),
  );
  const named = ['code', 'code-insiders', 'codium'].map(onPath).find(Boolean);
  return named ?? [...macApps, ...windowsApps].find(isProgram);
}

/** Starts the desktop editor, which goes on without us. */
function openDesktop(program: string): Promise<number> {
  console.log(`editor: opening ${program}`);
  // Windows starts a .cmd file through a shell only, which wants its words quoted.
  const shell = process.platform === 'win32';
  const quote = (word: string) => (shell ? `"${word}"` : word);
  const args = [`--extensionDevelopmentPath=${ROOT}`, SAMPLES].map(quote);
  const child = spawn(quote(program), args, { shell, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });
}

/** Serves the editor to browsers until Ctrl-C. */
async function openInBrowser(): Promise<number> {
  // Ends through `exit`, whose handlers take the server along.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(0));
  }
  const served = await serve(await installEditor(), SETTINGS);
  console.log('editor: VS Code with this extension and the samples is at');
  console.log(`\n  ${served.url(SAMPLES, { extensionDevelopmentPath: ROOT })}\n`);
  console.log('editor: reload the page after a build; Ctrl-C ends it');
  await served.ended;
  console.error(`editor: the server ended by itself\n${await served.logTail(20)}`);
  return 1;
}

try {
  if (!existsSync(join(ROOT, 'dist'))) {
    throw new Error('There is no dist folder: build the extension first (npm run build).');
  }
  const desktop = process.argv.includes('--browser') ? undefined : findDesktop();
  process.exitCode = await (desktop ? openDesktop(desktop) : openInBrowser());
} catch (error) {
  console.error(`editor: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
