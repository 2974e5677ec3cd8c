#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# With 10,000 services, statements read the rows they answer with, not tables:
# what is counted are rows that PostgreSQL fetched, also in functions, whichever
# way the statement was planned. A timing would say less and differ each time.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Mdash::Files qw(read_source);
use Test::More;

use constant SERVICES => 10_000;

my $catalogue = Mdash::Catalogue->new('plans');
my $options = '{"set":%s,"publisher":%s,"sequence":null,"commit":"%s",'
	. '"commitTime":null,"branch":null,"runUrl":null,"force":false,'
	. '"takeover":false}';
my $who = '{"subject":"token:ci#1","kind":"ci","teams":[],"services":[],'
	. '"admin":false,"address":"127.0.0.1","requestId":"r"}';

# The spec of a number, in SQL; each depends on three others.
my $spec = <<~'SQL';
	CREATE FUNCTION test_spec(i integer, note text) RETURNS text LANGUAGE sql AS $$
	  SELECT jsonb_build_object('serviceID', 'svc-' || i,
	    'description', concat('number', i, note, ' ', CASE i % 1000
	       WHEN 7 THEN '決済' ELSE 'service' END),
	    'corporation', 'corp-' || i % 10, 'teamName', 'team-' || i % 200,
	    'tier', i % 4 + 1, 'lifecycle', 'production',
	    'tags', jsonb_build_array('t' || i % 40),
	    'dependsOn', jsonb_build_array('svc-' || i * 7 % 10000 + 1,
	      'svc-' || i * 13 % 10000 + 1, 'svc-' || i % 50 + 1),
	    'grpc', jsonb_build_object('provides', jsonb_build_array('corp.v1.S' || i),
	      'consumes', jsonb_build_array('corp.v1.S' || i * 3 % 10000 + 1 || '/Get',
	        'corp.v1.S' || i * 11 % 10000 + 1 || '/Put', 'corp.v1.None')))::text
	$$;
	SQL

sub owner ($sql) {
	return $catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), $sql);
}

owner($spec);
my ($made) = $catalogue->sql(sprintf <<~'SQL', SERVICES, sprintf($options, 'true', '"mono"', 'c1'), $who);
	SELECT p.status, p.body::json->>'created'
	  FROM (SELECT array_agg('svc-' || i) AS ids,
	               array_agg(test_spec(i, '')) AS specs
	          FROM generate_series(1, %d) AS i) AS g,
	       publish_services(g.ids, g.specs, g.specs, '%s', '%s', '[]') AS p
	SQL
is_deeply $made, [200, SERVICES], 'ten thousand services are published as one set';
$catalogue->sql(sprintf <<~'SQL', sprintf($options, 'false', 'null', 'c2'), $who);
	SELECT publish_fail(json_agg(json_build_object('serviceID', 'svc-' || i,
	         'source', 'bad ' || i, 'faults', '[]'::json, 'faultCount', 1))::text,
	         '%s', '%s')
	  FROM generate_series(1, 2000) AS i
	SQL
owner('ANALYZE');

my $one = sprintf $options, 'false', 'null', 'c3';
my @cases = (
	# statement, values, rows at most. Planning a join may look at both ends of
	# an index, which counts as two rows for each side.
	[service_find => [q('svc-77')], 6],
	[service_find_at => [q('svc-77'), 'now()'], 400],
	[service_there => [q('svc-77')], 3],
	[service_nearest => [q('svc-77x')], 400],
	[service_list_name => [q('svc-5'), 50], 60],
	[service_list_team => [q('=team-5'), q('svc-5'), 50], 60],
	[service_list_tier => [q('2'), q('svc-5'), 50], 60],
	[service_list_updated => [q('0'), q('svc-5'), 50], 60],
	[service_list_matching => ['NULL', q('{team:team-7}'), 'false', q('name'),
		q(''), q(''), 50], 120],
	[service_list_matching => [q('number77'), q('{}'), 'false', q('name'),
		q(''), q(''), 50], 600],
	[service_list_matching => [q('決済'), q('{}'), 'false', q('name'), q(''),
		q(''), 50], 60],
	[service_facets => ['NULL', q('{tag:t7}'), 'false', 'NULL', q('{}')], 300],
	[search_find => [q('number777'), 'NULL', 20], 300],
	[search_find => [q('決済'), 'NULL', 20], 30],
	[search_find => [q('team-199'), q('team'), 20], 400],
	[version_list => [q('svc-77'), 1000, 50], 10],
	[version_find => [q('svc-77'), 1], 16],
	[version_diff => [q('svc-77'), 1, 2], 16],
	# One pass over the failures there are, which are few but in this test.
	[team_facts => [q('team-7'), 'NULL'], 2500],
	[team_contacts => [q('team-7'), 'NULL'], 200],
	[team_nearest => [q('team-x')], 700],
	[dependency_next => [q('{svc-77}'), 'true', 'false'], 150],
	[dependency_next => [q('{svc-77}'), 'false', 'true'], 150],
	[dependency_next => [q('{grpc:acme.none.v1.None}'), 'true', 'true'], 60],
	[dependency_nodes => [q('{svc-77,svc-78,svc-79}')], 20],
	[dependency_edges => [q('{svc-77,svc-78,svc-79}'), q(''), q(''), 50], 100],
	[dependency_team_pairs => [q('team-7'), q('team-8'), q(''), q(''), 50], 1500],
	# The picture of all is one pass over all.
	[dependency_services => [], 2 * SERVICES + 100],
	[dependency_grpc => [], 4 * SERVICES + 100],
	[event_activity => [q('svc-77'), 1_000_000_000, 50], 60],
	[event_feed_service => [q('svc-77'), 50], 60],
	[event_feed_team => [q('team-7'), 50], 120],
	[event_list => ['NULL', 'NULL', 100], 120],
	[failure_list => ['NULL', 'NULL', 'false', 'NULL', 50], 60],
	[failure_list => [q('svc-77'), 'NULL', 'true', 'NULL', 50], 10],
	[failure_list => ['NULL', q('repo-7'), 'false', 'NULL', 50], 10],
	[failure_detail => [77], 6],
	[idempotency_take => [q('p'), q('k')], 5],
	[publish_unchanged => [q('svc-78'), q(test_spec(78, '')), "'$one'", "'$who'",
		q('[]')], 30],
	[publish => [q('{svc-5001}'), q(ARRAY[test_spec(5001, 'PLAN')]),
		q(ARRAY['x PLAN']), "'$one'", "'$who'", q('[]')], 1000],
	[publish_fail => [q('[{"serviceID":"svc-5002","source":"PLAN","faults":[],"faultCount":1}]'),
		"'$one'", "'$who'"], 300],
);

# To take an entry apart costs more than to read it: the index has it done.
like join("\n", map { @$_ } $catalogue->sql("EXPLAIN SELECT key FROM search_entry"
	. " WHERE repository IS NULL AND search_grams(norm) @> '{s}'")), qr/search_entry_grams/,
	'a letter that is nearly everywhere is looked for in the index';

# Rows that were fetched when a session runs a statement, after so many earlier
# runs: PostgreSQL keeps one plan for all values after some, if it thinks it as
# good, and handlers live for thousands of requests.
sub rows_read ($earlier, $statement, @values) {
	my $read = '(SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))
		FROM pg_stat_user_tables)';
	my $execute = @values ? 'EXECUTE q(' . join(', ', @values) . ')' : 'EXECUTE q';
	my $warm = "BEGIN; $execute; ROLLBACK;" x $earlier;
	return $catalogue->value(<<~SQL);
		PREPARE q AS $statement;
		\\o /dev/null
		$warm
		SELECT pg_stat_force_next_flush();
		SELECT $read AS before \\gset
		$execute;
		SELECT pg_stat_force_next_flush();
		\\o
		SELECT $read - :before
		SQL
}

for my $earlier (0, 9) {
	my $when = $earlier ? 'later' : 'at first';
	cmp_ok rows_read($earlier, 'SELECT count(detail_json) FROM service'), '>=',
		SERVICES, "a statement that reads a whole table is noticed, $when";
	for my $case (@cases) {
		my ($name, $values, $most) = @$case;
		my @values = map { s/PLAN/$when/gr =~ s/"c3"/"$when"/r } @$values;
		my $statement = read_source("sql/queries/$name.sql") =~ s/;\s*\z//r;
		my $rows = rows_read($earlier, $statement, @values) // 'none counted';
		like $rows, qr/^\d+$/, "$name runs";
		cmp_ok $rows, '<=', $most, "  and reads $most rows at most $when"
			or diag "$rows: @values";
		note "$name: $rows";
	}
}

done_testing;
