// SPDX-License-Identifier: Apache-2.0
// An https server on 127.0.0.1 for all replica hosts. It serves the bundled pages and keeps every post it is sent,
// byte for byte, under the session named in the page's address. It never answers from the network.
// Tested by: tests/browser/specs/beds.test.js

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { extname, join } from 'node:path';
import { bundleBeds } from './bundle-beds.js';
import { makeCertificate } from './certificate.js';
import { HOSTS, SITES } from './sites.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */

/**
 * @typedef {object} Post
 * @property {string} host
 * @property {string} path
 * @property {string} session
 * @property {string} body   exactly what was sent
 * @property {string} text   the draft in it
 * @property {number} at     milliseconds since 1970
 */

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
});

/** Where posts go: the intranet's own address, LinkedIn's and X's. */
const POST_PATHS = [
  /^\/posts$/,
  /^\/voyager\/api\/contentcreation\/normShares$/,
  /^\/i\/api\/graphql\/[\w-]+\/CreateTweet$/,
];

export class SiteServer {
  /** @type {Post[]} */
  #posts = [];
  /** @type {import('node:https').Server} */
  #server;
  #folder;

  /**
   * @param {import('node:https').Server} server
   * @param {string} folder
   */
  constructor(server, folder) {
    this.#server = server;
    this.#folder = folder;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch((failure) => {
        response.writeHead(500, { 'content-type': 'text/plain' }).end(String(failure));
      });
    });
  }

  get port() {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server is closed');
    return address.port;
  }

  /**
   * @param {string} host
   * @param {string} path
   * @param {string} [session]
   * @returns {string}
   */
  url(host, path, session = '') {
    const url = new URL(path, `https://${host}:${this.port}`);
    if (session !== '') url.searchParams.set('session', session);
    return url.href;
  }

  /**
   * @param {string} session
   * @returns {Post[]} in order of arrival
   */
  posts(session) {
    return this.#posts.filter((post) => post.session === session);
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #answer(request, response) {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const site = SITES.find((each) => each.host === host);
    const { pathname, searchParams } = new URL(request.url ?? '/', `https://${host || 'nowhere'}`);
    if (!site) return void response.writeHead(421).end();
    if (request.method === 'POST' && POST_PATHS.some((path) => path.test(pathname))) {
      const body = await readBody(request);
      const session = searchParams.get('session') ?? '';
      const post = { host, path: pathname, session, body, text: draftIn(body), at: Date.now() };
      this.#posts.push(post);
      return this.#acknowledge(request, response, session);
    }
    const page = site.pages[pathname];
    if (request.method === 'GET' && page) {
      return this.#send(response, `${page}.html`, { 'content-security-policy': site.policy });
    }
    const asset = /^\/assets\/([\w-]+\.(?:js|css))$/.exec(pathname)?.[1];
    if (request.method === 'GET' && asset) return this.#send(response, asset, {});
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing here.');
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {string} session
   */
  #acknowledge(request, response, session) {
    if (request.headers['sec-fetch-mode'] === 'navigate') {
      const back = `/notice?session=${encodeURIComponent(session)}&posted=1`;
      return void response.writeHead(303, { location: back }).end();
    }
    const answer = JSON.stringify({ posted: this.posts(session).length });
    response.writeHead(201, { 'content-type': 'application/json' }).end(answer);
  }

  /**
   * @param {ServerResponse} response
   * @param {string} name
   * @param {Record<string, string>} headers
   */
  async #send(response, name, headers) {
    const content = await readFile(join(this.#folder, name));
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...headers });
    response.end(content);
  }
}

/** @returns {Promise<SiteServer>} listening on a free port */
export async function startSites() {
  const [certificate, folder] = await Promise.all([makeCertificate(HOSTS), bundleBeds()]);
  const server = createServer(certificate);
  const sites = new SiteServer(server, folder);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return sites;
}

/**
 * @param {IncomingMessage} request
 * @returns {Promise<string>}
 */
async function readBody(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * @param {string} body JSON of one of the three sites, or a form
 * @returns {string}
 */
function draftIn(body) {
  if (!body.startsWith('{')) {
    // A form sends CRLF for every line break of a textarea.
    return (new URLSearchParams(body).get('text') ?? '').replaceAll('\r\n', '\n');
  }
  const content = JSON.parse(body);
  return content.text ?? content.variables?.tweet_text ?? content.commentaryV2?.text ?? '';
}
