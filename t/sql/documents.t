#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What holds after any row of publishes: the stored documents are those that
# rendering anew gives, a dry run answers what the publish answers, validity
# ranges do not overlap, events have no gaps, the audit chain is whole.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('documents');
my $seed = $ENV{MDASH_SEED} // 20260;
note "MDASH_SEED=$seed";
srand $seed;

sub pick (@from) { return $from[rand @from] }

sub some (@from) { return [grep { rand() < 0.3 } @from] }

my @ids = map { "service-$_" } 'a' .. 'l';

sub spec ($id) {
	return {
		serviceID => $id,
		description => pick('one', 'two', '決済'),
		teamName => pick('red', 'blue', 'green'),
		tier => 1 + int rand 4,
		tags => some(qw(x y z)),
		dependsOn => [grep { $_ ne $id } some(@ids)->@*],
		(rand() < 0.2 ? (previousServiceIDs => ["old-$id"]) : ()),
		(rand() < 0.2 ? (contact => {email => 'a@example.com'}) : ()),
	};
}

my %seen;
my $differing = 0;
for my $turn (1 .. 120) {
	my %with = (sequence => 1 + int rand 60, commit => 'c' . int rand 1000);
	%with = (%with, set => 1, publisher => pick(qw(north south)),
		takeover => rand() < 0.5) if rand() < 0.3;
	delete $with{sequence} if rand() < 0.3;
	my @specs = map { spec($_) } $with{set} ? some(@ids)->@* : pick(@ids);
	next if !@specs;
	my $call = Mdash::Catalogue::publish_call(\@specs, %with);
	my ($tried) = $catalogue->sql("BEGIN; $call; ROLLBACK");
	my ($done) = $catalogue->sql($call);
	$differing++ if join("\n", map { $_ // '' } @$tried)
		ne join("\n", map { $_ // '' } @$done);
	$seen{$done->[0]}++;
}
is $differing, 0, 'a dry run answers what the publish answers';
ok $seen{$_}, "some publishes were answered $_" for 200, 409;

is $catalogue->value(<<~'SQL'), 0, 'stored documents are those rendered anew';
	SELECT count(*)
	  FROM service s
	 CROSS JOIN LATERAL service_render(s.id, 'infinity') AS r
	 WHERE (s.list_json, s.detail_json)
	       IS DISTINCT FROM (r.list_json, r.detail_json)
	SQL
is $catalogue->value(<<~'SQL'), 0, 'versions of a service were never current together';
	SELECT count(*)
	  FROM service_version a
	  JOIN service_version b ON b.service = a.service AND b.id > a.id
	 WHERE tstzrange(a.valid_from, a.valid_to) && tstzrange(b.valid_from, b.valid_to)
	   AND a.valid_from IS NOT NULL AND b.valid_from IS NOT NULL
	SQL
is $catalogue->value(<<~'SQL'), 0, 'a live service has one current version';
	SELECT count(*)
	  FROM service s
	 WHERE (s.tombstoned_at IS NULL) IS DISTINCT FROM EXISTS (
	         SELECT FROM service_version v
	          WHERE v.id = s.version_id AND v.valid_to IS NULL)
	SQL
is $catalogue->value(<<~'SQL'), 0, 'events of a subject are numbered without gaps';
	SELECT count(*)
	  FROM (SELECT subject_seq, row_number() OVER (
	                 PARTITION BY kind, subject ORDER BY id) AS place
	          FROM event) AS e
	 WHERE e.subject_seq <> e.place
	SQL
is $catalogue->value(<<~'SQL'), 0, 'search finds the live services and hides the others';
	SELECT count(*)
	  FROM service s
	  LEFT JOIN search_entry e ON e.kind = 'service' AND e.key = s.service_id
	 WHERE e.hidden IS DISTINCT FROM (s.tombstoned_at IS NOT NULL)
	SQL
is $catalogue->value('SELECT audit_broken()'), undef, 'the audit chain is whole';

my $cluster = $catalogue->{cluster};
$cluster->query($catalogue->conninfo('mdash_owner'),
	q{UPDATE audit SET object = 'other' WHERE id = 7});
is $catalogue->value('SELECT audit_broken()'), 7, 'a changed audit row is found';

done_testing;
