/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

struct arena;
struct json_out;
struct token;

/* JSON of what mdash-auth answers with. */

/* Words separated by spaces as a list of texts. */
void view_words(struct json_out *out, struct arena *arena, const char *key,
                const char *words);

/* A Token, without its secret. */
void view_token(struct json_out *out, struct arena *arena,
                const struct token *token);
