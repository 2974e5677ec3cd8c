#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What counts as breaking: an admin waives a change and ends the waiver, edits the
# policy, and meets somebody who was faster; others only read.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP ();
use Mdash::Check qw(program skip_or_fail);
use Mdash::Proto qw(descriptor_set publish_set_of);
use Mdash::Web qw(browse mdash_for_browser);

program('protoc') or skip_or_fail('there is no protoc');
my $mdash = mdash_for_browser();
$mdash->user('anna');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');

for my $fields ('string id = 1; string note = 2;', 'string id = 1;') {
	publish_set_of($ci, 'acme', descriptor_set({'acme/order.proto' => <<~"PROTO"}))
		syntax = "proto3";
		package acme.v1;
		message Order { $fields }
		PROTO
		->{status} == 200 or die 'publish';
}

browse($mdash, faster => sub ($version, $category) {
	return 0 + $admin->put('/api/v1/apis/acme/policy', {version => $version, items => [
		{prefix => '', use => [$category], except => [],
			ignoreUnstable => JSON::PP::false}]})->{status};
});
