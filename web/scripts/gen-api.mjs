// SPDX-License-Identifier: Apache-2.0
// Writes src/api/generated.ts from doc/openapi.yaml: one type per component
// schema, and one table of the calls, so that a path, a parameter or an answer
// that the document does not have fails the type check.
//
//   node scripts/gen-api.mjs [--check] [OPENAPI]
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";
import { parse } from "yaml";

const args = process.argv.slice(2);
const check = args.includes("--check");
const source = args.find((a) => !a.startsWith("-"));
const input = source ?? fileURLToPath(new URL("../../doc/openapi.yaml", import.meta.url));
const output = fileURLToPath(new URL("../src/api/generated.ts", import.meta.url));

const api = parse(readFileSync(input, "utf8"));
const methods = ["get", "put", "post", "patch", "delete"];

function lookup(node) {
  if (!node?.$ref) {
    return node;
  }
  const found = node.$ref
    .slice(2)
    .split("/")
    .reduce((at, key) => at?.[key], api);
  if (!found) {
    throw new Error(`openapi: nothing at ${node.$ref}`);
  }
  return found;
}

/** A JSON Schema that json-schema-to-typescript reads: references moved, open objects made plain. */
function schema(node) {
  if (Array.isArray(node)) {
    return node.map(schema);
  }
  if (node === null || typeof node !== "object") {
    return node;
  }
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "$ref") {
      out.$ref = value.replace("#/components/schemas/", "#/definitions/");
    } else if (key === "maxItems" || key === "minItems") {
      // Bounded arrays would become tuples of every allowed length.
    } else {
      out[key] = schema(value);
    }
  }
  if (Object.keys(out).every((key) => key === "description")) {
    out.tsType = "unknown";
  }
  if (out.type === "object" && out.properties && out.additionalProperties === undefined) {
    out.additionalProperties = false;
  }
  return out;
}

const pascal = (id) => id[0].toUpperCase() + id.slice(1);
const definitions = Object.fromEntries(
  Object.entries(api.components.schemas).map(([name, node]) => [name, schema(node)]),
);

function queryType(id, parameters) {
  const query = parameters.filter((p) => p.in === "query");
  if (query.length === 0) {
    return undefined;
  }
  const name = `${pascal(id)}Query`;
  definitions[name] = {
    type: "object",
    additionalProperties: false,
    required: query.filter((p) => p.required).map((p) => p.name),
    properties: Object.fromEntries(
      query.map((p) => [p.name, { ...schema(p.schema), description: p.description }]),
    ),
  };
  return name;
}

const named = (node) => node?.$ref?.replace("#/components/schemas/", "");

function answerType(responses) {
  const good = Object.entries(responses).find(([status]) => status.startsWith("2"));
  const content = lookup(good?.[1])?.content ?? {};
  return named(content["application/json"]?.schema) ?? "undefined";
}

const calls = [];
for (const [path, item] of Object.entries(api.paths)) {
  for (const method of methods.filter((m) => item[m])) {
    const operation = item[method];
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(lookup);
    const inPath = parameters.filter((p) => p.in === "path");
    const body = named(operation.requestBody?.content?.["application/json"]?.schema);
    const fields = [
      inPath.length > 0 &&
        `path: { ${inPath.map((p) => `${p.name}: ${lookup(p.schema).type === "integer" ? "number" : "string"}`).join("; ")} }`,
      queryType(operation.operationId, parameters) &&
        `query: ${pascal(operation.operationId)}Query`,
      body && `body: ${body}`,
      `answer: ${answerType(operation.responses)}`,
    ].filter(Boolean);
    calls.push(`  "${method.toUpperCase()} ${path}": { ${fields.join("; ")} };`);
  }
}

const types = await compile({ title: "Api", definitions }, "Api", {
  additionalProperties: false,
  bannerComment: "",
  declareExternallyReferenced: true,
  unreachableDefinitions: true,
  format: true,
  strictIndexSignatures: true,
  customName: (_schema, key) => key,
});

// The root schema itself has no fields; the note on each definition that it
// was reached through it says nothing.
const tidy = types
  .replace(/export interface Api \{[^}]*\}\n/, "")
  .replace(
    /\/\*\*\n \* This interface was referenced by `Api`'s JSON-Schema\n \* via the `definition` "[^"]*"\.\n \*\/\n/g,
    "",
  )
  .replace(
    / \*\n \* This interface was referenced by `Api`'s JSON-Schema\n \* via the `definition` "[^"]*"\.\n/g,
    "",
  );

const text = `// SPDX-License-Identifier: Apache-2.0
// Made from doc/openapi.yaml by scripts/gen-api.mjs; do not edit.
${tidy}
/** Every call of the API by method and path. */
export interface Calls {
${calls.join("\n")}
}
`;

if (check) {
  if (readFileSync(output, "utf8") !== text) {
    console.error("src/api/generated.ts is not what doc/openapi.yaml gives: run npm run gen-api");
    process.exit(1);
  }
} else {
  writeFileSync(output, text);
}
