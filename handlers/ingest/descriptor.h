/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/hash.h"
#include "db/db.h"
#include "http/handler.h"
#include "store/proto.h"
#include "store/publish.h"
#include "wire/protobuf_wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct options;

/*
 * A publish of a descriptor set: its bytes are kept in a file
 * (descriptor_body.c), its files are hashed, and what is not known of them is
 * read (descriptor_set.c), what is new is written (descriptor_write.c), and a
 * revision is made of it in one transaction (descriptor.c). Memory follows the
 * largest file, not the set.
 */

/* --- the files (descriptor_set.c) ----------------------------------------- */

struct set_file {
	struct wire_bytes bytes; /* in the body; of a completed one not there */
	unsigned char sha256[SHA256_BYTES];
	struct proto_head head;
	bool read_before; /* the head comes from the store */
	bool bytes_stored;
	bool completed;  /* not in the set, but in the store */
	bool registered; /* custom options need it */
	size_t number;   /* among the registered ones */
	uint64_t *needs; /* a bit for each of those that it reaches */
	unsigned char key[SHA256_BYTES];
	int64_t id; /* of what is stored; 0 = it is new */
};

struct descriptor_set {
	struct req *req;
	const char *repository;
	struct wire_bytes body;
	struct spool *spool;    /* that the body is in, or NULL */
	struct set_file *files; /* in the order of the set until set_heads() */
	size_t count;
	size_t cap;
	size_t read; /* bytes since pages were let go of */
	unsigned char sha256[SHA256_BYTES];
	struct arena *keep; /* of the registered files */
	struct options *options;
};

/* --- its files --------------------------------------------------------------
 */

/* Walks and hashes. False with faults in req->faults. */
MUST_USE bool set_walk(struct descriptor_set *set);

/*
 * Steps of the transaction. DB_ROW; or DB_NONE with faults in req->faults; or
 * what went wrong with the database.
 */
MUST_USE enum db_result set_heads(struct descriptor_set *set);
MUST_USE enum db_result set_complete(struct descriptor_set *set);

/* --- what depends on what (descriptor_imports.c) ---------------------------
 */

/* The file of a path, or NULL; after set_heads(). */
struct set_file *set_find(const struct descriptor_set *set, const char *path);

/* Registers custom options, and makes the keys. */
MUST_USE enum db_result set_keys(struct descriptor_set *set);

/* The bytes of a file of either kind. */
MUST_USE enum db_result set_bytes(struct descriptor_set *set,
                                  struct arena *arena,
                                  const struct set_file *file,
                                  struct wire_bytes *ret);

/* --- what is new (descriptor_write.c) --------------------------------------
 */

/* Reads and writes the files that no revision ever had. */
MUST_USE enum db_result set_write(struct descriptor_set *set);

/* Counts what has been read of the body, and lets go of it from time to time.
 */
void set_was_read(struct descriptor_set *set, size_t len);

/* Adds a fault of one file of the set to req->faults. */
void set_refuse(struct descriptor_set *set, const struct set_file *file,
                const struct fault *fault);
