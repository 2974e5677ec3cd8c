/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * Where to go after signing in: `text` when every browser reads it as a path of
 * this origin, else "/". A browser takes "//host", "/\host" and the same with
 * tabs or line breaks between for another origin.
 */
const char *return_to(const char *text);
