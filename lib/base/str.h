/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Checked readings of text. Outputs are written only on success. */

/* Decimal, optional minus, nothing else around it, within range. */
bool str_to_int64(const char *text, int64_t *ret);

bool str_starts(const char *text, const char *prefix);
bool str_empty(const char *text); /* NULL or "" */

/* Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, no NUL). */
bool str_is_utf8(const char *bytes, size_t len);

/* How many bytes are, before the first that is not. */
size_t str_utf8_len(const char *bytes, size_t len);

/* Characters (code points) of valid UTF-8. */
size_t str_chars(const char *text);

/* Takes away the part of a character that a cut has left at the end. */
void str_drop_partial(char *text);

/* Is `word` one of the words of `list`, separated by single spaces? */
bool str_has_word(const char *list, const char *word);

/* Shell-like match where '*' stands for any run of characters. */
bool str_glob(const char *glob, const char *text);

/* No control characters (below 0x20, and 0x7f). */
bool str_is_printable(const char *text);

/* Of valid UTF-8 that others will read: none of the control characters beyond
 * ASCII, no separator of lines or paragraphs, and nothing that turns the
 * direction of the text around it. */
bool str_is_plain(const char *text);

/* Printable and plain. What comes in as a name or an address is both. */
bool str_is_line(const char *text);

/* Nothing but white space, the wide one of Japanese keyboards included. */
bool str_is_blank(const char *text);
