#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# WCAG 2.2 AA on every screen as the server fills it, in Japanese.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Web qw(browse every_campaign every_state mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
every_state($mdash);
every_campaign($mdash);
browse($mdash, now => sub {
	return $mdash->value('SELECT rfc3339(clock_timestamp())');
});
