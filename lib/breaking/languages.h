/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "wire/descriptor.h"

/*
 * Features of editions that are about one language: extensions of FeatureSet,
 * (pb.cpp).string_type and (pb.java).utf8_validation.
 */

/* Their numbers. */
enum {
	LANGUAGES_CPP = 1000,
	LANGUAGES_CPP_STRING = 2,
	LANGUAGES_JAVA = 1001,
	LANGUAGES_JAVA_UTF8 = 2,
	LANGUAGES_JAVA_VERIFY = 2,
};

/* 0: nothing was said. */
struct languages {
	unsigned cpp_string;
	unsigned java_utf8;
};

/* What holds here, where `own` (or NULL) says otherwise than above. */
struct languages languages_with(struct languages above,
                                const Proto__Features *own);
