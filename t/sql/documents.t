#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What holds after any row of publishes, refusals and approvals: stored documents
# are those that rendering anew gives, a dry run answers what the publish answers,
# and what is rendered of an earlier time is what was stored then.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('documents');
my $seed = $ENV{MDASH_SEED} // 20260;
note "MDASH_SEED=$seed";
srand $seed;

sub owner ($sql) {
	return $catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), $sql);
}

sub pick (@from) { return $from[rand @from] }
sub some ($share, @from) { return grep { rand() < $share } @from }
sub chance ($share) { return rand() < $share }

my @ids = map { "service-$_" } 'a' .. 'r';

sub spec ($id) {
	return {
		serviceID => $id,
		description => pick('one', 'two', 'けっさい'),
		(chance(0.9) ? (teamName => pick('red', 'blue', 'green')) : ()),
		(chance(0.9) ? (tier => 1 + int rand 4) : ()),
		corporation => pick('ACME', 'Kaze'),
		tags => [some(0.3, qw(x y z))],
		dependsOn => [some(0.2, grep { $_ ne $id } @ids)],
		(chance(0.2) ? (previousServiceIDs => [pick('old', @ids)]) : ()),
		(chance(0.2) ? (contact => {email => 'a@example.com'}) : ()),
	};
}

# --- what may happen ---------------------------------------------------------

my $admin = Mdash::Catalogue::quote('{"subject":"user:admin","kind":"session",'
	. '"teams":[],"services":[],"admin":true}');

sub publish {
	my %with = (commit => 'c' . int rand 1000);
	$with{sequence} = 1 + int rand 60 if chance(0.6);
	$with{commitTime} = sprintf '2026-01-%02dT00:00:00Z', 1 + int rand 28
		if chance(0.3);
	$with{publisher} = pick(qw(north south)) if chance(0.4);
	$with{takeover} = chance(0.7);
	$with{force} = chance(0.1);
	my @specs = spec(pick(@ids));
	if (chance(0.35)) {
		%with = (%with, set => 1, publisher => pick(qw(north south)));
		@specs = map { spec($_) } some(pick(0.1, 0.9), @ids);
	}
	return Mdash::Catalogue::publish_call(\@specs, %with);
}

sub refuse {
	my $id = pick(map({ qq("$_") } @ids), '"typo"', 'null');
	my $publisher = pick('"north"', '"south"', 'null');
	my $text = int rand 3;
	my $refused = qq([{"serviceID":$id,"source":"$text","faults":[],"faultCount":1}]);
	return "SELECT 200, publish_fail('$refused', '{\"publisher\":$publisher}', $admin)";
}

sub decide {
	my $how = pick('hold_approve', 'hold_reject');
	my $publisher = pick('north', 'south');
	return "SELECT status, detail, extra, body FROM $how('$publisher', $admin)";
}

# What was stored after each of them.
owner(<<~'SQL');
	CREATE TABLE stored (moment timestamptz, service bigint, list_json text,
	  detail_json text);
	GRANT SELECT, INSERT ON stored TO mdash_app;
	SQL
my $store = <<~'SQL';
	\o /dev/null
	SELECT pg_sleep(0.002);
	INSERT INTO stored
	SELECT date_trunc('milliseconds', clock_timestamp()), id, list_json, detail_json
	  FROM service;
	SELECT pg_sleep(0.002);
	\o
	SQL

# All in one session, a line for each answer: what they do does not depend on what
# came of the others.
my $script = '';
for my $turn (1 .. 120) {
	my ($kind, $call) = @{pick(([publish => publish()]) x 5, [refuse => refuse()],
		([decide => decide()]) x 2)};
	$call = "SELECT '$turn $kind ' || to_json(c) FROM ($call) AS c;\n";
	$script .= "BEGIN;\n${call}ROLLBACK;\n" if $kind eq 'publish';
	$script .= $call . $store;
}
my (%answered, %tried, @differing);
for my $line (map { split /\n/ } map { @$_ } $catalogue->sql($script)) {
	my ($turn, $kind, $answer) = split / /, $line, 3;
	if ($kind eq 'publish' && !defined $tried{$turn}) {
		$tried{$turn} = $answer;
		next;
	}
	$answered{"$kind $1"}++ if $answer =~ /"status":(\d+)/;
	push @differing, $tried{$turn}, $answer
		if $kind eq 'publish' && $tried{$turn} ne $answer;
}
note join ', ', map { "$_: $answered{$_}" } sort keys %answered;
is "@differing", '', 'a dry run answers what the publish answers';
if (!$ENV{MDASH_SEED}) {
	ok $answered{$_}, "some were answered: $_" for 'publish 200', 'publish 202',
		'publish 409', 'decide 200', 'decide 204', 'decide 404';
}

# --- what must hold -------------------------------------------------------------

for my $case (
	['stored documents are those rendered anew', <<~'SQL'],
		SELECT count(*)
		  FROM service s
		 CROSS JOIN LATERAL service_render(s.id, 'infinity') AS r
		 WHERE (s.list_json, s.detail_json)
		       IS DISTINCT FROM (r.list_json, r.detail_json)
		SQL
	# But for who publishes what nobody did, and how often a refused publish came.
	['what is rendered of an earlier time is what was stored then', <<~'SQL'],
		SELECT count(*)
		  FROM stored s
		 CROSS JOIN LATERAL service_render(s.service, s.moment) AS r
		 WHERE s.list_json <> r.list_json
		    OR (s.detail_json::jsonb - '{failure,publisher,version,tombstone}'::text[])
		       <> (r.detail_json::jsonb - '{failure,publisher,version,tombstone}'::text[])
		    OR s.detail_json::jsonb #> '{failure,id}'
		       IS DISTINCT FROM r.detail_json::jsonb #> '{failure,id}'
		    OR s.detail_json::jsonb #> '{version,number}'
		       <> r.detail_json::jsonb #> '{version,number}'
		    OR s.detail_json::jsonb #> '{tombstone,at}'
		       IS DISTINCT FROM r.detail_json::jsonb #> '{tombstone,at}'
		    OR s.detail_json::jsonb ->> 'publisher' <> r.detail_json::jsonb ->> 'publisher'
		SQL
	['versions of a service were never current together', <<~'SQL'],
		SELECT count(*)
		  FROM service_version a
		  JOIN service_version b ON b.service = a.service AND b.id > a.id
		 WHERE tstzrange(a.valid_from, a.valid_to) && tstzrange(b.valid_from, b.valid_to)
		   AND a.valid_from IS NOT NULL AND b.valid_from IS NOT NULL
		SQL
	['a live service has one current version', <<~'SQL'],
		SELECT count(*)
		  FROM service s
		 WHERE (s.tombstoned_at IS NULL) IS DISTINCT FROM EXISTS (
		         SELECT FROM service_version v
		          WHERE v.id = s.version_id AND v.valid_to IS NULL)
		SQL
	['the service says what its current version says', <<~'SQL'],
		SELECT count(*)
		  FROM service s
		  JOIN service_version v ON v.id = s.version_id
		 WHERE (s.team, s.tier::text, s.facet, s.publisher, s.published_at)
		       IS DISTINCT FROM (v.spec->>'teamName', v.spec->>'tier', v.facet,
		         v.publisher, v.received_at)
		    OR s.versions <> (SELECT count(*) FROM service_version x
		                       WHERE x.service = s.id)
		    OR EXISTS (SELECT FROM service_version x
		                WHERE x.service = s.id AND x.valid_from IS NOT NULL
		                  AND x.number > v.number)
		SQL
	['each version that applied has its event, and no other', <<~'SQL'],
		SELECT count(*)
		  FROM (SELECT s.service_id, v.number FROM service_version v
		          JOIN service s ON s.id = v.service
		         WHERE v.valid_from IS NOT NULL) AS v
		  FULL JOIN (SELECT e.subject, (e.data->>'version')::integer FROM event e
		              WHERE e.type IN ('service.created', 'service.updated',
		                'service.restored')) AS e (subject, number)
		    ON e.subject = v.service_id AND e.number = v.number
		 WHERE v.number IS NULL OR e.number IS NULL
		SQL
	['events of a subject are numbered without gaps', <<~'SQL'],
		SELECT count(*)
		  FROM (SELECT subject_seq, row_number() OVER (
		                 PARTITION BY kind, subject ORDER BY id) AS place
		          FROM event) AS e
		 WHERE e.subject_seq <> e.place
		SQL
	['earlier names are those of the current versions', <<~'SQL'],
		SELECT count(*)
		  FROM (SELECT s.id, name FROM service s
		          JOIN service_version v ON v.id = s.version_id
		         CROSS JOIN LATERAL unnest(spec_texts(
		           v.spec->'previousServiceIDs')) AS name) AS v
		  FULL JOIN service_alias a ON a.service = v.id AND a.alias = v.name
		 WHERE v.id IS NULL OR a.service IS NULL
		SQL
	['search finds live services by what they say, and hides the others', <<~'SQL'],
		SELECT count(*)
		  FROM service s
		  JOIN service_version v ON v.id = s.version_id
		  LEFT JOIN search_entry e ON e.kind = 'service' AND e.key = s.service_id
		 WHERE (e.hidden, e.team, e.norm) IS DISTINCT FROM
		       (s.tombstoned_at IS NOT NULL, s.team,
		        search_norm(service_words(s.service_id, v.spec)))
		SQL
	['and teams while they own something, by their corporations', <<~'SQL'],
		SELECT count(*)
		  FROM team t
		  LEFT JOIN LATERAL (
		    SELECT string_agg(DISTINCT v.spec->>'corporation', ', ') AS list
		      FROM service s
		      JOIN service_version v ON v.id = s.version_id
		     WHERE s.team = t.name AND s.tombstoned_at IS NULL) AS owns ON true
		  LEFT JOIN search_entry e ON e.kind = 'team' AND e.key = t.name
		 WHERE (e.hidden, e.detail) IS DISTINCT FROM
		       (owns.list IS NULL, coalesce(owns.list, ''))
		SQL
	['what is held is something, and of its publisher', <<~'SQL'],
		SELECT count(*)
		  FROM publish_hold h
		  LEFT JOIN service s ON s.service_id = ANY (h.missing)
		 WHERE s.publisher IS DISTINCT FROM h.publisher
		SQL
) {
	my ($name, $sql) = @$case;
	is $catalogue->value($sql), 0, $name;
}
is $catalogue->value('SELECT audit_broken()'), undef, 'the audit chain is whole';
owner(q{UPDATE audit SET object = 'other' WHERE id = 7});
is $catalogue->value('SELECT audit_broken()'), 7, 'a changed audit row is found';

done_testing;
