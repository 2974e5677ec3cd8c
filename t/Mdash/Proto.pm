# SPDX-License-Identifier: Apache-2.0
package Mdash::Proto;

# Descriptor sets made from .proto texts by protoc, and publishing them.
use v5.36;
use Exporter qw(import);
use File::Path qw(make_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);

our @EXPORT_OK = qw(descriptor_set publish_set_of shop);

# descriptor_set({'a/b.proto' => 'syntax …'}, source_info => 0, imports => 0)
sub descriptor_set ($files, %with) {
	my $dir = tempdir(CLEANUP => 1);
	for my $path (sort keys %$files) {
		make_path("$dir/" . dirname($path));
		open my $out, '>:raw', "$dir/$path" or die "$path: $!";
		my $text = $files->{$path};
		utf8::encode($text) if utf8::is_utf8($text);
		print $out $text;
		close $out or die "$path: $!";
	}
	my @options = grep { defined }
		($with{imports} // 1) ? '--include_imports' : undef,
		($with{source_info} // 1) ? '--include_source_info' : undef;
	my @only = ($with{only} // [sort keys %$files])->@*;
	system('protoc', '-I', $dir, @options, "--descriptor_set_out=$dir/set", @only)
		== 0 or die "protoc failed\n";
	open my $in, '<:raw', "$dir/set" or die "set: $!";
	local $/;
	return <$in>;
}

# PUT of a set; options become the query.
sub publish_set_of ($client, $repository, $set, %query) {
	my $query = join '&', map { "$_=$query{$_}" } sort keys %query;
	return $client->put("/api/v1/ingest/descriptor-sets/$repository"
		. ($query eq '' ? '' : "?$query"), $set,
		'content-type' => 'application/x-protobuf');
}

# A small API, for tests that need any.
sub shop () {
	return {'acme/shop/v1/shop.proto' => <<~'PROTO'};
		syntax = "proto3";
		package acme.shop.v1;
		// Sells things, see [Order][acme.shop.v1.Order].
		service ShopService {
		  // Places an order.
		  rpc Place(Order) returns (Receipt);
		  rpc Watch(Order) returns (stream Receipt);
		}
		message Order {
		  string id = 1;
		  repeated Line lines = 2;
		  message Line { string item = 1; int32 count = 2; }
		  Kind kind = 3;
		}
		message Receipt { string id = 1; }
		enum Kind { KIND_UNSPECIFIED = 0; KIND_GIFT = 1; }
		PROTO
}

1;
