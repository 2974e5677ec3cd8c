// SPDX-License-Identifier: Apache-2.0
import { n, plural } from "@/i18n/en";
import type { ja } from "./ja";

export const en: typeof ja = {
  publishes: {
    title: "Failed publishes",
    lead: "Publishes that were refused, and deletions that wait for approval. The services and gRPC APIs shown are still the good versions before.",
    failures: "Refused publishes",
    held: "Held deletions",
    count: (count) => n.format(count),
    allGoodTitle: "No publish has failed",
    allGoodHint: "When a publish from CI is refused, its faults appear here with line numbers.",
    filtered: (service) => `Only “${service}”`,
    showAll: "Show all",
    includeResolved: "Include resolved",
    resolved: "Resolved",
    faults: (count) => plural(count, "fault"),
    attempts: (count) => plural(count, "time"),
    firstAt: "First",
    lastAt: "Last",
    unknownService: "Unknown service",
    subject: "Service or proto repository",
    repository: "Proto repository",
    everything: "All repositories",
    descriptorSet: "Descriptor set",
    neverPublished: "nothing published yet",
    noSource: "The bytes of a descriptor set are not kept.",
    table: "Faults",
    line: "Line",
    atLine: (line) => `Line ${n.format(line)}`,
    column: "Column",
    pointer: "Field",
    code: "Kind",
    detail: "What is wrong",
    source: "The text as received",
    open: (name) => `Show the faults of “${name}”`,
    heldTitle: (publisher, missing, of) =>
      `“${publisher}”: ${n.format(missing)} of ${n.format(of)} would be deleted`,
    heldHint:
      "So many at once look like a mistake, so they wait for approval. Reject them if the publish was incomplete.",
    approve: "Approve deletions",
    reject: "Reject",
    approveTitle: "Approve the deletions?",
    approveHint: (count) =>
      `${plural(count, "service")} will count as deleted. Publishing them again restores them.`,
    approved: (count) => `${plural(count, "service")} deleted`,
    rejected: "Deletions rejected. The services stay.",
    onlyAdmins: "Only administrators approve or reject.",
    missing: "Services that would go",
    gone: "Somebody has already dealt with this.",
  },
};
