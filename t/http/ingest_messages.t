#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Publishing by messages: Google Pub/Sub push and CloudEvents in both modes.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP ();
use MIME::Base64 qw(encode_base64);
use Test::More;
use Mdash;
use Mdash::Publish qw(gzip marks moved publish result spec);

my $mdash = Mdash->new(areas => [qw(auth ingest)], workers => 2);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $json = JSON::PP->new->utf8->canonical;

# How often publishes were refused and kept, each text once or more.
sub failures {
	return $mdash->value('SELECT coalesce(sum(attempts), 0) FROM publish_failure');
}

# --- Pub/Sub -----------------------------------------------------------------

my $message_id = 1000;

sub envelope ($data, %attributes) {
	return {
		subscription => 'projects/acme/subscriptions/specs',
		deliveryAttempt => 1,
		message => {
			data => encode_base64($data, ''),
			messageId => ++$message_id . '',
			message_id => "$message_id",
			publishTime => '2026-03-01T10:00:00.123Z',
			attributes => \%attributes,
		},
	};
}

sub push_message ($envelope) {
	return $ci->post('/api/v1/ingest/pubsub', $envelope);
}

is result(push_message(envelope(spec('pub')))), '200 created pub 1',
	'a Pub/Sub message publishes a spec';
is result($ci->post('/api/v1/ingest/pubsub?__GCP_CloudEventsMode=x', envelope(spec('pub')))),
	'200 unchanged pub 1', '  also with a parameter that the pusher adds';
is result(push_message(envelope('{"serviceID": "pub-json"}'))),
	'200 created pub-json 1', 'JSON is recognised';
is result(push_message(envelope('{"serviceID": "pub-json", "tier": 2}',
	contentType => 'application/json'))), '200 updated pub-json 2',
	'and may be named';
is result(push_message(envelope(gzip(spec('pub', tier => 2)),
	contentEncoding => 'gzip'))), '200 updated pub 2', 'packed data is taken';
is push_message(envelope(join("---\n", spec('in-a'), spec('in-b')),
	kind => 'set', publisher => 'pubsub'))->{json}{created}, 2,
	'a message may be a full set';

my $message = envelope(spec('pub', tier => 3), sequence => '7', commit => 'abc',
	branch => 'main', runUrl => 'https://ci.example/7',
	commitTime => '2026-03-01T10:00:00Z', googclient_schemaencoding => 'JSON');
is result(push_message($message)), '200 updated pub 3',
	'attributes are the parameters, unknown ones are passed over';
is_deeply [map { @$_ } $mdash->sql(q{SELECT v.sequence, v.commit, v.branch,
	v.run_url FROM service s JOIN service_version v ON v.id = s.version_id
	WHERE s.service_id = 'pub'})], [7, 'abc', 'main', 'https://ci.example/7'],
	'they are stored';
publish($ci, 'pub', spec('pub', tier => 4), sequence => 8);
$message->{deliveryAttempt} = 2;
my $again = push_message($message);
is result($again), '200 updated pub 3', 'a second delivery is answered as the first';
is $again->{headers}{'idempotent-replayed'}, 'true', 'and says so';
is $mdash->value(q{SELECT versions FROM service WHERE service_id = 'pub'}), 4,
	'and does nothing';

$message->{message}{data} = encode_base64(spec('pub', tier => 2), '');
is push_message($message)->{status}, 204, 'another content under one id is refused';
is $mdash->value(q{SELECT faults #>> '{0,detail}' FROM publish_failure
	WHERE service_id = 'pub'}), 'a message with this id had another content',
	'and kept with the reason';

my $count = failures();
for my $case (
	['an invalid spec', envelope("serviceID: pub\ntier: 9\n"), 'pub'],
	['no YAML', envelope("serviceID: [\n"), undef],
	['no data', envelope(''), undef],
	['invalid UTF-8', envelope("serviceID: pub\nx: \xff\0\n"), undef],
	['a conflict', envelope(spec('pub', tier => 1), sequence => '8'), 'pub'],
	['a bad attribute', envelope("# 1\n" . spec('pub'), sequence => 'x'), undef],
	['a bad kind', envelope("# 2\n" . spec('pub'), kind => 'heap'), undef],
	['a set without publisher', envelope("# 3\n" . spec('pub'), kind => 'set'),
		undef],
	['a bad type', envelope("# 4\n" . spec('pub'), contentType => 'text/plain'),
		undef],
	['a damaged gzip', envelope(spec('pub'), contentEncoding => 'gzip'), undef],
	['a conflict by force', envelope(spec('pub', tier => 1), sequence => '8',
		force => '1'), 'pub'],
) {
	my ($name, $envelope, $service) = @$case;
	my $answer = push_message($envelope);
	is $answer->{status}, 204, "$name is acknowledged" or diag $answer->{content};
	is failures(), ++$count, '  and kept as a failed publish';
	is $mdash->value('SELECT service_id FROM publish_failure
		ORDER BY last_at DESC LIMIT 1'), $service, '  of its service'
		if defined $service;
}
is result(push_message(envelope(spec('pub', tier => 4)))), '200 unchanged pub 4',
	'the last good version stays';
my $no_base64 = envelope('');
$no_base64->{message}{data} = '*****';
is push_message($no_base64)->{status}, 204, 'data that is no base64 as well';

my $before = marks($mdash);
for my $case (
	['no JSON', '{', 400], ['a list', '[]', 400], ['no message', '{}', 400],
	['a text as message', '{"message": "x"}', 400],
	['no id', '{"message": {"data": ""}}', 400],
	['an id with a space', '{"message": {"data": "", "messageId": "a b"}}', 400],
	['a long id', '{"message": {"data": "", "messageId": "' . '1' x 101 . '"}}',
		400],
	['a number as data', '{"message": {"data": 1, "messageId": "1"}}', 400],
	['a member given twice', '{"message": {}, "message": {}}', 400],
) {
	my ($name, $body, $status) = @$case;
	is $ci->post('/api/v1/ingest/pubsub', $body,
		'content-type' => 'application/json')->{status}, $status,
		"an envelope with $name: $status";
}
is $ci->post('/api/v1/ingest/pubsub', '{}', 'content-type' => 'text/plain')
	->{status}, 415, 'an envelope of another type: 415';
is moved($before, marks($mdash)), '', 'what is no envelope writes nothing';

my $validate = $mdash->token(scopes => ['ingest:validate']);
is $validate->post('/api/v1/ingest/pubsub', envelope(spec('pub')))->{status},
	403, 'a token that may only validate cannot push';

# A set that is larger than any text of a spec may be.
my $large = envelope(join('', map { "---\n" . spec("large-$_",
	description => 'd' x 2000) } 1 .. 500), kind => 'set', publisher => 'large');
is push_message($large)->{json}{created}, 500, 'a message of a megabyte is taken';

# --- CloudEvents, binary mode -----------------------------------------------------

my $event_id = 0;

sub binary ($text, %attributes) {
	my %all = (specversion => '1.0', type => 'mdash.service.publish',
		source => '/ci/test', id => 'e' . ++$event_id, %attributes);
	my $type = delete $all{contenttype} // 'application/yaml';
	return $ci->post('/api/v1/ingest/cloudevents', $text,
		'content-type' => $type,
		map { ("ce-$_" => $all{$_}) } grep { defined $all{$_} } keys %all);
}

is result(binary(spec('event'), subject => 'event')), '200 created event 1',
	'a binary event publishes a spec';
is result(binary('{"serviceID": "event"}', subject => 'event',
	contenttype => 'application/json')), '200 updated event 2', 'as JSON too';
is binary("---\n" . spec('ev-a') . "---\n" . spec('ev-b'),
	type => 'mdash.services.publish', publisher => 'events')->{json}{created}, 2,
	'an event may be a full set';
is result(binary(spec('event'), subject => 'event', sequence => 5, commit => 'abc',
	committime => '2026-03-01T10:00:00Z', branch => 'caf%C3%A9',
	runurl => 'https://ci.example/5', publisher => 'events')),
	'200 updated event 3', 'extension attributes are the parameters';
is_deeply [map { @$_ } $mdash->sql(q{SELECT v.sequence, v.commit,
	v.branch = E'caf\\u00e9', v.publisher FROM service s
	JOIN service_version v ON v.id = s.version_id WHERE s.service_id = 'event'})],
	[5, 'abc', 't', 'events'], 'they are stored, percent-decoded';

my %same = (subject => 'event', id => 'same', sequence => 6);
my $first = binary(spec('event', tier => 2), %same);
publish($ci, 'event', spec('event', tier => 3), sequence => 7);
my $repeat = binary(spec('event', tier => 2), %same);
is $repeat->{content}, $first->{content}, 'the same event is answered as before';
is $repeat->{headers}{'idempotent-replayed'}, 'true', 'and says so';
is binary(spec('event', tier => 4), %same)->{status}, 422,
	'another event of the same source and id is refused';
is result(binary(spec('event', tier => 3), %same, source => '/ci/else',
	sequence => 8)), '200 unchanged event 5', 'of another source it is another';

$before = marks($mdash);
for my $case (
	['no version', specversion => undef], ['version 0.3', specversion => '0.3'],
	['no type', type => undef], ['another type', type => 'other'],
	['no id', id => undef], ['no source', source => undef],
	['no subject', subject => undef],
	['a long id', id => 'i' x 256], ['a source with a space', source => 'a b'],
	['a bad sequence', sequence => 'x'], ['a bad time', committime => 'now'],
	['a bad URL', runurl => 'ftp://x'], ['a damaged escape', branch => '%zz'],
	['an escaped line break', commit => 'a%0ab'],
) {
	my ($name, $attribute, $value) = @$case;
	my $answer = binary(spec('event'), subject => 'event', $attribute => $value);
	is $answer->{status}, 422, "an event with $name: 422";
	is $answer->{json}{errors}[0]{pointer}, "ce-$attribute", '  which names it';
}
is moved($before, marks($mdash)), '', 'and they write nothing';
is binary(spec('other'), subject => 'event')->{status}, 422,
	'a spec of another service than the subject: 422';
is binary(spec('event'), subject => 'event', contenttype => 'text/plain')->{status},
	415, 'data of another type: 415';
is binary('[]', contenttype => 'application/cloudevents-batch+json')->{status}, 415,
	'a batch: 415';
is binary('x' x (1024 * 1024 + 1), subject => 'event')->{status}, 413,
	'data past the limit: 413';

# --- CloudEvents, structured mode ----------------------------------------------------

sub structured ($event, %headers) {
	my %all = ref $event ? (specversion => '1.0', type => 'mdash.service.publish',
		source => '/ci/test', id => 's' . ++$event_id, %$event) : ();
	return $ci->post('/api/v1/ingest/cloudevents',
		ref $event ? $json->encode({map { ($_ => $all{$_}) }
			grep { defined $all{$_} } keys %all}) : $event,
		'content-type' => 'application/cloudevents+json; charset=utf-8', %headers);
}

is result(structured({subject => 'st', data => {serviceID => 'st', tier => 1}})),
	'200 created st 1', 'a structured event publishes a spec';
is result(structured({subject => 'st', datacontenttype => 'application/yaml',
	data => "serviceID: st\ntier: 2\n", sequence => 4})),
	'200 updated st 2', 'YAML is a text in it';
is result(structured({subject => 'st', datacontenttype => 'application/yaml',
	data_base64 => encode_base64("serviceID: st\ntier: 3\n", ''),
	sequence => '5'})), '200 updated st 3', 'or base64; a sequence may be a text';
is structured({type => 'mdash.services.publish', publisher => 'struct',
	data => [{serviceID => 'st-a'}, {serviceID => 'st-b'}]})->{json}{created}, 2,
	'a full set is an array';
is $ci->post('/api/v1/ingest/cloudevents', gzip($json->encode({specversion => '1.0',
	type => 'mdash.service.publish', source => 'x', id => 'z', subject => 'st',
	data => {serviceID => 'st'}})), 'content-encoding' => 'gzip',
	'content-type' => 'application/cloudevents+json')->{status}, 200,
	'an event may be packed';

for my $case (
	['no JSON', '{', 400], ['a list', '[]', 400],
	['no attributes', '{}', 422],
	['a member given twice', '{"id": "1", "id": "2"}', 400],
	['no data', {subject => 'st'}, 422],
	['data twice', {subject => 'st', data => {}, data_base64 => ''}, 422],
	['data that is no base64', {subject => 'st', data_base64 => '*'}, 422],
	['YAML that is no text', {subject => 'st', data => {},
		datacontenttype => 'application/yaml'}, 422],
	['another data type', {subject => 'st', data => '',
		datacontenttype => 'text/plain'}, 422],
	['an object as id', {subject => 'st', data => {}, id => {}}, 422],
	['a list as commit', {subject => 'st', data => {}, commit => []}, 422],
	['a text as data', {subject => 'st', data => 'serviceID: st'}, 422],
) {
	my ($name, $event, $status) = @$case;
	is structured($event)->{status}, $status, "an event with $name: $status";
}

done_testing;
