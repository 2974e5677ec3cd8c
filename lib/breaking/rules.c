/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/rules.h"

#include "breaking/breaking.h"

#include <stddef.h>

/* clang-format off */
enum {
	FILE_ONLY = BREAKING_FILE,
	PACKAGE_ONLY = BREAKING_PACKAGE,
	WIRE_ONLY = BREAKING_WIRE,
	JSON_ONLY = BREAKING_WIRE_JSON,
	CODE = BREAKING_FILE | BREAKING_PACKAGE,
	CODE_JSON = CODE | BREAKING_WIRE_JSON,
	MESSAGES = BREAKING_WIRE_JSON | BREAKING_WIRE,
	EVERYWHERE = CODE | MESSAGES,
	OURS = BREAKING_OURS,

	W = BREAKING_PEER_WIRE,
	J = BREAKING_PEER_JSON,
	S = BREAKING_PEER_SOURCE,
};

#define KEEP_OPTION \
	"keep the option as it was; a new version of the package may choose " \
	"another value"

#define RULE(name, categories, peers, fix) \
	[RULE_ ## name] = {#name, categories, peers, fix}

static const struct rule rules[RULE_END] = {
	RULE(ENUM_NO_DELETE, FILE_ONLY, S,
	     "keep the enum in this file, or import the file it moves "
	     "to publicly from here"),
	RULE(ENUM_SAME_JSON_FORMAT, CODE_JSON, J,
	     "keep json_format at ALLOW"),
	RULE(ENUM_SAME_TYPE, CODE, W | J | S,
	     "keep the enum open or closed as it was; declare a new "
	     "enum for the other behaviour"),
	RULE(ENUM_VALUE_NO_DELETE, CODE, S,
	     "keep the value and mark it deprecated"),
	RULE(ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED, JSON_ONLY, J,
	     "reserve the names of the value when removing it"),
	RULE(ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED, MESSAGES, W | J,
	     "reserve the number of the value when removing it"),
	RULE(ENUM_VALUE_SAME_NAME, CODE_JSON, J | S,
	     "add the new name as an alias (allow_alias) and keep the "
	     "old one"),
	RULE(EXTENSION_MESSAGE_NO_DELETE, CODE, W | S,
	     "keep the range of extension numbers"),
	RULE(EXTENSION_NO_DELETE, FILE_ONLY, S,
	     "keep the extension where it is and mark it deprecated"),
	RULE(FIELD_NO_DELETE, CODE, S,
	     "keep the field and mark it deprecated"),
	RULE(FIELD_NO_DELETE_UNLESS_NAME_RESERVED, JSON_ONLY, J,
	     "reserve the name of the field when removing it"),
	RULE(FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED, MESSAGES, W | J,
	     "reserve the number of the field when removing it"),
	RULE(FIELD_SAME_CARDINALITY, CODE, W | J | S,
	     "add a new field with the other cardinality and mark the "
	     "old one deprecated"),
	RULE(FIELD_SAME_CPP_STRING_TYPE, CODE, S,
	     "keep the C++ string type of the field"),
	RULE(FIELD_SAME_DEFAULT, EVERYWHERE, W | J,
	     "keep the default; peers that know the old one read "
	     "another value"),
	RULE(FIELD_SAME_JAVA_UTF8_VALIDATION, CODE, W | S,
	     "keep the check of UTF-8 in Java as it was"),
	RULE(FIELD_SAME_JSON_NAME, CODE_JSON, J,
	     "set json_name to what it was before"),
	RULE(FIELD_SAME_JSTYPE, CODE, S,
	     "keep jstype as it was, or add a new field with the other "
	     "one"),
	RULE(FIELD_SAME_NAME, CODE_JSON, J | S,
	     "keep the name; add a new field under the new name and "
	     "mark the old one deprecated"),
	RULE(FIELD_SAME_ONEOF, EVERYWHERE, W | J | S,
	     "add a new field inside or outside of the oneof and mark "
	     "the old one deprecated"),
	RULE(FIELD_SAME_TYPE, CODE, W | J | S,
	     "add a new field of the new type and mark the old one "
	     "deprecated"),
	RULE(FIELD_SAME_UTF8_VALIDATION, CODE, W,
	     "keep the check of UTF-8 as it was; use a new field of "
	     "type bytes for other data"),
	RULE(FIELD_WIRE_COMPATIBLE_CARDINALITY, WIRE_ONLY, W,
	     "add a new field with the other cardinality and mark the "
	     "old one deprecated"),
	RULE(FIELD_WIRE_COMPATIBLE_TYPE, WIRE_ONLY, W,
	     "add a new field of the new type and mark the old one "
	     "deprecated"),
	RULE(FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY, JSON_ONLY, W | J,
	     "add a new field with the other cardinality and mark the "
	     "old one deprecated"),
	RULE(FIELD_WIRE_JSON_COMPATIBLE_TYPE, JSON_ONLY, W | J,
	     "add a new field of the new type and mark the old one "
	     "deprecated"),
	RULE(FILE_NO_DELETE, FILE_ONLY, S,
	     "keep the file, if only to import publicly the file its "
	     "contents moved to"),
	RULE(FILE_SAME_CC_ENABLE_ARENAS, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_CC_GENERIC_SERVICES, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_CSHARP_NAMESPACE, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_GO_PACKAGE, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_JAVA_GENERIC_SERVICES, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_JAVA_MULTIPLE_FILES, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_JAVA_OUTER_CLASSNAME, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_JAVA_PACKAGE, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_OBJC_CLASS_PREFIX, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_OPTIMIZE_FOR, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_PACKAGE, EVERYWHERE, W | J | S,
	     "leave the file in its package and copy it to the new one"),
	RULE(FILE_SAME_PHP_CLASS_PREFIX, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_PHP_METADATA_NAMESPACE, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_PHP_NAMESPACE, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_PY_GENERIC_SERVICES, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_RUBY_PACKAGE, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_SWIFT_PREFIX, CODE, S,
	     KEEP_OPTION),
	RULE(FILE_SAME_SYNTAX, CODE, J | S,
	     "keep the syntax, and move to an edition with features "
	     "that keep the behaviour"),
	RULE(MESSAGE_NO_DELETE, FILE_ONLY, S,
	     "keep the message in this file and mark it deprecated; "
	     "declare the new one beside it"),
	RULE(MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR, CODE, S,
	     "do not set no_standard_descriptor_accessor"),
	RULE(MESSAGE_SAME_JSON_FORMAT, CODE_JSON, J,
	     "keep json_format at ALLOW"),
	RULE(MESSAGE_SAME_REQUIRED_FIELDS, EVERYWHERE, W | J,
	     "never add or remove required fields; use optional ones "
	     "and check them in code"),
	RULE(ONEOF_NO_DELETE, CODE, S,
	     "keep the oneof and mark its fields deprecated"),
	RULE(PACKAGE_ENUM_NO_DELETE, PACKAGE_ONLY, S,
	     "keep the enum and mark it deprecated; it may move to "
	     "another file of the package"),
	RULE(PACKAGE_EXTENSION_NO_DELETE, PACKAGE_ONLY, S,
	     "keep the extension and mark it deprecated; it may move to "
	     "another file of the package"),
	RULE(PACKAGE_MESSAGE_NO_DELETE, PACKAGE_ONLY, S,
	     "keep the message and mark it deprecated; it may move to "
	     "another file of the package"),
	RULE(PACKAGE_NO_DELETE, PACKAGE_ONLY, W | J | S,
	     "keep the package until nobody uses it any more"),
	RULE(PACKAGE_SERVICE_NO_DELETE, PACKAGE_ONLY, W | J | S,
	     "keep the service and mark it deprecated; it may move to "
	     "another file of the package"),
	RULE(RESERVED_ENUM_NO_DELETE, EVERYWHERE, W | J,
	     "keep what is reserved, so that no new value takes an old "
	     "number or name"),
	RULE(RESERVED_MESSAGE_NO_DELETE, EVERYWHERE, W | J,
	     "keep what is reserved, so that no new field takes an old "
	     "number or name"),
	RULE(RPC_NO_DELETE, CODE, W | J | S,
	     "keep the RPC and mark it deprecated until nobody calls it"),
	RULE(RPC_SAME_CLIENT_STREAMING, EVERYWHERE, W | J | S,
	     "add a new RPC with the other kind of stream"),
	RULE(RPC_SAME_IDEMPOTENCY_LEVEL, EVERYWHERE, W | J,
	     "keep the level; clients may retry by it, or call by GET"),
	RULE(RPC_SAME_REQUEST_TYPE, EVERYWHERE, W | J | S,
	     "add fields to the old request, or add a new RPC with the "
	     "new one"),
	RULE(RPC_SAME_RESPONSE_TYPE, EVERYWHERE, W | J | S,
	     "add fields to the old response, or add a new RPC with the "
	     "new one"),
	RULE(RPC_SAME_SERVER_STREAMING, EVERYWHERE, W | J | S,
	     "add a new RPC with the other kind of stream"),
	RULE(SERVICE_NO_DELETE, FILE_ONLY, W | J | S,
	     "keep the service, mark it deprecated, and let clients "
	     "move to the new one first"),
	RULE(HTTP_BINDING_CHANGED, OURS, J,
	     "keep the old verb and path as one of additional_bindings"),
	RULE(REMOVED_WITHOUT_DEPRECATION, OURS, S,
	     "mark it deprecated in one version and remove it in a "
	     "later one"),
	RULE(FIELD_BECAME_REQUIRED, OURS, W | J,
	     "keep the field optional and give it a meaning when it is "
	     "missing"),
};
/* clang-format on */

const struct rule *
rule_of(enum breaking_rule rule)
{
	return &rules[rule];
}

const char *
breaking_category_name(unsigned category)
{
	switch (category) {
	case BREAKING_FILE:
		return "FILE";
	case BREAKING_PACKAGE:
		return "PACKAGE";
	case BREAKING_WIRE_JSON:
		return "WIRE_JSON";
	case BREAKING_WIRE:
		return "WIRE";
	case BREAKING_OURS:
		return "MDASH";
	default:
		return NULL;
	}
}
