// SPDX-License-Identifier: Apache-2.0
// A request that shows what a token is good for, ready for a shell.
import type { Token } from "@/api/generated";

const ID = /^[a-z][a-z0-9-]{1,62}$/;
const ANY = "acme-hello";

/** A service id that the globs allow. */
export function exampleId(globs: readonly string[]): string {
  const glob = globs[0];
  if (glob === undefined) {
    return ANY;
  }
  const tries = ["hello", "x", ""].map((part) => glob.replace(/\*+/g, part));
  return tries.find((id) => ID.test(id)) ?? ANY;
}

/** A text in single quotes, whatever is in it. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

type Holder = Pick<Token, "scopes" | "services" | "team">;

/** Tries the strongest scope out; a publish is a dry run, so it changes nothing. */
export function exampleRequest(token: Holder, origin: string): string {
  const bearer = '-H "Authorization: Bearer $MDASH_TOKEN"';
  if (token.scopes.some((scope) => scope.startsWith("ingest:"))) {
    const id = exampleId(token.services);
    const spec = { serviceID: id, ...(token.team ? { teamName: token.team } : {}) };
    return [
      "curl -X PUT \\",
      `  ${bearer} \\`,
      "  -H 'Content-Type: application/json' \\",
      `  -d ${quoted(JSON.stringify(spec))} \\`,
      `  '${origin}/api/v1/ingest/services/${id}?dryRun=1'`,
    ].join("\n");
  }
  const path = token.scopes.includes("catalog:read")
    ? "/api/v1/services?limit=5"
    : "/api/v1/events?limit=5";
  return [`curl ${bearer} \\`, `  '${origin}${path}'`].join("\n");
}

/** The same with the secret in front: the one moment when it is known. */
export function firstRequest(token: Holder, secret: string, origin: string): string {
  return `export MDASH_TOKEN=${secret}\n${exampleRequest(token, origin)}`;
}
