#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Publishing the full set of a publisher: all or nothing, tombstones, the guard
# against deleting too much, and services that belong to another publisher.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash;
use Mdash::Publish qw(dry gzip marks moved publish publish_set result spec);

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $ci = $mdash->token(scopes => ['ingest:write']);

sub names (@numbers) { return map { sprintf 'svc-%02d', $_ } @numbers }
sub set (@numbers) { return [map { spec($_) } names(@numbers)] }

sub counts ($answer) {
	my $json = $answer->{json};
	return join ' ', $answer->{status}, map { "$_=$json->{$_}" } grep { $json->{$_} }
		qw(created updated unchanged superseded restored tombstoned held);
}

sub live {
	return join ' ', map { $_->[0] } $mdash->sql(
		'SELECT service_id FROM service WHERE tombstoned_at IS NULL
		ORDER BY service_id');
}

# A member of the page of a service.
sub rendered ($id, $what) {
	return $mdash->value("SELECT detail_json::json->'$what' FROM service
		WHERE service_id = '$id'");
}

sub events ($type) {
	return $mdash->value("SELECT count(*) FROM event WHERE type = '$type'");
}

# --- a first set, and the same again -----------------------------------------

my $dry = dry(\&publish_set, $ci, 'mono', set(1 .. 12));
is counts($dry), '200 created=12', 'a dry run of a set creates twelve';
is live(), '', 'and none of them is there';
my $answer = publish_set($ci, 'mono', set(1 .. 12));
is $answer->{content}, $dry->{content}, 'the publish answers the same bytes';
is scalar $answer->{json}{items}->@*, 12, 'it names each service';
is join(' ', map { $_->{serviceID} } $answer->{json}{items}->@*),
	join(' ', names(1 .. 12)), 'by id';

my $before = marks($mdash);
is counts(publish_set($ci, 'mono', set(1 .. 12))), '200 unchanged=12',
	'the same set again changes nothing';
is moved($before, marks($mdash)), 'service_seen',
	'and writes nothing but when it was seen';
is counts(publish_set($ci, 'mono', set(reverse 1 .. 12))), '200 unchanged=12',
	'the order of the documents does not matter';

# --- all or nothing ------------------------------------------------------------

$before = marks($mdash);
$answer = publish_set($ci, 'mono', [set(1 .. 11)->@*, spec('svc-13', tier => 9)]);
is $answer->{status}, 422, 'one invalid document refuses the set';
like $answer->{json}{errors}[0]{pointer}, qr{^#/11/tier$}, 'the fault names it';
is live(), join(' ', names(1 .. 12)), 'nothing of it was applied';
like moved($before, marks($mdash)), qr{publish_failure}, 'the failure is kept';
is $mdash->value(q{SELECT string_agg(service_id, ' ') FROM publish_failure
	WHERE resolved_at IS NULL}), 'svc-13', 'of the faulty service alone';
is counts(publish_set($ci, 'mono', [set(1 .. 12)->@*, spec('svc-13')])),
	'200 created=1 unchanged=12', 'the mended set is taken';
is $mdash->value('SELECT count(*) FROM publish_failure
	WHERE resolved_at IS NULL'), 0, 'and resolves the failure';

# --- tombstones ------------------------------------------------------------------

$dry = dry(\&publish_set, $ci, 'mono', set(1 .. 11));
is counts($dry), '200 unchanged=11 tombstoned=2',
	'a dry run names the tombstones';
$answer = publish_set($ci, 'mono', set(1 .. 11));
is $answer->{content}, $dry->{content}, 'the publish does the same';
is live(), join(' ', names(1 .. 11)), 'two services are gone from the lists';
like rendered('svc-12', 'tombstone'), qr{"publisher" ?: ?"mono"},
	'the page of one is still there, and says so';
is events('service.tombstoned'), 2, 'with an event each';
is counts(publish_set($ci, 'mono', set(1 .. 11))), '200 unchanged=11',
	'the same set again leaves it at that';
is counts(publish_set($ci, 'mono', set(1 .. 13))), '200 unchanged=11 restored=2',
	'a set that has them again restores them';
is live(), join(' ', names(1 .. 13)), 'and they are back';
is counts(publish_set($ci, 'mono', set(1 .. 12))), '200 unchanged=12 tombstoned=1',
	'one is missing again';
is result(publish($ci, 'svc-13', spec('svc-13'), publisher => 'mono')),
	'200 restored svc-13 3', 'a single publish restores it too';

# --- the guard ---------------------------------------------------------------------

is counts(publish_set($ci, 'mono', set(1 .. 8))), '200 unchanged=8 tombstoned=5',
	'five of thirteen may go';
publish_set($ci, 'mono', set(1 .. 13));
$before = marks($mdash);
$dry = dry(\&publish_set, $ci, 'mono', [spec('svc-01', tier => 2),
	set(2 .. 7)->@*]);
is counts($dry), '202 updated=1 unchanged=6 held=6',
	'six of thirteen are held, the updates apply';
is moved($before, marks($mdash)), '', 'a dry run holds nothing';
$answer = publish_set($ci, 'mono', [spec('svc-01', tier => 2), set(2 .. 7)->@*]);
is $answer->{status}, 202, 'the publish says so by its status';
is $answer->{content}, $dry->{content}, 'and with the same bytes';
is live(), join(' ', names(1 .. 13)), 'nothing is deleted';
is $mdash->value(q{SELECT v.spec->>'tier' FROM service s
	JOIN service_version v ON v.id = s.version_id
	WHERE s.service_id = 'svc-01'}), 2, 'the update is there';
is events('publish.held'), 1, 'with an event';
is counts(publish_set($ci, 'mono', [spec('svc-01', tier => 2), set(2 .. 13)->@*])),
	'200 unchanged=13', 'a complete set';
is $mdash->value('SELECT count(*) FROM publish_hold'), 0, 'drops the hold';

# Twenty per cent, where that is more than five.
my @wide = map { spec(sprintf 'wide-%02d', $_) } 1 .. 50;
is counts(publish_set($ci, 'wide', \@wide)), '200 created=50',
	'a publisher of fifty services';
is counts(publish_set($ci, 'wide', [@wide[0 .. 39]])),
	'200 unchanged=40 tombstoned=10', 'ten of fifty may go';
publish_set($ci, 'wide', \@wide);
is counts(publish_set($ci, 'wide', [@wide[0 .. 38]])),
	'202 unchanged=39 held=11', 'eleven are held';

# --- publishers -----------------------------------------------------------------------

$answer = publish_set($ci, 'other', [spec('svc-01', tier => 2), spec('own')]);
is $answer->{status}, 409, 'a set with a service of another publisher conflicts';
like $answer->{json}{detail}, qr/svc-01/, 'the problem names the service';
is $mdash->value(q{SELECT count(*) FROM service WHERE service_id = 'own'}), 0,
	'and nothing of the set is applied';
is counts(publish_set($ci, 'other', [spec('svc-01', tier => 2), spec('own')],
	takeover => 1)), '200 created=1 updated=1', 'takeover=1 takes it over';
is $mdash->value(q{SELECT publisher FROM service
	WHERE service_id = 'svc-01'}), 'other', 'and it belongs to the other one now';
is $mdash->value(q{SELECT v.publisher FROM service s
	JOIN service_version v ON v.service = s.id
	WHERE s.service_id = 'svc-01' AND v.number = s.versions - 1}), 'mono',
	'the version before is still of the first one';
is counts(publish_set($ci, 'mono', set(2 .. 13))), '200 unchanged=12',
	'the first publisher no longer misses it';
is result(publish($ci, 'single', spec('single'))), '200 created single 1',
	'a service without a publisher';
is counts(publish_set($ci, 'mono', [set(2 .. 13)->@*, spec('single')])),
	'200 unchanged=13', 'joins the set that declares it';

# --- order ----------------------------------------------------------------------------

publish_set($ci, 'ordered', [spec('ord-1'), spec('ord-2')], sequence => 10);
is counts(publish_set($ci, 'ordered', [spec('ord-1', tier => 2)], sequence => 9)),
	'200 superseded=1', 'an older set deletes nothing and changes nothing';
is $mdash->value(q{SELECT count(*) FROM service WHERE service_id LIKE 'ord-%'
	AND tombstoned_at IS NULL}), 2, 'both services are still there';
is counts(publish_set($ci, 'ordered', [spec('ord-1')], sequence => 11)),
	'200 unchanged=1 tombstoned=1', 'a newer one does';

# --- parameters ------------------------------------------------------------------------

$answer = $ci->post('/api/v1/ingest/services', spec('x'),
	'content-type' => 'application/yaml');
is $answer->{status}, 422, 'a set without a publisher is refused';
is $answer->{json}{errors}[0]{pointer}, '?publisher', 'and the fault says so';

# --- several at a time -----------------------------------------------------------------

my @children = map {
	my $number = $_;
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		my $done = publish_set($mdash->client(token => $ci->{token}),
			"par-$number", [map { spec("par-$number-$_") } 1 .. 20]);
		require POSIX;
		POSIX::_exit($done->{status} == 200 ? 0 : 1);
	}
	$pid
} 1 .. 6;
is scalar(grep { waitpid($_, 0); $? != 0 } @children), 0,
	'six sets at a time are all taken';
is $mdash->value(q{SELECT count(*) FROM service WHERE service_id LIKE 'par-%'}),
	120, 'and all their services are there';

done_testing;
