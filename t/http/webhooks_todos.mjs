// SPDX-License-Identifier: Apache-2.0
// A small system of work items, as its authors would write it by doc/webhooks.md
// and doc/todos.md: a webhook wakes it up, the log of events is what it goes by,
// and what it wants done waits in an outbox with the version that it has seen.
// Everything that it must not forget is in one file, replaced as a whole.
//
//   node webhooks_todos.mjs PORT FOLDER      (MDASH_URL, MDASH_TOKEN, SECRET)
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { Webhook } = require("standardwebhooks");

const [port, folder] = process.argv.slice(2);
const { MDASH_URL, MDASH_TOKEN, SECRET } = process.env;
const webhook = new Webhook(SECRET);

// --- what it keeps -----------------------------------------------------------------

const file = `${folder}/state.json`;
const state = existsSync(file)
  ? JSON.parse(readFileSync(file, "utf8"))
  : { cursor: null, events: 0, lost: 0, disordered: 0, last: {}, items: {}, outbox: {} };

function save() {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
const note = (entry) => appendFileSync(`${folder}/log`, `${JSON.stringify(entry)}\n`);

// --- asking mdash --------------------------------------------------------------------

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// 429, 503 and no answer at all: the same request again.
async function ask(method, path, version, body) {
  for (;;) {
    let wait = 1;
    try {
      const answer = await fetch(MDASH_URL + path, {
        method,
        headers: {
          authorization: `Bearer ${MDASH_TOKEN}`,
          ...(version === undefined ? {} : { "if-match": `"${version}"` }),
          ...(body ? { "content-type": "application/json" } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (answer.status !== 429 && answer.status !== 503) {
        return { status: answer.status, json: await answer.json() };
      }
      wait = Number(answer.headers.get("retry-after") ?? 1);
    } catch (error) {
      note({ what: "no answer", error: String(error) });
    }
    await pause(1000 * wait);
  }
}

async function take(id) {
  const { status, json } = await ask("GET", `/api/v1/todos/${id}`);
  if (status !== 200) {
    throw new Error(`item ${id}: ${status}`);
  }
  const { version, assignee, evidence } = json.todo;
  state.items[id] = { state: json.todo.state, version, assignee, evidence };
  return state.items[id];
}

// --- what happened: events in the order of their cursor ---------------------------------

async function follow() {
  for (;;) {
    const after = state.cursor === null ? "" : `&after=${state.cursor}`;
    const { status, json } = await ask("GET", `/api/v1/events?limit=40${after}`);
    if (status !== 200) {
      throw new Error(`events: ${status} ${JSON.stringify(json)}`);
    }
    const opened = new Set();
    const touched = new Set();
    for (const event of json.items) {
      const subject = `${event.kind}/${event.subject}`;
      const last = state.last[subject] ?? 0;
      if (event.sequence <= last) {
        state.disordered++;
      } else if (event.sequence > last + 1) {
        state.lost += event.sequence - last - 1;
      }
      state.last[subject] = event.sequence;
      state.events++;
      if (event.kind === "todo") {
        touched.add(event.subject);
        if (event.type === "todo.opened") {
          opened.add(event.subject);
        }
      }
    }
    for (const id of touched) {
      const item = await take(id);
      if (opened.has(id) && item.state === "open") {
        state.outbox[id] = item.version;
      }
    }
    state.cursor = json.next;
    save();
    if (json.items.length === 0) {
      return;
    }
  }
}

// --- what it does ------------------------------------------------------------------------

// 412: read the item, take it over, and ask again only what still makes sense.
async function settle(id) {
  const change = { state: "done", evidence: `https://tracker.example/${id}` };
  for (let version = state.outbox[id]; ; ) {
    const { status, json } = await ask("PATCH", `/api/v1/todos/${id}`, version, change);
    note({ what: "change", id, version, status });
    if (status === 200) {
      break;
    }
    if (status !== 412 && status !== 409) {
      throw new Error(`item ${id}: ${status} ${JSON.stringify(json)}`);
    }
    const item = await take(id);
    if (status === 409 || item.state !== "open") {
      note({ what: "left", id, state: item.state });
      break;
    }
    version = item.version;
  }
  await take(id);
  delete state.outbox[id];
  save();
}

// What was left over first, with what it knew when it decided that.
let awake = true;
async function work() {
  for (;;) {
    for (const id of Object.keys(state.outbox)) {
      await settle(id);
    }
    if (awake) {
      awake = false;
      await follow();
    } else {
      await pause(20);
    }
  }
}

// --- what wakes it up: being told twice does no harm ---------------------------------------

createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    let event;
    try {
      event = webhook.verify(Buffer.concat(pieces).toString("utf8"), request.headers);
    } catch (error) {
      note({ what: "forged", error: String(error) });
      response.writeHead(401).end();
      return;
    }
    note({ what: "told", id: event.id, header: request.headers["webhook-id"] });
    awake = true;
    response.writeHead(204).end();
  });
}).listen(Number(port), "127.0.0.1");

work().catch((error) => {
  note({ what: "failed", error: String(error) });
  process.exit(1);
});
