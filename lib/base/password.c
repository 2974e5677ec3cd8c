/* SPDX-License-Identifier: Apache-2.0 */
#include "base/password.h"

#include "base/arena.h"
#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <crypt.h>

/* Of a password that nobody knows, with the cost of a new hash. */
static char nobody[CRYPT_OUTPUT_SIZE];

/* `struct crypt_data` is 32 KB and keeps what it worked on: freed clean. */
static void
data_free(struct crypt_data **data)
{
	if (*data == NULL)
		return;
	explicit_bzero(*data, sizeof(**data));
	free(*data);
	*data = NULL;
}

static struct crypt_data *
data_new(void)
{
	return arena_must(calloc(1, sizeof(struct crypt_data)));
}

/* crypt_r(), which takes 511 bytes at most: of a longer password it gets the
 * SHA-256. 256 characters, which we allow, can be 1024 bytes. NULL on failure.
 */
static const char *
run_crypt(const char *password, const char *setting, struct crypt_data *data)
{
	size_t len = strlen(password);
	char digest[SHA256_HEX];

	if (len >= CRYPT_MAX_PASSPHRASE_SIZE) {
		hash_sha256_hex(password, len, digest);
		password = digest;
	}
	const char *made = crypt_r(password, setting, data);
	return made == NULL || made[0] == '*' ? NULL : made;
}

static bool
hash_into(const char *password, char ret[CRYPT_OUTPUT_SIZE])
{
	struct crypt_data *data AUTO(data_free) = data_new();
	char setting[CRYPT_GENSALT_OUTPUT_SIZE];

	if (crypt_gensalt_rn("$y$", 0, NULL, 0, setting, sizeof(setting)) ==
	    NULL)
		return false;
	const char *made = run_crypt(password, setting, data);
	if (made == NULL)
		return false;
	(void)snprintf(ret, CRYPT_OUTPUT_SIZE, "%s", made);
	return true;
}

const char *
password_hash(struct arena *arena, const char *password)
{
	char made[CRYPT_OUTPUT_SIZE];

	/* Only a libcrypt without yescrypt, or no memory, gets here. */
	if (!hash_into(password, made)) {
		fputs("{\"level\":\"error\",\"event\":\"crypt.failed\"}\n",
		      stderr);
		_Exit(70);
	}
	return arena_strdup(arena, made);
}

bool
password_verify(const char *password, const char *hash)
{
	bool somebody = hash != NULL;

	if (!somebody) {
		if (nobody[0] == '\0' && !hash_into("", nobody))
			return false;
		hash = nobody;
	}

	struct crypt_data *data AUTO(data_free) = data_new();
	const char *made = run_crypt(password, hash, data);
	size_t len = strlen(hash);

	if (made == NULL || strlen(made) != len)
		return false;
	return hash_equal(made, hash, len) && somebody;
}
