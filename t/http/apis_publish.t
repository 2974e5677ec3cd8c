#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Descriptor sets: what a publish does, in which order, who may, and what is no
# set at all.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Compress::Gzip qw(gzip);
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of shop);
use Mdash::Publish qw(publish);
use Test::More;

my $mdash = Mdash->new;
my $ci = $mdash->token(scopes => [qw(ingest:write catalog:read events:read)]);
my $path = 'acme/shop/v1/shop.proto';

# How many rows each table has.
sub rows () {
	return {map { @$_ } $mdash->sql(<<~'SQL')};
		SELECT c.relname,
		       (xpath('/row/n/text()', query_to_xml(format(
		         'SELECT count(*) AS n FROM %I', c.relname), false, true, '')))[1]::text
		  FROM pg_class c
		 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
		   AND c.relname NOT IN ('api_token', 'session')
		SQL
}

sub result ($answer) {
	my $json = $answer->{json} // {};
	return join ' ', $answer->{status}, grep { defined } $json->{result}, $json->{revision};
}

sub codes ($answer) {
	return join ' ', sort map { $_->{code} } ($answer->{json}{errors} // [])->@*;
}

# --- the life of a repository --------------------------------------------------------

my $set = descriptor_set(shop());
my $before = rows();
my $dry = publish_set_of($ci, 'shop', $set, dryRun => 1);
is result($dry), '200 created 1', 'a dry run says that the repository would be created';
is_deeply rows(), $before, 'and keeps nothing';
my $made = publish_set_of($ci, 'shop', $set, commit => 'a1', sequence => 10);
is $made->{content}, publish_set_of($ci, 'shop2', $set, dryRun => 1)->{content}
	=~ s/"shop2"/"shop"/r, 'a publish answers the same, byte for byte';
is $dry->{content}, $made->{content}, 'whatever goes with it';
is_deeply $made->{json}{counts}, {files => 1, packages => 1, services => 1, methods => 2,
	messages => 3, fields => 6, enums => 1, values => 2, extensions => 0},
	'with what there is';

$before = rows();
is result(publish_set_of($ci, 'shop', $set, commit => 'a2', sequence => 11)),
	'200 unchanged 1', 'the same again changes nothing';
is_deeply rows(), $before, 'and writes no row';
gzip(\$set => \my $packed);
is result($ci->put('/api/v1/ingest/descriptor-sets/shop', $packed,
	'content-type' => 'application/x-protobuf', 'content-encoding' => 'gzip')),
	'200 unchanged 1', 'packed it is the same';

my %next = ($path => shop()->{$path} =~ s/rpc Watch[^\n]+\n//r);
my $less = descriptor_set(\%next);
my %calls = (till => 'Watch', desk => 'Place');
is publish($ci, $_, "serviceID: $_\ngrpc: {consumes: [acme.shop.v1.ShopService/$calls{$_}]}\n")
	->{status}, 200, "$_ calls $calls{$_}" for sort keys %calls;
$dry = publish_set_of($ci, 'shop', $less, dryRun => 1);
my $breaking = publish_set_of($ci, 'shop', $less, sequence => 12);
is result($breaking), '200 updated 2', 'a set without that RPC is another revision';
is $breaking->{content}, $dry->{content}, 'as the dry run said';
is join(' ', sort map { $_->{rule} } $breaking->{json}{findings}->@*),
	'REMOVED_WITHOUT_DEPRECATION RPC_NO_DELETE', 'it breaks something';
is join(' ', map { "$_->{service} $_->{role} @{$_->{rpcs}}" } $breaking->{json}{impact}->@*),
	'till consumes acme.shop.v1.ShopService.Watch', 'for those alone who call it';
# From the table: the log shows it when no transaction of the cluster is older.
is $mdash->value("SELECT concat_ws(' ', type, subject, data->>'services') FROM event
	WHERE kind = 'api' AND data->>'version' = '2'"), 'api.breaking shop ["till"]',
	'and an event says so';
is $mdash->value("SELECT outcome FROM audit WHERE action = 'descriptor.publish'
	ORDER BY id DESC LIMIT 1"), 'updated', 'and the audit log';

# --- order and conflicts -------------------------------------------------------------

is result(publish_set_of($ci, 'shop', $set, sequence => 5)), '200 superseded 3',
	'an older sequence does not become current';
is $ci->get('/api/v1/apis/shop')->{json}{revision}{number}, 2, 'the newer one stays';
is $ci->get('/api/v1/apis/shop/symbols/acme.shop.v1.ShopService.Watch?revision=3')->{status},
	200, 'but it can be read';
is publish_set_of($ci, 'shop', $set, sequence => 12)->{status}, 409,
	'the same sequence with another content is a conflict';
is publish_set_of($ci, 'shop', $set, commit => 'a1')->{json}{result}, 'updated',
	'the same commit with the same content is none';
is publish_set_of($ci, 'shop', $less, commit => 'a1')->{status}, 409,
	'with another it is';
is publish_set_of($ci, 'shop', $less, commit => 'a1', force => 1)->{status}, 403,
	'which only an admin may force';
is publish_set_of($mdash->sign_in('admin'), 'shop', $less, commit => 'a1', force => 1)
	->{json}{result}, 'updated', 'and does';

# --- imports -------------------------------------------------------------------------

my %two = (shop()->%*, 'acme/till.proto' => <<~'PROTO');
	syntax = "proto3";
	package acme.till;
	import "acme/shop/v1/shop.proto";
	message Bill { acme.shop.v1.Order order = 1; }
	PROTO
my $alone = descriptor_set(\%two, imports => 0, only => ['acme/till.proto']);
is_deeply publish_set_of($ci, 'till', $alone)->{json}{files}{completed}, [$path],
	'an import that is stored is taken from there';
$two{'acme/other.proto'} = $two{'acme/till.proto'} =~ s{acme/shop/v1/shop}{acme/gone}gr
	=~ s/acme\.shop\.v1\.Order/acme.gone.Order/r =~ s/acme\.till/acme.other/r;
$two{'acme/gone.proto'} = "syntax = \"proto3\";\npackage acme.gone;\nmessage Order {}\n";
my $answer = publish_set_of($ci, 'other',
	descriptor_set(\%two, imports => 0, only => ['acme/other.proto']));
is $answer->{status} . ' ' . codes($answer), '422 missing-import', 'one that is not is a fault';
like $answer->{json}{errors}[0]{detail}, qr{^acme/gone\.proto }, 'which names it';
is publish_set_of($ci, 'bare', descriptor_set(shop(), source_info => 0))
	->{json}{warnings}[0]{code}, 'no-source-info', 'a set without comments has a warning';

# --- rights --------------------------------------------------------------------------

my $validate = $mdash->token(scopes => ['ingest:validate']);
is publish_set_of($validate, 'shop', $set, dryRun => 1)->{status}, 200,
	'one who may only validate may try';
is publish_set_of($validate, 'shop', $set)->{status}, 403, 'and not publish';
my $bound = $mdash->token(scopes => ['ingest:write'], services => ['pay-*']);
is publish_set_of($bound, 'shop', $set)->{status}, 403, 'nor may one bound to services';
is publish_set_of($ci, $_, $set)->{status}, 422, "no repository is called $_"
	for 'Shop', '1shop', 'a' x 64;
is $ci->put('/api/v1/ingest/descriptor-sets/shop', $set, 'content-type' => 'text/plain')
	->{status}, 415, 'a text is no set';

is publish_set_of($ci, 'shop', $set, $_ => 1)->{json}{errors}[0]{pointer}, "?$_",
	"$_ is for specs" for qw(publisher takeover);

# --- what is no set (apis_hostile.t has what is made to hurt) ----------------------------

sub field ($number, $bytes) {
	return chr($number << 3 | 2) . pack('w/a*', $bytes) if length $bytes < 128;
	my ($len, $varint) = (length $bytes, '');
	for (; $len > 127; $len >>= 7) { $varint .= chr($len & 127 | 128) }
	return chr($number << 3 | 2) . $varint . chr($len) . $bytes;
}
sub file (@parts) { return field(1, join '', field(1, 'x.proto'), @parts) }
my %hostile = (
	'nothing' => ['', '400 empty'],
	'a text' => ['hello', '400 malformed'],
	'a file without a name' => [field(1, ''), '422 required'],
	'the same path twice' => [file() . file(field(2, 'p')), '422 duplicate'],
	'files that import each other' => [field(1, field(1, 'a') . field(3, 'b'))
		. field(1, field(1, 'b') . field(3, 'a')), '422 circle'],
	'a message in two files' => [field(1, field(1, 'a') . field(4, field(1, 'M')))
		. field(1, field(1, 'b') . field(4, field(1, 'M'))), '422 duplicate'],
	'a type that is not fully qualified' => [file(field(4, field(1, 'M')
		. field(2, field(1, 'f') . "\x18\1\x20\1\x28\13" . field(6, 'M')))), '422 type-name'],
);
my $long = 'N' x 300;
$hostile{'a package that is too long'} = [file(field(2, $long x 2)), '422 name'];
$hostile{'a type that is too long'} = [file(field(4, field(1, 'M')
	. field(2, field(1, 'f') . "\x18\1\x20\1\x28\13" . field(6, '.' . $long x 2)))),
	'422 type-name'];
$hostile{'names that grow with what they are in'} =
	[file(field(4, field(1, $long) . field(3, field(1, $long)))), '422 too-long'];
for my $name (sort keys %hostile) {
	my ($bytes, $expected) = $hostile{$name}->@*;
	$before = rows();
	$answer = publish_set_of($ci, 'hostile', $bytes);
	is join(' ', $answer->{status}, (split / /, codes($answer))[0] // ''), $expected,
		$name or diag $answer->{content};
	my $after = rows();
	# But that it was refused; apis_refused.t looks at that.
	delete $_->@{qw(publish_failure event event_subject audit)} for $before, $after;
	is_deeply $after, $before, '  and nothing else is written';
}
# An option that says little and would be written long.
my $options = descriptor_set({'options.proto' => <<~"PROTO"});
	syntax = "proto2";
	package acme.options;
	import "google/protobuf/descriptor.proto";
	enum Long { $long = 0; }
	extend google.protobuf.MessageOptions { repeated Long long = 50000; optional string note = 50001; }
	message Once { option (long) = $long; option (note) = "kept"; }
	message Often {
	@{[join "\n", ("  option (long) = $long;") x 5000]}
	}
	PROTO
is publish_set_of($ci, 'options', $options)->{status}, 200, 'an option may be given often';
my %of = map { $_ => $ci->get("/api/v1/apis/options/symbols/acme.options.$_")
	->{json}{document}{options} } qw(Once Often);
is_deeply $of{Once}, {'acme.options.long' => [$long], 'acme.options.note' => 'kept'},
	'what is short is shown';
is_deeply [keys $of{Often}{'acme.options.long'}->%*], ['raw'],
	'what would be too long is kept as bytes';

is result(publish_set_of($ci, 'shop2', $set)), '200 created 1', 'good sets go on being taken';

done_testing;
