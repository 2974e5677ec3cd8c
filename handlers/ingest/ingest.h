/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/fault.h"
#include "base/hash.h"
#include "db/db.h"
#include "http/handler.h"
#include "store/publish.h"
#include "store/spec.h"
#include "wire/gzip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct spool;

/*
 * A publish goes through four steps, whatever way it came: its text is taken
 * (source.c; of descriptor sets, descriptor_body.c), its parameters are read
 * (options.c), it is carried out in one transaction (deliver.c, descriptor.c),
 * and its outcome is told (outcome.c).
 */

/* --- 1. the text ---------------------------------------------------------- */

/* Specs as text, or a descriptor set; unpacked. */
struct source {
	const char *bytes; /* a text is NUL terminated, may hold other NULs */
	size_t len;
	enum spec_format format; /* of a text */
	struct spool *spool;     /* that a set is in, if it is in one */
};

/*
 * The body of the request. False: it has been answered by 400, 413 or 415.
 * `set` chooses the limits.
 */
MUST_USE bool source_read(struct req *req, bool set, struct source *ret,
                          enum http_status *answered);

/* The same of a JSON envelope that carries specs; its type was looked at. */
MUST_USE bool source_read_envelope(struct req *req, struct source *ret,
                                   enum http_status *answered);

/* The same of facts, which are JSON. */
MUST_USE bool source_read_facts(struct req *req, struct source *ret,
                                enum http_status *answered);

/* The same of a report: XML, or `json` too. */
MUST_USE bool source_read_report(struct req *req, bool json, struct source *ret,
                                 enum http_status *answered);

enum source_coding {
	SOURCE_PLAIN,
	SOURCE_GZIP,
};

/* How the body is packed. False: it has been answered by 415. */
MUST_USE bool source_coding(struct req *req, enum source_coding *ret,
                            enum http_status *answered);

MUST_USE enum http_status problem_gzip(struct req *req,
                                       enum gzip_result result);

/* SPEC_FORMAT_END for a media type that is no format of specs. */
enum spec_format source_format(const char *media_type);

/* By the first character, for texts that come without a type. */
enum spec_format source_guess(const char *bytes, size_t len);

struct outcome;

/* Is it a media type of descriptor sets? */
bool source_is_protobuf(const char *media_type);

/*
 * The body of the request as a descriptor set, `max` bytes at most as sent, in
 * a spool that lives as long as the arena. False: `ret` says why.
 */
MUST_USE bool descriptor_body(struct req *req, size_t max, struct source *ret,
                              struct outcome *refused);

/* The same of packed bytes that an envelope held, at `pointer` of it. */
MUST_USE bool descriptor_unpack(struct req *req, const char *pointer,
                                const char *bytes, size_t len,
                                struct source *ret, struct outcome *refused);

/* --- 2. the parameters ---------------------------------------------------- */

/* From the query. False: req->faults says why. */
MUST_USE bool options_read(struct req *req, bool set,
                           struct publish_options *ret, bool *ret_dry_run);

/* Those of a report, with how long its facts hold. */
MUST_USE bool options_read_report(struct req *req, struct publish_options *ret,
                                  int64_t *ret_ttl_s);

/* Is it a name that a proto repository can have? */
bool is_repository(const char *name);

/* May the caller publish for real, and by force? False: answered by 403. */
MUST_USE bool may_publish(struct req *req,
                          const struct publish_options *options, bool dry_run,
                          enum http_status *answered);

/* How attributes are called where they come from. */
struct option_names {
	const char *prefix; /* of a fault's pointer */
	bool lower;         /* committime, not commitTime */
};

/* The text of an attribute, or NULL. */
typedef const char *option_find(struct req *req, const void *from,
                                const char *name);

/* From attributes, all but the flags. False: req->faults says why. */
MUST_USE bool options_collect(struct req *req, const struct option_names *names,
                              bool set, option_find *find, const void *from,
                              struct publish_options *ret);

/* --- 3. the transaction --------------------------------------------------- */

/* One publish as it was asked for. */
struct delivery {
	struct source source;
	struct publish_options options;
	bool dry_run;
	const char
		*service_id; /* whose spec it is said to be; NULL for a set */
	const char *repository; /* of a descriptor set, else NULL */
	const char *key;        /* idempotency key, or NULL */
	int64_t keep_s;         /* how long an answer is kept under it */
	char fingerprint[SHA256_HEX];
};

enum outcome_kind {
	OUTCOME_DONE,
	OUTCOME_HELD,
	OUTCOME_REPLAYED,
	OUTCOME_ANSWERED,  /* already, by `status` */
	OUTCOME_MALFORMED, /* faults */
	OUTCOME_TOO_LARGE, /* faults */
	OUTCOME_INVALID,   /* faults */
	OUTCOME_FORBIDDEN,
	OUTCOME_CONFLICT,
	OUTCOME_KEY_USED, /* for another request */
	OUTCOME_DATABASE, /* `db` says what happened */
	OUTCOME_END,
};

struct outcome {
	enum outcome_kind kind;
	enum http_status status; /* DONE, HELD, REPLAYED, ANSWERED */
	const char *body;
	const char *detail; /* FORBIDDEN, CONFLICT: a sentence, */
	const char *extra;  /* and JSON members for the answer */
	struct spec_set specs;
	enum db_result db;
};

/* The Idempotency-Key of the request. False: it has been answered by 400. */
MUST_USE bool delivery_key(struct req *req, struct delivery *delivery,
                           enum http_status *answered);

void deliver(struct req *req, const struct delivery *delivery,
             struct outcome *ret);

/* The same of a descriptor set (descriptor.c); deliver() hands it on. */
void descriptor_deliver(struct req *req, const struct delivery *delivery,
                        struct outcome *ret);

/*
 * In the transaction: DB_ROW when an answer is kept under the key of a
 * delivery, or under it for another content, and `ret` says so. DB_NONE: there
 * is none, or no key.
 */
MUST_USE enum db_result delivery_recall(struct req *req,
                                        const struct delivery *delivery,
                                        struct outcome *ret);

/* Keeps the answer, if there is a key. DB_CONFLICT: another was quicker. */
MUST_USE enum db_result delivery_keep(struct req *req,
                                      const struct delivery *delivery,
                                      const struct outcome *outcome);

/* How often a transaction is tried when others are in its way. */
enum {
	TRIES_MAX = 3,
};

/* --- 4. the answer -------------------------------------------------------- */

/*
 * Keeps what was refused for its owner to see, in a transaction of its own.
 * DB_ROW when it is kept, or when there is nothing to keep.
 */
MUST_USE enum db_result outcome_keep(struct req *req,
                                     const struct delivery *delivery,
                                     const struct outcome *outcome);

MUST_USE enum http_status outcome_reply(struct req *req,
                                        const struct delivery *delivery,
                                        const struct outcome *outcome);

/* Steps 3 and 4: carries it out, keeps what was refused, answers. */
MUST_USE enum http_status publish(struct req *req,
                                  const struct delivery *delivery);

/* The end of that, also for what could not be carried out at all. */
MUST_USE enum http_status publish_end(struct req *req,
                                      const struct delivery *delivery,
                                      const struct outcome *outcome);

/* --- beside specs --------------------------------------------------------- */

/* What CI says of a service beside its spec: facts, a report. */
struct saying {
	/* In the transaction. PUBLISH_INVALID has its faults in req->faults. */
	enum db_result (*run)(struct req *req, const struct delivery *delivery,
	                      const void *what, struct publish_answer *ret);
	const void *what;
	enum http_status status; /* when it is done */
};

/* Steps 3 and 4 of that. What is refused is not kept: it is no publish. */
MUST_USE enum http_status say(struct req *req, const struct delivery *delivery,
                              const struct saying *saying);

/* --- messages ------------------------------------------------------------- */

enum {
	MESSAGE_NAME_MAX = 255, /* characters of an id or of a source */
};

/* Adds a fault to req->faults when the text cannot be part of a key. */
void message_check_name(struct req *req, const char *pointer, const char *text);

/* Makes it a descriptor set of the named repository; `pointer` is where the
 * name stands. False: req->faults says what is wrong with it. */
MUST_USE bool message_repository(struct req *req, const char *pointer,
                                 const char *name, struct delivery *ret);

/* A message is known by its source and id; `family` sets kinds apart. */
void message_key(struct req *req, const char *family, const char *source,
                 const char *id, struct delivery *ret);

/* --- routes --------------------------------------------------------------- */

enum http_status publish_service(struct req *req);
enum http_status publish_set(struct req *req);
enum http_status publish_descriptor_set(struct req *req);
enum http_status publish_facts_of(struct req *req);
enum http_status receive_report(struct req *req);
enum http_status receive_pubsub(struct req *req);
enum http_status receive_cloudevent(struct req *req);
enum http_status list_failed(struct req *req);
enum http_status get_failed(struct req *req);
enum http_status list_held(struct req *req);
enum http_status approve_held(struct req *req);
enum http_status reject_held(struct req *req);
