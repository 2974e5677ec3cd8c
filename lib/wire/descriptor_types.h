/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor_options.h"

#include <stdint.h>

/* Inside of descriptor_options.h: what files declare, by name. */

struct options_entry {
	const char *full_name;
	const Proto__Message *message; /* or */
	const Proto__Enum *one;        /* or */
	const Proto__Field *extension;
};

/* By a type name with its leading dot; NULL when nobody declares it. */
const struct options_entry *options_find(const struct options *options,
                                         const char *type_name);

/* By the options message ("MethodOptions") and its number. */
const struct options_entry *
options_find_extension(const struct options *options, const char *extendee,
                       uint32_t number);
