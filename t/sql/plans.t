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
use constant CHANGED => 100; # .proto files, by the second revision

my $catalogue = Mdash::Catalogue->new('plans', cluster => {}); # 10,000 in one transaction
my $options = '{"set":%s,"publisher":%s,"sequence":null,"commit":"%s",'
	. '"commitTime":null,"branch":null,"runUrl":null,"force":false,'
	. '"takeover":false}';
my $who = '{"subject":"token:ci#1","kind":"ci","teams":[],"services":[],'
	. '"admin":false,"address":"127.0.0.1","requestId":"r"}';

my $who_admin = $who =~ s/"admin":false/"admin":true/r =~ s/"teams":\[\]/"teams":["x"]/r;

# The spec of a number, in SQL; each depends on three others.
my $spec = <<~'SQL';
	CREATE FUNCTION test_package(i integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	  SELECT 'corp.p' || i % 500 || '.v1'
	$$;
	CREATE FUNCTION test_grpc(i integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	  SELECT test_package(i) || '.S' || i
	$$;
	CREATE FUNCTION test_spec(i integer, note text) RETURNS text LANGUAGE sql AS $$
	  SELECT jsonb_build_object('serviceID', 'svc-' || i,
	    'description', concat('number', i, note, ' ', CASE i % 1000
	       WHEN 7 THEN '決済' ELSE 'service' END),
	    'corporation', 'corp-' || i % 10, 'teamName', 'team-' || i % 200,
	    'tier', i % 4 + 1, 'lifecycle', 'production',
	    'tags', jsonb_build_array('t' || i % 40),
	    'dependsOn', jsonb_build_array('svc-' || i * 7 % 10000 + 1,
	      'svc-' || i * 13 % 10000 + 1, 'svc-' || i % 50 + 1),
	    'grpc', jsonb_build_object('provides', jsonb_build_array(test_grpc(i)),
	      'consumes', jsonb_build_array(test_grpc(i * 3 % 10000 + 1) || '/Get',
	        test_grpc(i * 11 % 10000 + 1) || '/Put', 'corp.v1.None')))::text
	$$;
	SQL

# The .proto file of a number: a service, a message with two fields, an enum. The
# messages of the first fifty are used by two hundred others each.
my $files = <<~'SQL';
	CREATE FUNCTION test_file(number bigint, i integer) RETURNS void LANGUAGE sql AS $$
	  INSERT INTO blob (sha256, bytes)
	  SELECT sha256(key), key FROM convert_to('file ' || number, 'UTF8') AS key;
	  INSERT INTO proto_file (id, key, sha256, path, package, syntax, imports,
	         extends, source_info, services, methods, messages, fields, enums,
	         "values", extensions)
	  SELECT number, sha256(key), sha256(key), 'corp/' || i || '.proto',
	         test_package(i), CASE i % 10 WHEN 0 THEN 'proto2' ELSE 'proto3' END,
	         ARRAY['corp/' || i % 50 + 1 || '.proto', 'google/api/' || i % 3 || '.proto'],
	         false, true, 1, 2, 1, 2, 1, 1, 0
	    FROM convert_to('file ' || number, 'UTF8') AS key;
	  INSERT INTO proto_symbol (file, place, kind, full_name, name, parent, line,
	         deprecated, parts, document)
	  SELECT number, y.place, y.kind, p.package || '.' || y.name,
	         split_part(y.name, '.', -1), p.package || '.' || y.parent, 1, false, 2,
	         y.document
	    FROM test_package(i) AS p (package)
	   CROSS JOIN LATERAL (VALUES
	    (0, 'service', 'S' || i, NULL, '{"methods":[{"name":"Get"},{"name":"Put"}]}'),
	    (1, 'method', 'S' || i || '.Get', 'S' || i, NULL),
	    (2, 'method', 'S' || i || '.Put', 'S' || i, NULL),
	    (3, 'message', 'M' || i, NULL, '{"fields":[]}'),
	    (4, 'field', 'M' || i || '.part', 'M' || i, NULL),
	    (5, 'field', 'M' || i || '.kind', 'M' || i, NULL),
	    (6, 'enum', 'E' || i, NULL, '{"values":[]}'),
	    (7, 'value', 'E' || i || '.NONE', 'E' || i, NULL))
	    AS y (place, kind, name, parent, document);
	  INSERT INTO proto_reference (file, kind, from_name, owner, to_name, line)
	  SELECT number, r.kind, p.package || '.' || r.from_name,
	         p.package || '.' || r.owner, r.to_name, 1
	    FROM test_package(i) AS p (package)
	   CROSS JOIN LATERAL (VALUES
	    ('method', 'S' || i || '.Get', 'S' || i || '.Get', p.package || '.M' || i),
	    ('method', 'S' || i || '.Put', 'S' || i || '.Put', p.package || '.M' || i),
	    ('field', 'M' || i || '.part', 'M' || i, CASE WHEN i > 50
	      THEN test_package(i % 50 + 1) || '.M' || i % 50 + 1
	      ELSE p.package || '.M' || i END),
	    ('field', 'M' || i || '.kind', 'M' || i, p.package || '.E' || i))
	    AS r (kind, from_name, owner, to_name)
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

# Two revisions of a proto repository of as many files; the second changes some.
owner("$files; SELECT test_file(i, i) FROM generate_series(1, " . SERVICES . ') AS i;'
	. ' SELECT test_file(i + 10000, i) FROM generate_series(1, ' . CHANGED . ') AS i');
my ($first, $second) = map { $catalogue->sql(sprintf <<~'SQL', @$_, $who) } (
	SELECT a.repository_id, a.counts::json->>'services', a.twice
	  FROM (SELECT array_agg(id) AS ids
	          FROM generate_series(%d, %d) AS id) AS g,
	       descriptor_apply('corp', '%s', %d, g.ids, sha256('%s'), 1, true,
	         '{"force":false}', '%s') AS a
	SQL
	[1, SERVICES, 'created', 1, 'first'],
	[CHANGED + 1, SERVICES + CHANGED, 'updated', 2, 'second']);
is_deeply $second, [$first->[0], SERVICES, undef],
	'two revisions of ten thousand .proto files';
my $repository = $first->[0];
# A campaign for all of these services, and one for a fortieth of them.
for my $campaign (['all', '{}'], ['some', '{"tag": ["t7"]}']) {
	my $draft = sprintf '{"name": "%s", "title": "x", "team": "x", "rule": "$.spec.tier == 1",'
		. ' "target": %s}', @$campaign;
	$catalogue->sql("SELECT status FROM campaign_create('$draft', '$who_admin');
		SELECT status FROM campaign_launch('$campaign->[0]', NULL, '$who_admin')");
}
# Ten campaigns of all services: a hundred thousand items, of which most are done.
owner(<<~'SQL');
	INSERT INTO campaign (name, title, team, due, level, state, created_by)
	SELECT 'c-' || n, 'Campaign ' || n, 'platform', current_date + n - 5, n % 3 + 1,
	       'running', 'user:aya'
	  FROM generate_series(1, 10) AS n;
	INSERT INTO todo_item (campaign, service, state, assignee, opened_at, changed_at, done_at)
	SELECT c.id, s.id, CASE WHEN (s.id + c.id) % 10 < 2 THEN 'open' ELSE 'done' END,
	       CASE WHEN s.id % 1000 = 7 THEN 'user:mia' END, now(), now(), now()
	  FROM campaign c CROSS JOIN service s
	 WHERE c.name LIKE 'c-%';
	INSERT INTO todo_transition (item, at, state, actor_kind, cause)
	SELECT i.id, now(), i.state, 'rule', 'launched'
	  FROM todo_item i JOIN campaign c ON c.id = i.campaign AND c.name LIKE 'c-%';
	SQL
my $item = $catalogue->value('SELECT max(id) FROM todo_item');
owner('VACUUM ANALYZE');

my $one = sprintf $options, 'false', 'null', 'c3';
my @cases = (
	# statement, values, rows at most. Planning a join may look at both ends of
	# an index, which counts as two rows for each side.
	[fact_list => [q('svc-77')], 40],
	[fact_keys => [1000], 12 * SERVICES],
	# Items with their transitions and services, and who has how much to do.
	[campaign_find => [q('some')], 2 * SERVICES + 2000],
	[campaign_list => ['NULL', 'NULL', 1000, 50], SERVICES + 2000],
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
	[failure_list => ['NULL', q('repo-7'), 'true', 'NULL', 50], 10],
	[failure_detail => [77], 6],
	[idempotency_take => [q('p'), q('k')], 5],
	[publish_unchanged => [q('svc-78'), q(test_spec(78, '')), "'$one'", "'$who'",
		q('[]')], 30],
	[publish => [q('{svc-5001}'), q(ARRAY[test_spec(5001, 'PLAN')]),
		q(ARRAY['x PLAN']), "'$one'", "'$who'", q('[]')], 1000],
	[publish_fail => [q('[{"serviceID":"svc-5002","source":"PLAN","faults":[],"faultCount":1}]'),
		"'$one'", "'$who'"], 300],
	[service_grpc_find => [q('svc-77')], 300],

	# --- items, a page of 50 and one more; the joins fetch as many rows each.
	[todo_list => [q('{"state":"todo"}'), q('-infinity'), 0, 0, 51], 300],
	[todo_list => [q('{"state":"todo","due":"week"}'), q('-infinity'), 0, 0, 51], 300],
	[todo_list => [q('{"state":"todo","due":"overdue"}'), q('2020-01-01'), 2, 500, 51], 300],
	[todo_list => [q('{"state":"all"}'), q('-infinity'), 0, 0, 51], 400],
	[todo_list => [q('{"state":"todo","campaign":"c-7"}'), q('-infinity'), 0, 0, 51], 300],
	[todo_list => [q('{"state":"all","team":"team-7"}'), q('-infinity'), 0, 0, 51], 400],
	[todo_list => [q('{"state":"all","service":"svc-77"}'), q('-infinity'), 0, 0, 51], 100],
	[todo_list => [q('{"state":"all","assignee":"user:mia"}'), q('-infinity'), 0, 0, 51], 800],
	[todo_list => [q('{"state":"all","source":"x","externalID":"y"}'), q('-infinity'), 0, 0, 51], 30],
	# Open ones of a team and of a person; all of them, to count them.
	[todo_list => [q('{"state":"todo","mine":{"teams":["team-7"],"subject":"user:mia"}}'),
		q('-infinity'), 0, 0, 51], 1000],
	[todo_groups => [q('{"mine":{"teams":["team-7"],"subject":"user:mia"}}')], 1500],
	[todo_after => [q('{"state":"all","since":true}'), q('0'), 0, 50, 5000], 5300],
	[todo_find => [$item, "'$who'", 200], 30],
	[todo_comment_list => [$item, 0, 50], 6],
	[todo_patch => [$item, 1, q('{"assignee":"user:aya"}'), q('{"admin":true,"teams":[],"kind":"session"}')], 100],
	[todo_matrix => ['NULL', 'NULL', q(''), 51], 2500],
	[todo_matrix => [q('team-7'), 'NULL', q(''), 51], 12_000],
	[todo_matrix_campaigns => [], 20],

	# --- gRPC APIs: $1 and $2 are a repository and the number of a revision.
	[api_repository_list => [], 10],
	[api_revision_find => [q('corp'), 'NULL'], 10],
	[api_revision_list => [$repository, 1000, 50], 10],
	[api_packages => [$repository, 2], 5],
	[api_symbol_find => [$repository, 2, q('corp.p77.v1.S77.Get')], 30],
	[api_part_find => [77, q('corp.p77.v1.M77'), q('part')], 10],
	[api_nested => [77, q('corp.p77.v1.M77')], 10],
	[api_package_items => [$repository, 2, q('corp.p77.v1')], 300],
	[api_package_files => [$repository, 2, q('corp.p77.v1')], 40],
	[api_package_below => [$repository, 2, q('corp.p77')], 40],
	[api_package_siblings => [$repository, 2, q('corp.p77.v2')], 40],
	[api_party_list => [q('corp.p77.v1.S77'), 'NULL', q('consumes')], 20],
	[api_use_list => [$repository, 2, q('corp.p7.v1.M7'), q(''), 50], 300],
	[api_method_types => [$repository, 2, q('corp.p77.v1.S77.Get')], 100],
	# A thousand names are a little like it.
	[api_nearest => [$repository, q('corp.p77.v1.S777x')], 1500],
	[api_file_find => [$repository, 2, q('corp/77.proto')], 10],
	[api_file_symbols => [77], 10],
	# Every file that imports it, to put them in order.
	[api_file_importers => [$repository, 2, q('corp/7.proto')], 600],
	[api_blobs => [q(ARRAY[sha256('file 77'), sha256('file 78')])], 4],
	[api_enum_hash => [$repository, 2, q('corp.p77.v1.E77')], 20],
	[api_policy_find => [$repository], 5],
	[api_policy_items => [$repository], 5],
	[api_waiver_active => [$repository, 100], 5],
	[api_waiver_list => [$repository, q('all'), 1000, 50], 5],
	[api_waiver_end => [$repository, 1, "'$who'"], 5],
	# What is made of a message that 200 others have: their methods and callers.
	[api_impact => [$repository, 1, q(ARRAY['corp.p7.v1.M7']), q(ARRAY['corp/7.proto'])], 6000],
	[api_impact => [$repository, 1, q(ARRAY['']), q(ARRAY['corp/77.proto'])], 100],
	# What is about whole revisions is one pass over each.
	[api_packages => [$repository, 1], 2 * SERVICES + 300],
	# Sources of specs lie among the bytes of files.
	[api_set_heads => [$repository, 2], 5 * SERVICES],
	[api_diff_packages => [$repository, 1, 2], 3 * SERVICES + 500],
	[api_diff_files => [$repository, 1, 2], 2 * SERVICES + 1000],
	# A tenth is proto2: its fields' types, and each enum by its name.
	[api_diff_readers => [$repository, 1, 2], 5 * SERVICES],
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
