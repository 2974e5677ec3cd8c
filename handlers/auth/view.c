/* SPDX-License-Identifier: Apache-2.0 */
#include "view.h"

#include "base/arena.h"
#include "store/token.h"
#include "wire/json_out.h"

#include <string.h>

void
view_words(struct json_out *out, struct arena *arena, const char *key,
           const char *words)
{
	json_key(out, key);
	json_open(out, '[');
	while (*words != '\0') {
		size_t len = strcspn(words, " ");

		if (len > 0)
			json_text(out, arena_strndup(arena, words, len));
		words += len + (words[len] == ' ');
	}
	json_close(out, ']');
}

void
view_token(struct json_out *out, struct arena *arena, const struct token *token)
{
	json_open(out, '{');
	json_pair_int(out, "id", token->id);
	json_pair_text(out, "kind", token->kind);
	json_pair_text(out, "name", token->name);
	json_pair_text(out, "hint", token->hint);
	json_pair_text(out, "team", token->team);
	json_pair_text(out, "owner", token->owner);
	view_words(out, arena, "scopes", token->scopes);
	view_words(out, arena, "services", token->services);
	json_pair_text(out, "createdBy", token->created_by);
	json_pair_text(out, "createdAt", token->created_at);
	json_pair_text(out, "expiresAt", token->expires_at);
	json_pair_text(out, "lastUsedAt", token->last_used_at);
	json_pair_text(out, "lastUsedFrom", token->last_used_from);
	json_pair_text(out, "revokedAt", token->revoked_at);
	if (token->rotated_from == 0)
		json_pair_raw(out, "rotatedFrom", "null");
	else
		json_pair_int(out, "rotatedFrom", token->rotated_from);
	json_pair_text(out, "state", token->state);
	json_close(out, '}');
}
