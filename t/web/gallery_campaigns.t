#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Pictures of every state in the gallery: campaigns, from the draft to the end.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Web qw(browse mdash_for_browser);

browse(mdash_for_browser(areas => [], worker => 0));
