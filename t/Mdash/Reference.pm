# SPDX-License-Identifier: Apache-2.0
package Mdash::Reference;

# .proto files that use whatever the language has, for tests of what is told of
# them: all_files() as texts by path, all_in_one() as one descriptor set with a
# file of an edition; files_of() takes a set apart.
use v5.36;
use utf8;
use Exporter qw(import);
use Mdash::Proto qw(descriptor_set);

our @EXPORT_OK = qw(all_files all_in_one files_of);

my %file = (
	'google/api/http.proto' => <<~'PROTO',
		syntax = "proto3";
		package google.api;
		message HttpRule {
		  string selector = 1;
		  oneof pattern {
		    string get = 2; string put = 3; string post = 4;
		    string delete = 5; string patch = 6;
		  }
		  string body = 7;
		  string response_body = 12;
		  repeated HttpRule additional_bindings = 11;
		}
		PROTO
	'google/api/annotations.proto' => <<~'PROTO',
		syntax = "proto3";
		package google.api;
		import "google/api/http.proto";
		import "google/protobuf/descriptor.proto";
		extend google.protobuf.MethodOptions { HttpRule http = 72295728; }
		PROTO
	'acme/options.proto' => <<~'PROTO',
		syntax = "proto2";
		package acme;
		import "google/protobuf/descriptor.proto";
		message Care { optional string team = 1; repeated int32 level = 2; optional bytes key = 3; }
		enum Risk { LOW = 0; HIGH = 7; }
		extend google.protobuf.FileOptions { optional string owner = 50001; }
		extend google.protobuf.ServiceOptions { optional Care care = 50001; }
		extend google.protobuf.MessageOptions { optional Risk risk = 50001; repeated Risk more = 50002; }
		extend google.protobuf.FieldOptions { optional double weight = 50001; optional uint64 most = 50002; }
		extend google.protobuf.OneofOptions { optional bool strict = 50001; }
		extend google.protobuf.EnumOptions { optional sint32 shift = 50001; }
		extend google.protobuf.EnumValueOptions { optional string text = 50001; }
		PROTO
	'acme/shop/v1/shop.proto' => <<~'PROTO',
		// Copyright of nobody.

		syntax = "proto3";

		// The shop, as a package.
		package acme.shop.v1;

		import "google/api/annotations.proto";
		import public "acme/shop/v1/order.proto";
		import "acme/options.proto";

		option java_package = "example.acme.shop";
		option java_multiple_files = true;
		option go_package = "acme.example/shop;shop";
		option optimize_for = LITE_RUNTIME;
		option (acme.owner) = "team-shop";

		// Far from it.

		// Near, too.

		/* Sells *things*:
		 * see [Order][acme.shop.v1.Order].
		 *
		 * More is said here.
		 */
		service Shop { // in the line of the service
		  option (acme.care) = {team: "red" level: 1 level: 2 key: "\001\377"};
		  // Places an order. 注文する。
		  rpc Place(Order) returns (Receipt) {
		    option (google.api.http) = {
		      post: "/v1/orders" body: "*"
		      additional_bindings { put: "/v1/orders/{id}" body: "order" }
		      additional_bindings { patch: "/v2/orders" response_body: "id" }
		    };
		  }
		  rpc Upload(stream Order) returns (Receipt);
		  rpc Watch(Order) returns (stream Receipt) { option idempotency_level = NO_SIDE_EFFECTS; }
		  rpc Talk(stream Order) returns (stream Receipt) {
		    option idempotency_level = IDEMPOTENT;
		    option deprecated = true;
		  }
		}
		service Old { option deprecated = true; }
		PROTO
	'acme/shop/v1/order.proto' => <<~'PROTO',
		syntax = "proto3";
		package acme.shop.v1;
		import "google/protobuf/timestamp.proto";
		import "acme/options.proto";
		message Order {
		  option (acme.risk) = HIGH;
		  option (acme.more) = LOW;
		  option (acme.more) = HIGH;
		  reserved 5, 20 to 29, 1000 to max;
		  reserved "amount", "sum";
		  string id = 1; // of the shop
		  optional int64 placed_by = 2;
		  repeated Line lines = 3;
		  // Who pays.
		  oneof payer {
		    option (acme.strict) = true;
		    string person = 6;
		    Company company = 7 [deprecated = true];
		  }
		  map<string, Line> by_name = 8;
		  map<int32, double> rates = 9;
		  repeated sint32 marks = 10;
		  repeated fixed64 loose = 11 [packed = false];
		  google.protobuf.Timestamp at = 12 [json_name = "AT"];
		  Kind kind = 13 [(acme.weight) = 0.25, (acme.most) = 18446744073709551615];
		  bytes raw = 14;
		  message Line {
		    string item = 1;
		    message Deep { Order.Line up = 1; }
		    enum Unit { UNIT_NONE = 0; }
		  }
		  message Company { string name = 1; option deprecated = true; }
		}
		message Receipt { string id = 1; Order order = 2; }
		message Unused {}
		enum Kind {
		  option allow_alias = true;
		  option (acme.shift) = -3;
		  reserved 4, 10 to 12, 100 to max;
		  reserved "KIND_GONE";
		  KIND_NONE = 0; // nothing said
		  KIND_GIFT = 1 [(acme.text) = "贈り物", deprecated = true];
		  KIND_PRESENT = 1;
		  KIND_BELOW = -1;
		}
		PROTO
	'acme/shop/v1beta1/shop.proto' => <<~'PROTO',
		syntax = "proto3";
		package acme.shop.v1beta1;
		service Shop {}
		PROTO
	'acme/shop/v1/sub/part.proto' => "syntax = \"proto3\";\npackage acme.shop.v1.sub;\nmessage Part {}\n",
	'acme/old.proto' => <<~'PROTO',
		syntax = "proto2";
		package acme.old;
		message Old {
		  required string name = 1;
		  optional int32 count = 2 [default = 42];
		  optional string greeting = 3 [default = "say \"hi\"\n"];
		  optional double ratio = 4 [default = inf];
		  optional State state = 5 [default = STOPPED];
		  optional bool on = 6 [default = true];
		  repeated int32 loose = 7;
		  repeated int32 tight = 8 [packed = true];
		  optional group Result = 9 { optional string url = 1; }
		  extensions 100 to 199;
		  extensions 1000 to max;
		  extend Other { optional Old inside = 101; }
		}
		message Other { extensions 100 to max; }
		extend Old {
		  // Its own note.
		  repeated string tags = 100 [deprecated = true];
		}
		enum State { RUNNING = 1; STOPPED = 2; }
		PROTO
	'nameless.proto' => "syntax = \"proto3\";\nmessage Nameless { string id = 1; }\n",
);

# protoc knows editions since its release 27; this is what it would write, with
# features of the file, of messages and of fields.
sub varint ($n) {
	my $out = '';
	for (; $n > 127; $n >>= 7) { $out .= chr($n & 127 | 128) }
	return $out . chr $n;
}
sub number ($field, $n) { return varint($field << 3) . varint($n) }
sub bytes ($field, @parts) {
	my $bytes = join '', @parts;
	return varint($field << 3 | 2) . varint(length $bytes) . $bytes;
}
sub features ($field, %set) {
	return bytes($field, map { number($_, $set{$_}) } sort keys %set);
}
sub field ($name, $number, $type, $label, @more) {
	return bytes(2, bytes(1, $name), number(3, $number), number(4, $label),
		number(5, $type), @more);
}
sub editions () {
	my @new = (bytes(6, '.acme.next.New'));
	return bytes(1, bytes(1, 'acme/next.proto'), bytes(2, 'acme.next'),
		bytes(4, bytes(1, 'New'), field('plain', 1, 5, 1),
			field('asked', 2, 5, 1, bytes(8, features(21, 1 => 1))),
			field('must', 3, 9, 1, bytes(8, features(21, 1 => 3))),
			field('numbers', 4, 5, 3), field('part', 5, 11, 1, @new)),
		bytes(4, bytes(1, 'Loose'), field('numbers', 1, 5, 3),
			field('part', 2, 11, 1, @new), bytes(7, features(12, 3 => 2, 5 => 2))),
		bytes(5, bytes(1, 'Shut'), bytes(2, bytes(1, 'A'), number(2, 3)),
			bytes(3, features(7, 2 => 2))),
		bytes(5, bytes(1, 'Open'), bytes(2, bytes(1, 'Z'), number(2, 0))),
		bytes(8, features(50, 1 => 2)), bytes(12, 'editions'), number(14, 1000));
}

sub all_files () { return {%file} }
sub all_in_one () { return descriptor_set(\%file) . editions() }

# {path => bytes} of a set, and the paths in their order.
sub files_of ($set) {
	my (%file, @paths);
	while ($set =~ s/^\x0a([\x80-\xff]*[\x00-\x7f])//) {
		my @digits = map { ord() & 127 } split //, $1;
		my $length = 0;
		$length += $digits[$_] << 7 * $_ for 0 .. $#digits;
		my $one = substr $set, 0, $length, '';
		my $path = substr $one, 2, ord substr $one, 1, 1;
		$file{$path} = $one;
		push @paths, $path;
	}
	die "that is no set\n" if $set ne '';
	return \%file, @paths;
}

1;
