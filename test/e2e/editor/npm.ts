/** Runs npm for the install of the test editor, and turns its failures into sentences. */
import { spawn } from 'node:child_process';

/** Longer than the slowest step took on a slow line, so that a hung npm still ends. */
const LIMIT_MS = 15 * 60_000;

/** Runs `npm ARGS` in `cwd`; its output is shown only when it fails. */
export async function runNpm(
  args: readonly string[],
  cwd: string,
  extraEnv: NodeJS.ProcessEnv = {},
): Promise<void> {
  const common = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  // `npm run` says where its own npm is. Elsewhere PATH knows, and Windows needs a shell for that.
  const script = process.env.npm_execpath;
  const viaNode = script?.endsWith('.js') ? script : undefined;
  const child = spawn(
    viaNode ? process.execPath : 'npm',
    [...(viaNode ? [viaNode] : []), ...args, ...common],
    {
      cwd,
      env: { ...npmEnvironment(), ...extraEnv },
      shell: !viaNode && process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const kill = () => child.kill();
  process.once('exit', kill);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  }).finally(() => process.off('exit', kill));
  if (code !== 0) {
    throw new Error(explain(args, code, output));
  }
}

/** The environment for npm: ours, but for what an outer `npm run` set for its own package. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env.npm_config_local_prefix;
  delete env.npm_config_ignore_scripts;
  return env;
}

/** What to tell about a failed npm. */
function explain(args: readonly string[], code: number | null, output: string): string {
  const command = `npm ${args.join(' ')}`;
  const tail = output.trim().split('\n').slice(-25).join('\n');
  if (/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b/.test(output)) {
    return `${command}: the npm registry cannot be reached, and the test editor comes from it.\n${tail}`;
  }
  if (/gyp ERR!/.test(output)) {
    return `${command}: a native module did not compile (python3, make and a C++ compiler?).\n${tail}`;
  }
  const reason = code === null ? 'was stopped' : `ended with code ${code}`;
  return `${command} ${reason}.\n${tail}`;
}
