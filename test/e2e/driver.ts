/** Answers the suite's requests (see bridge.ts) on the page that shows the editor. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Locator, Page } from 'playwright-core';
import {
  type Answer,
  ELEMENT_LIMIT_MS,
  type Envelope,
  type Place,
  type RequestName,
  type Requests,
} from './bridge.ts';

/** A driver that listens. */
export interface Driver {
  /** The address for the suite. */
  readonly address: string;
  close(): Promise<void>;
}

type Handlers = {
  [Name in RequestName]: (
    page: Page,
    args: Requests[Name]['args'],
  ) => Promise<Requests[Name]['result']>;
};

const LIMIT = { timeout: ELEMENT_LIMIT_MS };

/** Starts a driver for the page that `page` gives; screenshots go to `folder`. */
export async function startDriver(page: () => Promise<Page>, folder: string): Promise<Driver> {
  const handlers = handlersFor(folder);
  // Other programs of this machine could reach the port too: only the suite knows the path.
  const path = `/${randomUUID()}`;
  const server = createServer(async (request, response) => {
    const answer: Answer =
      request.url === path && request.method === 'POST'
        ? await answerTo(request, handlers, page)
        : { ok: false, error: 'The driver answers POST requests of the suite only.' };
    response
      .setHeader('content-type', 'application/json')
      // A suite in a browser is a page of another origin.
      .setHeader('access-control-allow-origin', '*')
      .end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${port}${path}`, close };
}

/** Carries out one request. */
async function answerTo(
  request: IncomingMessage,
  handlers: Handlers,
  page: () => Promise<Page>,
): Promise<Answer> {
  try {
    const { name, args } = JSON.parse(await text(request)) as Envelope;
    // The envelope ties the name to its arguments, which an indexed call cannot express.
    const handler = handlers[name] as (page: Page, args: unknown) => Promise<unknown>;
    return { ok: true, result: await handler(await page(), args) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** What carries out each request. */
function handlersFor(folder: string): Handlers {
  return {
    async screenshot(page, { name }) {
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${name.replace(/[^\w.-]+/g, '-')}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      return path;
    },
    text: (page, { place, selector }) => find(page, place, selector).first().innerText(LIMIT),
    query: (page, { place, selector }) =>
      find(page, place, selector).evaluateAll((all) => all.map((element) => element.outerHTML)),
    async click(page, { place, selector }) {
      await find(page, place, selector).first().click(LIMIT);
      return null;
    },
    async hover(page, { place, selector }) {
      await find(page, place, selector).first().hover(LIMIT);
      return null;
    },
    async press(page, { keys }) {
      await page.keyboard.press(keys);
      return null;
    },
    async print(_page, { line }) {
      console.log(line);
      return null;
    },
    async type(page, { text: typed }) {
      await page.keyboard.type(typed);
      return null;
    },
  };
}

/** The elements that `selector` means in `place`. */
function find(page: Page, place: Place, selector: string): Locator {
  if (place === 'workbench') {
    return page.locator(selector);
  }
  // A webview is a frame in a frame: VS Code's own outer one, and the extension's document in it.
  // Hidden webviews stay in the page, so only visible ones count.
  const inner =
    place.webview === undefined
      ? 'iframe#active-frame'
      : `iframe#active-frame[title=${JSON.stringify(place.webview)}]`;
  return page
    .locator('iframe.webview.ready')
    .filter({ visible: true })
    .contentFrame()
    .locator(inner)
    .contentFrame()
    .locator(selector);
}
