#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The API explorer: nothing published, packages and symbols, who calls what,
# files, revisions and what breaks between them.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Check qw(program skip_or_fail);
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse mdash_for_browser);

my $protoc = program('protoc') or skip_or_fail('there is no protoc');
my $mdash = mdash_for_browser();
$mdash->user('anna', teams => ['wallet']);
my $ci = $mdash->token(scopes => ['ingest:write']);

# The descriptor set of one file.
sub compiled ($name, $text) {
	my $dir = $mdash->dir . '/protos';
	mkdir $dir;
	open my $file, '>', "$dir/$name" or die "$name: $!";
	print $file $text;
	close $file or die "$name: $!";
	system($protoc, '--include_imports', '--include_source_info', "-I$dir",
		"--descriptor_set_out=$dir/set.pb", $name) == 0 or die 'protoc';
	open my $set, '<:raw', "$dir/set.pb" or die "set.pb: $!";
	local $/ = undef;
	return scalar <$set>;
}

# `$retries` is the type of one of its fields.
sub set ($retries) {
	return compiled('pay.proto', <<~"PROTO");
		syntax = "proto3";
		package acme.pay.v1;

		// Charges a wallet. What is charged is a [Charge][acme.pay.v1.Charge].
		service PayService {
		  // Charges <b>once</b>, see [this](javascript:alert(1)).
		  rpc Pay(PayRequest) returns (Charge);
		  rpc Watch(PayRequest) returns (stream Charge) { option deprecated = true; }
		}

		message PayRequest {
		  string wallet_id = 1;
		  oneof amount { int64 yen = 2; double other = 3; }
		  map<string, Charge> earlier = 4;
		  $retries retries = 6;
		  reserved 5;
		}

		// What was charged.
		message Charge {
		  string name = 1;
		  repeated Charge parts = 2;
		  State state = 3;
		}

		enum State { STATE_UNSPECIFIED = 0; DONE = 1; }

		option java_package = "example.acme.pay";
		PROTO
}

# No package, and names that screens of the page have, too.
sub bare {
	return compiled('bare.proto', <<~'PROTO');
		syntax = "proto3";
		message files { policy next = 1; }
		message policy { message Row { string text = 1; } }
		PROTO
}

sub put_set ($name, $set) {
	return 0 + $ci->put("/api/v1/ingest/descriptor-sets/$name", $set,
		'content-type' => 'application/x-protobuf')->{status};
}

browse($mdash,
	set => sub ($name, $retries) { return put_set($name, set($retries)) },
	bare => sub ($name) { return put_set($name, bare()) },
	spec => sub ($id, $part, $rpc) {
		return 0 + publish($ci, $id, spec($id, teamName => 'wallet',
			grpc => "{$part: [$rpc]}"))->{status};
	});
