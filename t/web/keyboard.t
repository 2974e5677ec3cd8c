#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Everything without a mouse: Tab reaches every control, the focus is seen,
# dialogs keep it and give it back, and whole tasks can be done.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Web qw(browse every_state mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
every_state($mdash);
# A job that waits can be cancelled; none comes while Tab walks through the list of them.
$mdash->sql(q{UPDATE schedule SET next_slot = next_slot + interval '1 day'});
browse($mdash, live => sub {
	return 0 + $mdash->value(q{SELECT count(*) FROM service
		WHERE publisher = 'acme-mono' AND tombstoned_at IS NULL});
});
