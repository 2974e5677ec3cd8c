#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Ctrl-K: finds services, teams and tags, runs commands, remembers what was
# opened last; all of it by keyboard.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Web qw(browse company mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
company($mdash);
browse($mdash);
