/* SPDX-License-Identifier: Apache-2.0 */
#include "net/url.h"

#include "base/fault.h"
#include "base/str.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	URL_MAX = 2048,
};

static int
words_read(const char *text, const char *known, const char *what,
           struct fault *fault)
{
	char word[16];

	for (const char *p = text; *p != '\0';) {
		size_t len = strcspn(p, " ");
		bool good = len > 0 && len < sizeof(word);

		if (good) {
			memcpy(word, p, len);
			word[len] = '\0';
			good = known != NULL
			               ? str_has_word(known, word)
			               : strspn(word, "0123456789") == len &&
			                         atoi(word) > 0 &&
			                         atoi(word) < 65536;
		}
		if (!good)
			return fault_set(fault, "setting", "\"%s\" are no %s",
			                 text, what);
		p += len + (p[len] == ' ');
	}
	return 0;
}

int
net_rules_read(const char *allow, const char *schemes, const char *ports,
               struct arena *arena, struct net_rules *ret, struct fault *fault)
{
	*ret = (struct net_rules){.schemes = schemes, .ports = ports};
	if (words_read(schemes, "https http", "schemes such as \"https http\"",
	               fault) != 0)
		return -1;
	if (words_read(ports, NULL, "ports such as \"443 8443\"", fault) != 0)
		return -1;
	return net_allow_read(allow, arena, &ret->allow, fault);
}

/* One part of a URL, which the caller frees by curl_free(); NULL: it has none.
 */
static char *
part(CURLU *url, CURLUPart which, unsigned flags)
{
	char *text = NULL;

	return curl_url_get(url, which, &text, flags) == CURLUE_OK ? text
	                                                           : NULL;
}

static void
part_free(char **text)
{
	curl_free(*text);
}

static void
url_free(CURLU **url)
{
	curl_url_cleanup(*url);
}

static bool
ends(const char *text, const char *end)
{
	size_t len = strlen(text);
	size_t end_len = strlen(end);

	return len >= end_len && strcasecmp(text + len - end_len, end) == 0;
}

static int
check_host(char *host, const struct net_rules *rules, struct fault *fault)
{
	const char *what = NULL;
	size_t len = strlen(host);

	/* "example.com." is example.com. */
	if (len > 1 && host[len - 1] == '.')
		host[--len] = '\0';
	if (host[0] == '[' && host[len - 1] == ']') {
		host[len - 1] = '\0';
		host++;
		if (!net_address_text(host, &rules->allow, &what))
			return fault_set(fault, "host",
			                 "must name a host: [%s] is none",
			                 host);
	} else if (strcasecmp(host, "localhost") == 0 ||
	           ends(host, ".localhost")) {
		/* libcurl does not ask anybody where that is. */
		(void)!net_address_text("127.0.0.1", &rules->allow, &what);
	} else if (!net_address_text(host, &rules->allow, &what) &&
	           strspn(host, "0123456789.") == len) {
		return fault_set(fault, "host",
		                 "must name a host: %s is no address", host);
	}
	if (what != NULL)
		return fault_set(fault, "address",
		                 "leads to %s (%s), which is not allowed here",
		                 what, host);
	return 0;
}

static int
check_parts(CURLU *url, const struct net_rules *rules, struct fault *fault)
{
	char *scheme AUTO(part_free) = part(url, CURLUPART_SCHEME, 0);
	char *user AUTO(part_free) = part(url, CURLUPART_USER, 0);
	char *password AUTO(part_free) = part(url, CURLUPART_PASSWORD, 0);
	char *host AUTO(part_free) = part(url, CURLUPART_HOST, 0);
	char *port AUTO(part_free) =
		part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	char *zone AUTO(part_free) = part(url, CURLUPART_ZONEID, 0);
	char *fragment AUTO(part_free) = part(url, CURLUPART_FRAGMENT, 0);

	if (scheme == NULL || !str_has_word(rules->schemes, scheme))
		return fault_set(fault, "scheme", "must begin with %s",
		                 str_has_word(rules->schemes, "http")
		                         ? "https:// or http://"
		                         : "https://");
	if (user != NULL || password != NULL)
		return fault_set(fault, "userinfo",
		                 "must not hold a name or a password: "
		                 "deliveries are signed");
	if (zone != NULL)
		return fault_set(fault, "host",
		                 "must not name a zone of an address");
	if (fragment != NULL)
		return fault_set(fault, "fragment",
		                 "must not have a part behind \"#\"");
	if (host == NULL || host[0] == '\0')
		return fault_set(fault, "host", "must name a host");
	/* Plain http is for networks of one's own, where ports are many. */
	if (port == NULL ||
	    (!str_has_word(rules->ports, port) &&
	     !(strcmp(scheme, "http") == 0 && strcmp(port, "80") == 0)))
		return fault_set(fault, "port", "must have one of the ports %s",
		                 rules->ports);
	return check_host(host, rules, fault);
}

int
net_url_check(const char *url, const struct net_rules *rules,
              struct fault *fault)
{
	CURLU *parsed AUTO(url_free) = curl_url();

	if (parsed == NULL)
		abort();
	if (strlen(url) > URL_MAX)
		return fault_set(fault, "too-long",
		                 "must be at most %d bytes long", URL_MAX);
	for (const char *p = url; *p != '\0'; p++) {
		if (*p <= ' ' || *p == 0x7f || *p == '\\')
			return fault_set(fault, "format",
			                 "must be a URL in ASCII without "
			                 "spaces and backslashes");
	}
	/* "https:host" and "https:///host" are read in many ways. */
	const char *colon = url + strcspn(url, ":");
	if (strncmp(colon, "://", 3) != 0 || colon[3] == '/' ||
	    colon[3] == '\0')
		return fault_set(fault, "format",
		                 "must be a URL such as https://host/path");
	CURLUcode code = curl_url_set(parsed, CURLUPART_URL, url,
	                              CURLU_NON_SUPPORT_SCHEME);
	if (code != CURLUE_OK)
		return fault_set(fault, "format", "must be a URL: %s",
		                 curl_url_strerror(code));
	return check_parts(parsed, rules, fault);
}
