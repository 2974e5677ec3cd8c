// SPDX-License-Identifier: Apache-2.0
// A system outside that is told of events, as its authors would write it: it
// verifies with the library of Standard Webhooks, drops what it has seen, and
// keeps what it has done in a file, by which it goes on after an outage.
//
//   node webhooks_system.mjs serve PORT FILE SECRET
//   node webhooks_system.mjs sign SECRET < lines of {id, moment, text}
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { Webhook } = require("standardwebhooks");

const [mode, ...rest] = process.argv.slice(2);

function sign([secret]) {
  const webhook = new Webhook(secret);
  for (const line of readFileSync(0, "utf8").trim().split("\n")) {
    const { id, moment, text } = JSON.parse(line);
    console.log(webhook.sign(id, new Date(moment * 1000), text));
  }
}

function serve([port, file, secret]) {
  const webhook = new Webhook(secret);
  const done = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const seen = new Set(done.filter(Boolean).map((line) => JSON.parse(line).id));
  const keep = (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`);

  createServer((request, response) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces).toString("utf8");
      let event;
      try {
        event = webhook.verify(body, request.headers);
      } catch (error) {
        keep({ id: `bad-${Date.now()}`, bad: String(error) });
        response.writeHead(401).end();
        return;
      }
      if (!seen.has(event.id)) {
        seen.add(event.id);
        keep({ ...event, header: request.headers["webhook-id"] });
      }
      response.writeHead(204).end();
    });
  }).listen(Number(port), "127.0.0.1");
}

({ serve, sign })[mode](rest);
