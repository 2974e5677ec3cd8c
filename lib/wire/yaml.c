/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/yaml.h"

#include "base/arena.h"
#include "base/fault.h"
#include "wire/yaml_build.h"

#include <stdbool.h>
#include <string.h>

#include <yaml.h>

struct yaml {
	yaml_parser_t parser;
	struct build build;
	const char *bytes;
	size_t len;
	bool begun;
	bool ended;
	size_t from; /* where the document in hand begins */

	/* libyaml counts characters: this many are `at` bytes. */
	size_t at_char;
	size_t at;
	struct place place;
};

static void
close_yaml(void *handle)
{
	struct yaml *yaml = handle;

	yaml_parser_delete(&yaml->parser);
	build_fini(&yaml->build);
}

struct yaml *
yaml_open(const char *bytes, size_t len, struct arena *arena)
{
	struct yaml *yaml = arena_alloc(arena, sizeof(*yaml));

	yaml->bytes = bytes;
	yaml->len = len;
	yaml->place = (struct place){.line = 1, .column = 1};
	if (yaml_parser_initialize(&yaml->parser) == 0)
		(void)arena_must(NULL);
	build_init(&yaml->build);
	arena_defer(arena, close_yaml, yaml);
	yaml_parser_set_encoding(&yaml->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&yaml->parser,
	                             (const unsigned char *)bytes, len);
	return yaml;
}

/* Moves on to a mark; the few that go back are of empty values. */
static void
move_to(struct yaml *yaml, const yaml_mark_t *mark)
{
	size_t at = yaml->at;

	while (yaml->at_char < mark->index && at < yaml->len) {
		at++;
		while (at < yaml->len &&
		       ((unsigned char)yaml->bytes[at] & 0xc0) == 0x80)
			at++;
		yaml->at_char++;
	}
	place_move(&yaml->place, yaml->bytes + yaml->at, at - yaml->at);
	yaml->at = at;
	yaml->build.place = yaml->place;
}

static enum tree_result
malformed(struct yaml *yaml)
{
	const yaml_parser_t *parser = &yaml->parser;
	const char *problem = parser->problem;
	const char *context = parser->context;
	struct place place;

	if (parser->error == YAML_MEMORY_ERROR)
		(void)arena_must(NULL);
	if (parser->error == YAML_READER_ERROR) {
		size_t at = parser->problem_offset;

		place = place_of(yaml->bytes, at < yaml->len ? at : yaml->len);
	} else {
		move_to(yaml, &parser->problem_mark);
		place = yaml->place;
	}
	faults_add(yaml->build.faults, yaml->build.pointer, place.line,
	           place.column, "syntax", "is no YAML: %s%s%s",
	           problem == NULL ? "it cannot be read" : problem,
	           context == NULL ? "" : " ", context == NULL ? "" : context);
	return TREE_MALFORMED;
}

static enum tree_result
scalar(struct yaml *yaml, const yaml_event_t *event)
{
	const struct build_scalar scalar = {
		.text = (const char *)event->data.scalar.value,
		.len = event->data.scalar.length,
		.plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE,
		.anchor = (const char *)event->data.scalar.anchor,
		.tag = (const char *)event->data.scalar.tag,
	};

	return build_scalar(&yaml->build, &scalar);
}

/* Moves on to an event of a document, which may not be too far. */
static enum tree_result
move_inside(struct yaml *yaml, const yaml_event_t *event)
{
	move_to(yaml, &event->start_mark);
	if (yaml->at - yaml->from > LIMIT_SPEC_BYTES)
		return build_refuse(&yaml->build, "too-long",
		                    "the document is longer than 4 MiB");
	return TREE_READ;
}

/* Between the beginning and the end of a document. */
static enum tree_result
inside(struct yaml *yaml, const yaml_event_t *event)
{
	if (move_inside(yaml, event) != TREE_READ)
		return TREE_REFUSED;

	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return scalar(yaml, event);
	case YAML_ALIAS_EVENT:
		return build_alias(&yaml->build,
		                   (const char *)event->data.alias.anchor);
	case YAML_MAPPING_START_EVENT:
		return build_open(
			&yaml->build, true,
			(const char *)event->data.mapping_start.anchor,
			(const char *)event->data.mapping_start.tag);
	case YAML_SEQUENCE_START_EVENT:
		return build_open(
			&yaml->build, false,
			(const char *)event->data.sequence_start.anchor,
			(const char *)event->data.sequence_start.tag);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		build_close(&yaml->build);
		break;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return TREE_READ;
}

/* The text of a document begins on the line after its `---`; what stands
 * before the first one belongs to it when there is none. */
static void
begin(struct yaml *yaml, const yaml_event_t *event, struct extent *ret)
{
	bool implicit = event->data.document_start.implicit != 0;

	if (!implicit || yaml->begun)
		move_to(yaml, &event->end_mark);
	yaml->begun = true;
	if (!implicit) {
		const char *text = yaml->bytes + yaml->at;
		size_t len = yaml->len - yaml->at;
		size_t skip = len > 0 && text[0] == '\r';

		if (skip < len && text[skip] == '\n') {
			place_move(&yaml->place, text, skip + 1);
			yaml->at += skip + 1;
			yaml->at_char += skip + 1;
		}
	}
	ret->start = yaml->place;
	ret->from = yaml->at;
	yaml->from = yaml->at;
}

/* One event; TREE_READ with *ret_done at the end of a document. */
static enum tree_result
step(struct yaml *yaml, struct extent *extent, bool *ret_done)
{
	enum tree_result result = TREE_READ;
	yaml_event_t event;

	if (yaml_parser_parse(&yaml->parser, &event) == 0)
		return malformed(yaml);
	if (event.type == YAML_STREAM_END_EVENT) {
		result = TREE_END;
	} else if (event.type == YAML_DOCUMENT_START_EVENT) {
		begin(yaml, &event, extent);
	} else if (event.type == YAML_DOCUMENT_END_EVENT) {
		result = move_inside(yaml, &event);
		*ret_done = result == TREE_READ;
	} else if (event.type != YAML_STREAM_START_EVENT) {
		result = inside(yaml, &event);
	}
	yaml_event_delete(&event);
	return result;
}

/* Does a line begin at `at`? YAML 1.1 has five signs for its end. */
static bool
begins_line(const char *bytes, size_t at)
{
	static const char *const ends[] = {
		"\n", "\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9",
	};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t len = strlen(ends[i]);

		if (at >= len && memcmp(bytes + at - len, ends[i], len) == 0)
			return true;
	}
	return at == 0;
}

/*
 * Tag directives, which nobody needs who may write no tags, are refused before
 * libyaml compares each with all others.
 */
static bool
find_directive(struct yaml *yaml)
{
	static const char directive[] = "%TAG";
	const size_t len = sizeof(directive) - 1;
	const char *bytes = yaml->bytes;
	const char *end = bytes + yaml->len;

	for (const char *p = bytes;
	     (p = memchr(p, '%', (size_t)(end - p))) != NULL; p++) {
		size_t at = (size_t)(p - bytes);

		if (yaml->len - at >= len && memcmp(p, directive, len) == 0 &&
		    begins_line(bytes, at)) {
			yaml->build.place = place_of(bytes, at);
			return true;
		}
	}
	return false;
}

enum tree_result
yaml_next(struct yaml *yaml, const char *pointer, struct faults *faults,
          struct tree *ret, struct extent *ret_extent)
{
	enum tree_result result = TREE_READ;
	bool done = false;

	if (yaml->ended)
		return TREE_END;
	build_start(&yaml->build, ret, pointer, faults);
	*ret_extent = (struct extent){.from = yaml->at, .start = yaml->place};
	if (!yaml->begun && find_directive(yaml))
		result =
			build_refuse(&yaml->build, "tag", "tags are not taken");
	while (result == TREE_READ && !done)
		result = step(yaml, ret_extent, &done);
	yaml->ended = result != TREE_READ;
	/* How far what could not be read goes is not known. */
	ret_extent->to = done ? yaml->at : yaml->len;
	return result;
}
