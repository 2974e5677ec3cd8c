/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/fault.h"
#include "report/components.h"
#include "wire/json_in.h"
#include "wire/json_scan.h"
#include "wire/limits.h"
#include "wire/place.h"

#include <string.h>

struct bill {
	struct components *components;
	struct faults *faults;
};

static bool
wrong(struct bill *bill, const char *pointer, const char *code,
      const char *detail)
{
	faults_add(bill->faults, pointer, 0, 0, code, "%s", detail);
	return false;
}

/* A text, or NULL when there is none. */
static bool
read_text(struct bill *bill, const json_t *object, const char *pointer,
          const char *key, const char **ret)
{
	const json_t *value = json_object_get(object, key);

	*ret = json_string_value(value);
	if (value == NULL || json_is_null(value) || json_is_string(value))
		return true;
	return wrong(bill,
	             pointer_member(bill->components->arena, pointer, key),
	             "type", "must be a text");
}

static bool
read_component(struct bill *bill, const json_t *object, const char *pointer,
               struct component *ret)
{
	if (!json_is_object(object))
		return wrong(bill, pointer, "type",
		             "a component must be an object");
	return read_text(bill, object, pointer, "type", &ret->type) &&
	       read_text(bill, object, pointer, "group", &ret->group) &&
	       read_text(bill, object, pointer, "name", &ret->name) &&
	       read_text(bill, object, pointer, "version", &ret->version) &&
	       read_text(bill, object, pointer, "purl", &ret->purl);
}

/* Those of the bill, or those inside of one. As deep as the JSON may be. */
static bool
read_list(struct bill *bill, const json_t *holder, const char *pointer)
{
	struct arena *arena = bill->components->arena;
	const json_t *list = json_object_get(holder, "components");
	const char *at = pointer_member(arena, pointer, "components");
	struct fault fault;
	size_t i;
	json_t *item;

	if (list == NULL || json_is_null(list))
		return true;
	if (!json_is_array(list))
		return wrong(bill, at, "type", "must be a list");
	json_array_foreach(list, i, item)
	{
		const char *here = pointer_item(arena, at, i);
		struct component component;

		if (!read_component(bill, item, here, &component))
			return false;
		if (components_add(bill->components, &component, &fault) != 0)
			return wrong(bill, here, fault.code, fault.detail);
		if (!read_list(bill, item, here))
			return false;
	}
	return true;
}

static bool
read_about(struct bill *bill, const json_t *root)
{
	static const char pointer[] = "#/metadata/component";
	const json_t *about =
		json_object_get(json_object_get(root, "metadata"), "component");
	struct component component;
	struct fault fault;

	if (about == NULL || json_is_null(about))
		return true;
	if (!read_component(bill, about, pointer, &component))
		return false;
	return components_set_about(bill->components, &component, &fault) ==
	               0 ||
	       wrong(bill, pointer, fault.code, fault.detail);
}

static bool
is_text(const json_t *object, const char *key, const char *text)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL && strcmp(value, text) == 0;
}

bool
cyclonedx_read_json(const char *bytes, size_t len, struct components *ret,
                    struct faults *faults)
{
	static const struct json_limits limits = {LIMIT_REPORT_NODES,
	                                          LIMIT_SCALAR};
	struct bill bill = {.components = ret, .faults = faults};
	const json_t *root =
		json_read_within(bytes, len, &limits, ret->arena, faults);

	if (root == NULL)
		return false;
	if (!is_text(root, "bomFormat", "CycloneDX"))
		return wrong(&bill, "#/bomFormat", "report",
		             "is no CycloneDX bill of materials: bomFormat "
		             "must be CycloneDX");
	if (!cyclonedx_is_version(
		    json_string_value(json_object_get(root, "specVersion"))))
		return wrong(&bill, "#/specVersion", "version",
		             "versions 1.2 to 1.6 of CycloneDX are read");
	return read_about(&bill, root) && read_list(&bill, root, "#");
}
