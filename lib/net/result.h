/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "net/http.h"

#include <curl/curl.h>

/* What libcurl's codes mean to us; for net/ alone. */
enum net_result net_result_of(CURLcode code);
