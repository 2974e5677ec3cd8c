#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Descriptor sets by messages: Google Pub/Sub push and CloudEvents in both modes.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP ();
use MIME::Base64 qw(encode_base64);
use Test::More;
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of shop);
use Mdash::Publish qw(gzip marks moved);

my $mdash = Mdash->new(settings => {descriptor_bytes => '1MB'});
my $ci = $mdash->token(scopes => ['ingest:write']);
my $json = JSON::PP->new->utf8->canonical;
my $path = 'acme/shop/v1/shop.proto';
my $set = descriptor_set(shop());
my $less = descriptor_set({$path => shop()->{$path} =~ s/rpc Watch[^\n]+\n//r});
my $file = descriptor_set(shop(), source_info => 0);

# '200 created 1', or '422'.
sub result ($answer) {
	my $body = $answer->{json} // {};
	return join ' ', $answer->{status}, grep { defined } $body->@{qw(result revision)};
}

sub failures {
	return $mdash->value('SELECT coalesce(sum(attempts), 0) FROM publish_failure');
}

# What became of the last publish that was refused: its first fault.
sub fault {
	return $mdash->value("SELECT (faults #>> '{0,code}') || ' ' || (faults #>> '{0,pointer}')
		FROM publish_failure ORDER BY last_at DESC, id DESC LIMIT 1");
}

sub revision ($repository) {
	return $mdash->value("SELECT revision FROM proto_repository WHERE name = '$repository'");
}

# --- Pub/Sub -----------------------------------------------------------------

my $message_id = 1000;

sub envelope ($data, %attributes) {
	return {
		subscription => 'projects/acme/subscriptions/protos',
		message => {
			data => encode_base64($data, ''),
			messageId => ++$message_id . '',
			attributes => {kind => 'descriptor-set', repository => 'pub', %attributes},
		},
	};
}

sub push_message ($envelope) {
	return $ci->post('/api/v1/ingest/pubsub', $envelope);
}

my $answer = push_message(envelope($set, contentType => 'application/x-protobuf'));
is result($answer), '200 created 1', 'a Pub/Sub message publishes a descriptor set';
is_deeply $answer->{json}{counts}{methods}, 2, 'all of it';
is $answer->{content}, publish_set_of($ci, 'direct', $set)->{content}
	=~ s/"direct"/"pub"/r, 'the answer is that of a plain publish';
my $message = envelope(gzip($less), contentEncoding => 'gzip', sequence => '7', commit => 'abc',
	branch => 'main', runUrl => 'https://ci.example/7', publisher => 'protos');
is result($answer = push_message($message)), '200 updated 2', 'it may be packed';
is join(' ', sort map { $_->{rule} } $answer->{json}{findings}->@*),
	'REMOVED_WITHOUT_DEPRECATION RPC_NO_DELETE', 'what breaks is told';
is_deeply [map { @$_ } $mdash->sql(q{SELECT v.sequence, v.commit, v.branch, v.run_url
	FROM proto_repository r JOIN proto_revision v ON v.repository = r.id
	 AND v.number = r.revision WHERE r.name = 'pub'})],
	[7, 'abc', 'main', 'https://ci.example/7'], 'attributes are the parameters';

is result(push_message(envelope($set))), '200 updated 3', 'another message is another publish';
my $again = push_message($message);
is result($again), '200 updated 2', 'a second delivery is answered as the first';
is $again->{content}, $answer->{content}, 'byte for byte';
is $again->{headers}{'idempotent-replayed'}, 'true', 'and says so';
is revision('pub'), 3, 'and does nothing';
my $other = {%$message, message => {$message->{message}->%*}};
$other->{message}{data} = encode_base64($file, '');
delete $other->{message}{attributes}{contentEncoding};
is push_message($other)->{status}, 204, 'another content under one id is refused';
is fault(), 'conflict #', 'and kept with the reason';
is revision('pub'), 3, 'and changes nothing';

my $count = failures();
for my $case (
	['no repository', envelope($set, repository => ''), 'required #/message/attributes/repository'],
	['a bad repository', envelope($set, repository => 'A b'),
		'format #/message/attributes/repository'],
	['a bad kind', envelope($set, kind => 'descriptors'), 'enum #/message/attributes/kind'],
	['a bad type', envelope($set, contentType => 'application/yaml'),
		'enum #/message/attributes/contentType'],
	['a bad sequence', envelope($set, sequence => 'x'), 'range #/message/attributes/sequence'],
	['no set', envelope('hello'), 'malformed #'],
	['an invalid set', envelope("\n\0"), 'required #'],
	['a damaged gzip', envelope(substr(gzip($set), 0, -4), contentEncoding => 'gzip'),
		'gzip #/message/data'],
	['gzip inside gzip', envelope(gzip(gzip($set)), contentEncoding => 'gzip'),
		'gzip #/message/data'],
	['too much inside a gzip', envelope(gzip(join '', map { chr int rand 16 } 1 .. 1_100_000),
		contentEncoding => 'gzip'), 'too-large #/message/data'],
	['a bomb', envelope(gzip("\0" x 1_000_000), contentEncoding => 'gzip'),
		'gzip #/message/data'],
	['a conflict', envelope($file, sequence => '7'), 'conflict #'],
) {
	my ($name, $envelope, $fault) = @$case;
	$answer = push_message($envelope);
	is $answer->{status}, 204, "$name is acknowledged" or diag $answer->{content};
	is failures(), ++$count, '  and kept as a failed publish';
	is fault(), $fault, '  with the place and the reason';
}
my $no_base64 = envelope('');
$no_base64->{message}{data} = '*****';
is push_message($no_base64)->{status}, 204, 'data that is no base64 as well';
is fault(), 'base64 #/message/data', '  with its reason';
is $mdash->value(q{SELECT count(*) FROM publish_failure f JOIN blob b
	ON b.sha256 = f.source_sha256 AND octet_length(b.bytes) > 0
	WHERE f.faults #>> '{0,pointer}' <> '#/message/attributes/kind'}), 0,
	'the bytes of none are kept that is known to be a set';
is $mdash->value(q{SELECT string_agg(DISTINCT repository, ' ') FROM publish_failure}), 'pub',
	'they belong to the repository';
is revision('pub'), 3, 'and the good revision stays';
my $bound = $mdash->token(scopes => ['ingest:write'], services => ['pay-*']);
is $bound->post('/api/v1/ingest/pubsub', envelope($set))->{status}, 204,
	'a token that is bound to services is refused';
is fault(), 'forbidden #', '  for that reason';

# --- CloudEvents, binary mode -----------------------------------------------------

my $event_id = 0;

sub binary ($bytes, %attributes) {
	my %all = (specversion => '1.0', type => 'mdash.descriptor-set.publish',
		source => '/ci/test', id => 'e' . ++$event_id, subject => 'event', %attributes);
	my %headers = ((delete $all{headers} // {})->%*);
	return $ci->post('/api/v1/ingest/cloudevents', $bytes,
		'content-type' => 'application/x-protobuf', %headers,
		map { ("ce-$_" => $all{$_}) } grep { defined $all{$_} } keys %all);
}

is result(binary($set)), '200 created 1', 'a binary event publishes a descriptor set';
is result(binary(gzip($less), headers => {'content-encoding' => 'gzip'},
	committime => '2026-03-01T10:00:00Z', commit => 'abc')), '200 updated 2', 'packed as well';
is $mdash->value(q{SELECT v.commit FROM proto_repository r JOIN proto_revision v
	ON v.repository = r.id AND v.number = r.revision WHERE r.name = 'event'}), 'abc',
	'extension attributes are the parameters';
my $first = binary($set, id => 'same');
is result($first), '200 updated 3', 'an event';
is result(binary($less)), '200 updated 4', 'is followed by another';
is binary($set, id => 'same')->{content}, $first->{content}, 'the same is answered as before';
is revision('event'), 4, 'and does nothing';
is binary($set, id => 'same', subject => 'else')->{status}, 422,
	'for another repository it is refused';

my $before = marks($mdash);
for my $case (['', 'required'], ['Event', 'format']) {
	$answer = binary($set, subject => $case->[0]);
	is join(' ', $answer->{status}, $answer->{json}{errors}[0]->@{qw(code pointer)}),
		"422 $case->[1] ce-subject", "a subject '$case->[0]' is refused";
}
is binary($set, type => 'mdash.descriptors.publish')->{json}{errors}[0]{pointer}, 'ce-type',
	'so is an unknown type';
is binary('x: 1', headers => {'content-type' => 'application/yaml'})->{status}, 415,
	'data of another type: 415';
is binary($set, headers => {'content-encoding' => 'br'})->{status}, 415,
	'and of another coding';
is moved($before, marks($mdash)), '', 'and they write nothing';
is binary('hello')->{json}{errors}[0]{code}, 'malformed', 'what is no set is a bad request';
is binary("\n\0" x 600_000)->{status}, 413, 'data past the limit: 413';
is binary(gzip("\n\0" x 600_000), headers => {'content-encoding' => 'gzip'})->{status}, 413,
	'also when it is packed';

# --- CloudEvents, structured mode ----------------------------------------------------

sub structured (%event) {
	my %all = (specversion => '1.0', type => 'mdash.descriptor-set.publish',
		source => '/ci/test', id => 's' . ++$event_id, subject => 'st', %event);
	return $ci->post('/api/v1/ingest/cloudevents', $json->encode(\%all),
		'content-type' => 'application/cloudevents+json');
}

my $packed = encode_base64($set, '');
is result(structured(data_base64 => $packed, sequence => 4)), '200 created 1',
	'a structured event publishes a descriptor set';
is result(structured(data_base64 => encode_base64($less, ''), sequence => '5',
	datacontenttype => 'application/x-protobuf')), '200 updated 2', 'its type may be named';
for my $case (
	['no data', {}, '#/data_base64'], ['data as JSON', {data => {}}, '#/data_base64'],
	['data twice', {data => {}, data_base64 => $packed}, '#/data_base64'],
	['no base64', {data_base64 => '***'}, '#/data_base64'],
	['another type', {data_base64 => $packed, datacontenttype => 'application/json'},
		'#/datacontenttype'],
	['a bad subject', {data_base64 => $packed, subject => '-'}, '#/subject'],
) {
	my ($name, $event, $pointer) = @$case;
	$answer = structured(%$event);
	is join(' ', $answer->{status}, $answer->{json}{errors}[0]{pointer} // ''),
		"422 $pointer", "an event with $name: 422" or diag $answer->{content};
}
is structured(data_base64 => encode_base64('hello', ''))->{status}, 400,
	'what is no set is a bad request';
is revision('st'), 2, 'and the good revision stays';

done_testing;
