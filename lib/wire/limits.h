/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/fault.h"

/*
 * How much input is taken, all in one place. Each limit has a test at the limit
 * and one past it. The settings `spec_bytes` and `set_bytes` may lower what is
 * taken from the wire, never raise it above the figures here.
 */

enum {
	LIMIT_SPEC_WIRE = 1 << 20,  /* one spec as sent */
	LIMIT_SPEC_BYTES = 4 << 20, /* one spec inflated, alone or in a set */
	LIMIT_SET_WIRE = 16 << 20,  /* a publisher's full set as sent */
	LIMIT_SET_BYTES = 64 << 20, /* a full set inflated */
	LIMIT_SET_DOCUMENTS = 20000,
	LIMIT_SET_FAULTS = 10000, /* kept of all documents together */

	/* A spec or a set inside a JSON envelope, as base64: 4 bytes for 3. */
	LIMIT_ENVELOPE_BYTES = LIMIT_SET_WIRE / 3 * 4 + (64 << 10),

	/* Output for each byte of input; small outputs are not judged, since
	 * any short text of one repeated letter packs better than this. */
	LIMIT_INFLATE_RATIO = 200,
	LIMIT_INFLATE_FLOOR = 64 << 10,

	/* Of one document. */
	LIMIT_DEPTH = 64,
	LIMIT_NODES = 200000,
	LIMIT_KEYS = 10000,            /* of one object */
	LIMIT_SCALAR = 256 << 10,      /* bytes of a text or of a key */
	LIMIT_ALIAS_NODES = 1000,      /* values that YAML aliases may add */
	LIMIT_ALIAS_BYTES = 256 << 10, /* of their texts */

	/* Facts that CI says of a service. */
	LIMIT_FACTS_BYTES = 64 << 10, /* on the wire, and inflated */
	LIMIT_FACTS = 500,            /* in one request */
	LIMIT_FACTS_SERVICE = 2000,   /* of a service, of all families */
	LIMIT_FACT_NAME = 100,        /* characters */
	LIMIT_FACT_BYTES = 4 << 10,   /* of a value, as JSON */
	LIMIT_FACT_MIN_SECONDS = 60,
	LIMIT_FACT_SECONDS = 366 * 24 * 3600,

	/* Of a FileDescriptorSet, and of one file in it. */
	LIMIT_DESCRIPTOR_FILES = 50000,
	LIMIT_DESCRIPTOR_DEPTH = 100,    /* as in protoc */
	LIMIT_DESCRIPTOR_PARTS = 500000, /* messages, fields, comments … */
	LIMIT_DESCRIPTOR_MEMORY = 128 << 20,  /* of a file, decoded */
	LIMIT_DESCRIPTOR_NAME = 500,          /* bytes of a full name */
	LIMIT_DESCRIPTOR_SYMBOLS = 256 << 20, /* memory of what one declares */
	LIMIT_DESCRIPTOR_OPTION = 1 << 20,    /* bytes of one, as JSON */
	LIMIT_DESCRIPTOR_PATH = 1000,         /* bytes of a path */
	LIMIT_DESCRIPTOR_OPTION_FILES = 1000, /* that custom options need */
	LIMIT_DESCRIPTOR_OPTION_MEMORY = 64 << 20, /* of those together */
	LIMIT_BREAKING_MEMORY = 512 << 20, /* of two versions, compared */
	LIMIT_BREAKING_VALUES = 4000000,   /* of enums, searched for fields */

	/* Of a report of CI: tests, coverage, components. */
	LIMIT_REPORT_BYTES = 16 << 20,         /* as sent, and inflated */
	LIMIT_REPORT_SECONDS = 30 * 24 * 3600, /* its facts, unless said */
	LIMIT_REPORT_NODES = 1000000,          /* values of JSON */
	LIMIT_REPORT_COMPONENTS = 20000,
	LIMIT_REPORT_TEXT = 1000,        /* bytes of a name, version or purl */
	LIMIT_REPORT_FACTS = 4 << 20,    /* bytes of what is kept of one */
	LIMIT_REPORT_CPU_S = 5,          /* for one to be read, */
	LIMIT_REPORT_MS = 20 * 1000,     /* by the clock on the wall, */
	LIMIT_REPORT_MEMORY = 512 << 20, /* and its addresses */

	/* Of an XML document; its depth is LIMIT_DEPTH too. */
	LIMIT_XML_TAG = 1 << 20, /* bytes of a start tag with its attributes */
	LIMIT_XML_ATTRIBUTES = 256, /* of one element: time is quadratic */
	LIMIT_XML_TEXT = 4 << 20, /* bytes between two tags, of a comment … */

	/* Of a problem document. */
	LIMIT_ERRORS = FAULTS_MAX,
	LIMIT_POINTER = 1024, /* bytes of a JSON Pointer in a fault */
};
