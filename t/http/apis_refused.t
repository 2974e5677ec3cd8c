#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Descriptor sets that were refused stand among the failed publishes until a good
# one follows.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of shop);
use Mdash::Publish qw(gzip marks moved publish spec);
use Test::More;

my $mdash = Mdash->new(settings => {descriptor_bytes => '1MB'});
my $ci = $mdash->token(scopes => ['ingest:write'], name => 'protos');
my $viewer = $mdash->sign_in('anna');
my $list = '/api/v1/failed-publishes';
my $set = descriptor_set(shop());
my $bare = descriptor_set(shop(), source_info => 0);

sub items ($query = '') {
	return $viewer->get("$list$query")->{json}{items}->@*;
}

sub shown (@items) {
	return join ', ', map { join ' ', $_->{repository} // '-', $_->{first}{code},
		"x$_->{attempts}" } @items;
}

sub last_event {
	return $mdash->value("SELECT concat_ws(' ', type, kind, subject, data->>'faults')
		FROM event ORDER BY id DESC LIMIT 1");
}

# --- what is kept --------------------------------------------------------------

my $lacking = descriptor_set({'acme/a.proto' => <<~'A', 'acme/b.proto' => <<~'B',
	syntax = "proto3";
	import "acme/b.proto";
	import "acme/c.proto";
	message A { B b = 1; C c = 2; }
	A
	syntax = "proto3";
	message B {}
	B
	'acme/c.proto' => "syntax = \"proto3\";\nmessage C {}\n"},
	imports => 0, only => ['acme/a.proto']);
my $answer = publish_set_of($ci, 'shop', $lacking, commit => 'abc', branch => 'main',
	runUrl => 'https://ci.example/1');
is $answer->{status}, 422, 'a set is refused';
my ($failure) = items();
is_deeply {%$failure{qw(service repository team publisher principal commit runUrl faults
	attempts resolvedAt)}}, {service => undef, repository => 'shop', team => undef,
	publisher => undef, principal => 'token:protos', commit => 'abc',
	runUrl => 'https://ci.example/1', faults => 2, attempts => 1, resolvedAt => undef},
	'and kept as a failed publish of its repository';
is last_event(), 'publish.failed api shop 2', 'which an event tells';
is $mdash->value("SELECT concat_ws(' ', action, object, outcome) FROM audit
	ORDER BY id DESC LIMIT 1"), 'publish.fail shop denied', 'and the audit log';
my $detail = $viewer->get("$list/$failure->{id}");
is_deeply $detail->{json}{faults}, $answer->{json}{errors}, 'with all faults of the answer';
is $detail->{json}{source}, undef, 'and without its bytes';
is $mdash->value('SELECT count(*) FROM blob'), 0, 'which are nowhere';
is $viewer->get('/api/v1/apis/shop')->{status}, 404, 'the repository is not there for that';

publish_set_of($ci, 'shop', $lacking, commit => 'def');
is shown(items()), 'shop missing-import x2', 'the same faults again are the same failure';
is((items())[0]{commit}, 'def', 'of the last commit');
is $mdash->value(q{SELECT count(*) FROM event}), 1, 'and no other event';
publish_set_of($ci, 'till', $lacking);
is shown(items()), 'till missing-import x1, shop missing-import x2',
	'of another repository they are another';

# --- what mends it ---------------------------------------------------------------

is publish_set_of($ci, 'shop', $set, sequence => 10)->{status}, 200, 'a good set';
is shown(items()), 'till missing-import x1', 'resolves those of its repository';
is last_event(), 'api.updated api shop', 'and its own event tells';
ok((grep { ($_->{repository} // '') eq 'shop' } items('?resolved=1'))[0]{resolvedAt},
	'what is resolved can still be seen, with the time');

my %bad = (
	400 => [malformed => sub (%q) { publish_set_of($ci, 'shop', 'hello', %q) }],
	'400 of a damaged gzip' => [gzip => sub (%q) {
		$ci->put('/api/v1/ingest/descriptor-sets/shop' . (%q ? '?dryRun=1' : ''),
			substr(gzip($set), 0, -4), 'content-type' => 'application/x-protobuf',
			'content-encoding' => 'gzip') }],
	409 => [conflict => sub (%q) { publish_set_of($ci, 'shop', $bare, sequence => 10, %q) }],
	413 => ['too-large' => sub (%q) { publish_set_of($ci, 'shop', "\n\0" x 600_000, %q) }],
	422 => [required => sub (%q) { publish_set_of($ci, 'shop', "\n\0", %q) }],
);
for my $name (sort keys %bad) {
	my ($code, $send) = $bad{$name}->@*;
	my $before = marks($mdash);
	is $send->(dryRun => 1)->{status}, substr($name, 0, 3), "$name in a dry run";
	is moved($before, marks($mdash)), '', '  writes nothing';
	is $send->()->{status}, substr($name, 0, 3), "$name in a publish";
	is shown((items())[0]), "shop $code x1", '  is kept';
}
is publish_set_of($ci, 'shop', $bare, sequence => 5)->{json}{result}, 'superseded',
	'a set that comes too late';
is scalar(grep { $_->{repository} eq 'shop' } items()), 5, 'resolves none';
is publish_set_of($ci, 'shop', $set, sequence => 11, dryRun => 1)->{json}{result}, 'unchanged',
	'nor does a dry run';
is scalar(grep { $_->{repository} eq 'shop' } items()), 5, '  of an unchanged set';
is publish_set_of($ci, 'shop', $set, sequence => 11)->{json}{result}, 'unchanged',
	'an unchanged set';
is shown(items()), 'till missing-import x1', 'resolves all of them';
is last_event(), 'publish.resolved api shop', 'which an event tells, since nothing else does';
my $before = marks($mdash);
publish_set_of($ci, 'shop', $set, sequence => 11);
is moved($before, marks($mdash)), 'proto_repository', 'once';

# --- what is not ----------------------------------------------------------------

$before = marks($mdash);
is publish_set_of($ci, 'shop', $set, sequence => 'x')->{status}, 422, 'a fault of the query';
is publish_set_of($ci, 'Shop', $set)->{status}, 422, 'a bad name';
is $ci->put('/api/v1/ingest/descriptor-sets/shop', $set, 'content-type' => 'text/plain')
	->{status}, 415, 'another type';
my $bound = $mdash->token(scopes => ['ingest:write'], services => ['pay-*']);
is publish_set_of($bound, 'shop', $set)->{status}, 403, 'no right';
is join(' ', grep { /failure|^event/ } split / /, moved($before, marks($mdash))), '',
	'are not kept';
publish_set_of($bound, 'shop', 'hello');
is shown((items())[0]), '- malformed x1',
	'who may not publish a repository cannot make it look broken';

publish($ci, 'acme-payment', spec('acme-payment', tier => 9));
is_deeply [map { $_->{service} // '-' } items()], ['acme-payment', '-', '-'],
	'they are in one list with those of specs';
is_deeply [map { $_->{service} } items('?service=acme-payment')], ['acme-payment'],
	'and apart from them';
is shown(items('?repository=till')), 'till missing-import x1',
	'those of one repository can be read';
is scalar(items('?repository=shop')), 0, 'which has none when a good set has followed';
is scalar(items('?repository=shop&resolved=1')), 6, 'unless mended ones are wanted, too';
is scalar(items('?repository=nobody')), 0, 'nor has one that nobody publishes';
is scalar(items('?repository=till&service=acme-payment')), 0, 'no publish is of both kinds';
my $first = $viewer->get("$list?repository=shop&resolved=1&limit=2")->{json};
my @rest = items("?repository=shop&resolved=1&limit=200&after=$first->{next}");
is_deeply [map { $_->{repository} } $first->{items}->@*, @rest], [('shop') x 6],
	'a page of them leads to the next';
is_deeply [scalar(@rest), grep { my $id = $_->{id}; grep { $_->{id} == $id } @rest }
	$first->{items}->@*], [4], '  without repeating any';
for my $name ('', 'Shop', 'a%20b', '1st', 'a' x 64, '%E5%BA%97') {
	my $answer = $viewer->get("$list?repository=$name");
	is $answer->{status}, 422, "?repository=$name is refused";
	is_deeply [map { "$_->{pointer} $_->{code}" } $answer->{json}{errors}->@*],
		['?repository format'], '  since no repository has such a name';
}
is $viewer->get("$list?repository=$_")->{status}, 422, "$_ is no text" for '%00', '%ff';
is scalar(items('?repository=' . 'a' x 63)), 0, 'the longest name may have no failures';

done_testing;
