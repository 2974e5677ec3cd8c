// SPDX-License-Identifier: Apache-2.0
// Lines for a shell. Names come from descriptors that anybody may have made.

/** A text in single quotes, whatever is in it. */
export const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const BEARER = '-H "Authorization: Bearer $MDASH_TOKEN"';

/** `acme.v1.Shop.GetOrder` is `acme.v1.Shop/GetOrder` to grpcurl. */
export const rpcPath = (fullName: string) => fullName.replace(/\.([^.]*)$/, "/$1");

interface Rpc {
  origin: string;
  repository: string;
  fullName: string;
  request: unknown;
  revision?: number | undefined;
}

/** Fetches what grpcurl must know of the RPC, and calls it. */
export function grpcurlLines({ origin, repository, fullName, request, revision }: Rpc): string {
  const query = new URLSearchParams({ symbol: fullName });
  if (revision !== undefined) {
    query.set("revision", String(revision));
  }
  const path = `/api/v1/apis/${encodeURIComponent(repository)}/descriptor-set`;
  return [
    `curl ${BEARER} -o api.pb ${quoted(`${origin}${path}?${query}`)}`,
    `grpcurl -protoset api.pb -d ${quoted(JSON.stringify(request))} \\`,
    `  HOST:443 ${quoted(rpcPath(fullName))}`,
  ].join("\n");
}

/** How a set gets here in the first place. */
export function publishLines(origin: string, repository: string): string {
  return [
    "protoc --include_imports --include_source_info \\",
    "  --descriptor_set_out=set.pb -I proto $(find proto -name '*.proto')",
    `curl -T set.pb ${BEARER} \\`,
    "  -H 'Content-Type: application/x-protobuf' \\",
    `  ${quoted(`${origin}/api/v1/ingest/descriptor-sets/${repository}`)}`,
  ].join("\n");
}
