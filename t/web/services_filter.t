#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Filters of the service list: choices with counts, words in Japanese and
# English, qualifiers, input methods; all of it is in the address.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Web qw(browse company mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
company($mdash);

browse($mdash,
	having => sub (@facets) {
		my $all = join ',', map { "'$_'" } @facets;
		return [map { $_->[0] } $mdash->sql(
			"SELECT service_id FROM service WHERE facet @> ARRAY[$all]"
			. ' ORDER BY service_id')];
	});
