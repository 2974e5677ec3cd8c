// SPDX-License-Identifier: Apache-2.0
import type {
  ApiEnumDocument,
  ApiFieldDocument,
  ApiFilePage,
  ApiItem,
  ApiMessageDocument,
  ApiMethodDocument,
  ApiServiceDocument,
  ApiSymbolPage,
} from "@/api/generated";
import { consumers, PACKAGE, providers, REPOSITORY, revision } from "./apis";

const FILE = "acme/payment/v1/payment.proto";
const named = (name: string) => `${PACKAGE}.${name}`;
const behaviour = (...words: string[]) => ({ options: { "google.api.field_behavior": words } });
const field = (
  number: number,
  name: string,
  type: string,
  more: Partial<ApiFieldDocument> = {},
): ApiFieldDocument => ({
  number,
  name,
  type,
  jsonName: name.replace(/_(.)/g, (_all, c: string) => c.toUpperCase()),
  line: 40 + number,
  ...more,
});
const typed = (typeName: string, more: Partial<ApiFieldDocument> = {}) => ({ typeName, ...more });

const money: ApiMessageDocument = {
  name: "Money",
  oneofs: [],
  comment: " An amount of one currency.\n",
  fields: [
    field(1, "currency_code", "string", { comment: " ISO 4217.\n" }),
    field(2, "units", "int64"),
  ],
};

const request: ApiMessageDocument = {
  name: "ChargeRequest",
  line: 34,
  comment:
    " One charge. Sending it again with the same `idempotency_key` does nothing.\n\n" +
    " See [Charge][acme.payment.v1.Charge] for what comes back, and\n" +
    " https://docs.example/payments for the whole story.\n",
  oneofs: [{ name: "source", comment: " Where the money comes from.\n", line: 44 }],
  fields: [
    field(1, "idempotency_key", "string", {
      comment: " A UUID that the caller makes.\n",
      ...behaviour("REQUIRED"),
    }),
    field(2, "amount", "message", {
      ...typed("google.type.Money", { presence: "explicit" }),
      ...behaviour("REQUIRED"),
    }),
    field(3, "wallet_id", "string", { oneof: "source", presence: "explicit" }),
    field(4, "card", "message", typed(named("Card"), { oneof: "source", presence: "explicit" })),
    field(6, "labels", "map", {
      key: { type: "string" },
      value: { type: "string" },
      comment: " For the caller's own use.\n",
    }),
    field(7, "note", "string", { presence: "explicit", jsonName: "memo" }),
    field(8, "not_before", "message", typed("google.protobuf.Timestamp")),
    field(9, "retries", "int32", {
      deprecated: true,
      comment: " Retries are made by the service itself now.\n",
      options: { "acme.options.removal": { after: "2027-03-31", ticket: "PAY-1204" } },
    }),
    field(10, "attempts", "message", typed(named("ChargeRequest"), { repeated: true })),
  ],
  reservedRanges: [
    [5, 5],
    [100, 199],
  ],
  reservedNames: ["bank_code"],
};

const charge: ApiMessageDocument = {
  name: "Charge",
  line: 70,
  comment: " A charge as it is kept.\n",
  oneofs: [],
  fields: [
    field(1, "name", "string", behaviour("IDENTIFIER")),
    field(2, "amount", "message", typed("google.type.Money")),
    field(3, "state", "enum", typed(named("ChargeState"), behaviour("OUTPUT_ONLY"))),
    field(4, "create_time", "message", typed("google.protobuf.Timestamp")),
    field(5, "details", "message", typed("google.protobuf.Any", { repeated: true })),
  ],
  options: {
    "google.api.resource": { type: "payment.acme.example/Charge", pattern: ["charges/{charge}"] },
  },
};

const state: ApiEnumDocument = {
  name: "ChargeState",
  line: 92,
  comment: " Where a charge is on its way.\n",
  values: [
    { name: "CHARGE_STATE_UNSPECIFIED", number: 0 },
    { name: "PENDING", number: 1, comment: " Accepted, not yet with the bank.\n" },
    { name: "SETTLED", number: 2, comment: " 決済が完了した状態です。\n" },
    { name: "HELD", number: 3, deprecated: true, comment: " Use `PENDING`.\n" },
  ],
  reservedRanges: [[7, 7]],
  reservedNames: ["LOST"],
};

const method = (
  name: string,
  input: string,
  output: string,
  more: Partial<ApiMethodDocument> = {},
): ApiMethodDocument => ({ name, input, output, ...more });

const chargeMethod = method("Charge", named("ChargeRequest"), named("Charge"), {
  idempotency: "idempotent",
  comment:
    " Charges once.\n\n The answer comes when the bank has said yes or no:\n\n" +
    " - `SETTLED`: the money is there\n - `FAILED`: [why][acme.payment.v1.ChargeState] is in `details`\n",
  options: {
    "google.api.http": {
      post: "/v1/charges",
      body: "*",
      additional_bindings: [{ post: "/v1/wallets/{wallet_id}:charge", body: "*" }],
    },
    "acme.options.owner": "payments-core",
  },
});

const service: ApiServiceDocument = {
  name: "PaymentService",
  line: 12,
  comment:
    " Charges a wallet, a card or a bank account.\n\n Every method wants a token of the **gateway**.\n",
  methods: [
    chargeMethod,
    method("GetCharge", named("GetChargeRequest"), named("Charge"), {
      idempotency: "no-side-effects",
      comment: " Reads one charge.\n",
      options: { "google.api.http": { get: "/v1/{name=charges/*}" } },
    }),
    method("WatchCharges", named("WatchChargesRequest"), named("Charge"), {
      serverStreaming: true,
      comment: " 変更があった決済を順に返します。\n",
    }),
    method("ImportCharges", named("ChargeRequest"), "google.protobuf.Empty", {
      clientStreaming: true,
    }),
    method("Negotiate", named("ChargeRequest"), named("Charge"), {
      clientStreaming: true,
      serverStreaming: true,
    }),
    method("ChargeCard", named("Card"), named("Charge"), {
      deprecated: true,
      comment: " Use [Charge][acme.payment.v1.PaymentService.Charge].\n",
    }),
  ],
  options: { "acme.options.owner": "payments-core", "acme.options.slo": { availability: 0.9995 } },
};

const page = (
  kind: ApiSymbolPage["kind"],
  name: string,
  more: Partial<ApiSymbolPage>,
): ApiSymbolPage => ({
  repository: REPOSITORY,
  revision: revision(41),
  kind,
  name,
  fullName: named(name),
  package: PACKAGE,
  parent: null,
  focus: null,
  file: FILE,
  syntax: "proto3",
  line: null,
  deprecated: false,
  document: null,
  items: [],
  files: [],
  packages: [],
  siblings: [],
  providers: [],
  consumers: [],
  uses: { items: [], next: null },
  types: {},
  ...more,
});

const item = (
  kind: ApiItem["kind"],
  name: string,
  parts: number,
  summary: string | null = null,
  deprecated = false,
): ApiItem => ({ kind, name, fullName: named(name), deprecated, summary, parts });

export const packagePage = page("package", PACKAGE, {
  fullName: PACKAGE,
  file: null,
  syntax: null,
  items: [
    item("service", "PaymentService", 6, "Charges a wallet, a card or a bank account."),
    item("message", "Card", 4),
    item("message", "Charge", 5, "A charge as it is kept."),
    item("message", "ChargeRequest", 9, "One charge. Sending it again does nothing."),
    item("message", "GetChargeRequest", 1),
    item("message", "LegacyCharge", 12, null, true),
    item("message", "WatchChargesRequest", 2, "どの決済を見るかを指定します。"),
    item("enum", "ChargeState", 4, "Where a charge is on its way."),
    item("extension", "trace", 1),
  ],
  files: [FILE, "acme/payment/v1/legacy.proto"],
  packages: ["acme.payment.v1.internal"],
  siblings: ["acme.payment.v1beta1"],
});

export const servicePage = page("service", "PaymentService", {
  line: 12,
  document: service,
  providers,
  consumers,
});

export const lonelyPage = page("service", "PaymentService", {
  line: 12,
  deprecated: true,
  document: { name: "PaymentService", deprecated: true, methods: [] },
});

export const methodPage = page("method", "Charge", {
  fullName: named("PaymentService.Charge"),
  parent: named("PaymentService"),
  line: 18,
  document: chargeMethod,
  providers,
  consumers: consumers.slice(0, 1),
  types: {
    [named("ChargeRequest")]: request,
    [named("Charge")]: charge,
    [named("ChargeState")]: state,
    "google.type.Money": money,
    [named("Card")]: {
      name: "Card",
      oneofs: [],
      fields: [field(1, "token", "string"), field(2, "expires_year", "int32")],
    },
  },
});

export const messagePage = page("message", "ChargeRequest", {
  line: 34,
  document: request,
  focus: named("ChargeRequest.note"),
  items: [item("enum", "ChargeRequest.Urgency", 3)].map((each) => ({ ...each, name: "Urgency" })),
  uses: {
    items: [
      { kind: "method", fullName: named("PaymentService.Charge"), file: FILE, line: 18 },
      { kind: "method", fullName: named("PaymentService.ImportCharges"), file: FILE, line: 27 },
      { kind: "field", fullName: named("ChargeRequest.attempts"), file: FILE, line: 50 },
    ],
    next: "more",
  },
});

export const resourcePage = page("message", "Charge", { line: 70, document: charge });

export const enumPage = page("enum", "ChargeState", { line: 92, document: state });

export const extensionPage = page("extension", "trace", {
  line: 110,
  document: {
    ...field(50_101, "trace", "string", { repeated: true }),
    extends: "google.protobuf.MethodOptions",
    comment: " Names under which a call is traced.\n",
  },
});

const HOSTILE =
  " <img src=x onerror=alert(1)> [click](javascript:alert(1)) <script>alert(2)</script>\n" +
  " [real](https://docs.example/a?b=<i>) `</code><b>` **<u>strong</u>**\n\n" +
  "     <pre>indented</pre>\n";

export const hostilePage = page("message", "Card", {
  document: {
    ...request,
    name: "Card",
    comment: HOSTILE,
    fields: request.fields.slice(0, 3).map((each) => ({ ...each, comment: HOSTILE })),
  },
});

export const filePage: ApiFilePage = {
  repository: REPOSITORY,
  revision: revision(41),
  path: FILE,
  package: PACKAGE,
  syntax: "proto3",
  imports: [
    "google/api/annotations.proto",
    "google/protobuf/timestamp.proto",
    "acme/payment/v1/charge.proto",
  ],
  document: {
    standard: {
      java_package: "jp.example.acme.payment.v1",
      go_package: "acme.example/payment/v1;paymentpb",
      java_multiple_files: true,
      optimize_for: "CODE_SIZE",
    },
    options: { "acme.options.owner": "payments-core" },
    publicImports: ["acme/payment/v1/charge.proto"],
  },
  importedBy: ["acme/checkout/v1/checkout.proto"],
  symbols: [
    { kind: "service", fullName: named("PaymentService"), parent: null, document: service },
    { kind: "message", fullName: named("ChargeRequest"), parent: null, document: request },
    { kind: "message", fullName: named("Charge"), parent: null, document: charge },
    { kind: "enum", fullName: named("ChargeState"), parent: null, document: state },
  ],
};
