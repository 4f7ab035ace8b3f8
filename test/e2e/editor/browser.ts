/** Finds a Chromium on this machine, or unpacks the one from npm, and opens a page in it. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import type { Editor } from './install.ts';
import { isProgram, onPath } from './which.ts';

/** The size of the window, and so of the screenshots. */
const VIEWPORT = { width: 1400, height: 900 };
/** Root in a container has no sandbox; the rest keeps Chromium from calling anyone by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nor may the page: what it cannot get from this machine, it must not need.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
];

/** A Chromium to start. */
interface Program {
  readonly path: string;
  /** What its environment must say in addition to ours. */
  readonly env?: Record<string, string>;
}

/** Starts a headless Chromium, with a page of the size that all screenshots have. */
export async function openBrowser(editor: Editor) {
  const program = await findChromium(editor);
  const browser: Browser = await chromium.launch({
    executablePath: program.path,
    headless: true,
    args: FLAGS,
    env: { ...process.env, ...program.env },
  });
  // Without motion a picture never catches the page half-way.
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return { browser, page: await context.newPage(), program: program.path };
}

/**
 * The Chromium that `FAULTLINE_CHROMIUM` names, else an installed one, else the one from npm, which
 * `FAULTLINE_CHROMIUM=npm` asks for where another one is installed.
 */
async function findChromium(editor: Editor): Promise<Program> {
  const named = process.env.FAULTLINE_CHROMIUM;
  if (named && named !== 'npm') {
    if (!isProgram(named)) {
      throw new Error(`FAULTLINE_CHROMIUM names ${named}, which is not a program to run.`);
    }
    return { path: named };
  }
  const path = ON_PATH.map(onPath).find(Boolean) ?? USUAL_PLACES.find(isProgram);
  if (path && !named) {
    return { path };
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    return unpackChromium(editor);
  }
  throw new Error(
    `Found no Chromium, and npm has one for Linux on x64 only. ` +
      `Install Chromium or Chrome, or name it in FAULTLINE_CHROMIUM.`,
  );
}

/** Unpacks the Chromium that the npm package carries, once, beside the installed editor. */
async function unpackChromium({ home }: Editor): Promise<Program> {
  const modules = join(home, 'node_modules');
  const folder = join(home, 'chromium');
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}.part`;
    await mkdir(draft, { recursive: true });
    await inflate(join(modules, '@sparticuz', 'chromium'), draft);
    await writeFile(
      join(draft, 'fonts.conf'),
      fontConfig(join(modules, 'dejavu-fonts-ttf', 'ttf')),
    );
    await rename(draft, folder).catch(async (error: unknown) => {
      await rm(draft, { recursive: true, force: true });
      if (!existsSync(folder)) {
        throw error; // else another run was faster
      }
    });
  }
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH];
  return {
    path: join(folder, 'chromium'),
    env: {
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      // Machines without a desktop lack NSS and its like; the package brings them.
      LD_LIBRARY_PATH: libraries.filter(Boolean).join(':'),
    },
  };
}

/** Unpacks the program, its libraries and its fonts into `folder`. */
async function inflate(packageFolder: string, folder: string): Promise<void> {
  const entry = pathToFileURL(join(packageFolder, 'build', 'index.js')).href;
  const unpacker = (await import(entry)) as { inflate(path: string): Promise<string> };
  // The package knows no other target than the folder for temporary files.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    for (const part of ['chromium.br', 'al2023.tar.br']) {
      await unpacker.inflate(join(packageFolder, 'bin', part));
    }
  } finally {
    if (before === undefined) {
      delete process.env.TMPDIR;
    } else {
      process.env.TMPDIR = before;
    }
  }
}

/** A font configuration with at least DejaVu, whose Mono an editor needs to be readable. */
function fontConfig(dejavu: string): string {
  const folders = [dejavu, '/usr/share/fonts', join(homedir(), '.local', 'share', 'fonts')];
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.map((folder) => `  <dir>${folder}</dir>`),
    '  <cachedir prefix="xdg">fontconfig</cachedir>',
    '  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>',
    // For every other name: `system-ui`, which VS Code asks for, would get a serif font else.
    '  <match><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>',
    '</fontconfig>',
    '',
  ].join('\n');
}
