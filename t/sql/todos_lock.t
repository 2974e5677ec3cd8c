#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# People and systems change items while publishes change them by rules: who comes
# second waits before it looks, so that nobody waits in a circle, no change is lost,
# and the counts of campaigns are right whatever came first.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Mdash::Session;
use POSIX ();
use Test::More;

use constant {WRITERS => 4, EACH => 25};

my $catalogue = Mdash::Catalogue->new('todos_lock');
my $q = \&Mdash::Catalogue::quote;
my $who = $q->('{"subject": "user:aya", "kind": "session", "admin": true, "teams": ["x"], "services": []}');

sub rows ($sql) { return join ' ', map { join '/', map { $_ // '-' } @$_ } $catalogue->sql($sql) }

# --- two at once, statement by statement ---------------------------------------------

my @services = map { "svc-$_" } 1 .. 6;
my $commit = 0;

# Publishes these services, and has rules look at them.
sub publish_sql ($tier, @ids) {
	my $call = Mdash::Catalogue::publish_call(
		[map { {serviceID => $_, teamName => 'red', tier => $tier, note => ++$commit} } @ids],
		commit => "c$commit") =~ s/^SELECT .* FROM/SELECT p.status FROM/r;
	return "$call AS p; SELECT todo_follow('{}', $who) <> '[]'";
}

sub patch_sql ($id, $change, $version = "(SELECT version FROM todo_item WHERE id = $id)") {
	return "SELECT status FROM todo_patch($id, $version, @{[$q->($change)]}, $who)";
}

$catalogue->sql(publish_sql(2, @services));
for my $n (1 .. 3) {
	my $draft = $q->(qq({"name": "c-$n", "title": "x", "team": "x", "rule": "\$.spec.tier <= $n"}));
	$catalogue->sql("SELECT status FROM campaign_create($draft, $who);
		SELECT status FROM campaign_launch('c-$n', NULL, $who)");
}
my ($first, $second) = map { $_->[0] } $catalogue->sql(q{SELECT i.id FROM todo_item i
	JOIN campaign c ON c.id = i.campaign WHERE c.name = 'c-1' ORDER BY i.service LIMIT 2});

my ($person, $publish) = map { Mdash::Session->new($catalogue) } 1 .. 2;
$person->run('BEGIN');
is $person->run(patch_sql($second, '{"assignee": "user:aya"}')), 200, 'an item is changed';
$publish->begin('BEGIN;' . publish_sql(1, @services[0, 1]) . ';COMMIT');
ok $publish->waits, 'a publish that would change it, and another one before it, waits';
is $person->run(patch_sql($first, '{"assignee": "user:aya"}')), 200, '  so that the other one can be changed';
$person->run('COMMIT');
is $publish->finish, "200\nt", '  and then goes on';
is rows("SELECT state, assignee, version FROM todo_item WHERE id IN ($first, $second)"),
	'done/user:aya/3 done/user:aya/3', 'both changes are there';

my $version = $catalogue->value("SELECT version FROM todo_item WHERE id = $first");
$publish->run('BEGIN');
is $publish->run(publish_sql(2, @services[1, 0])), "200\nt", 'a publish reopens items';
$person->begin('BEGIN;' . patch_sql($first, '{"assignee": null}', $version) . ';ROLLBACK');
ok $person->waits, 'who changes one of them meanwhile waits';
$publish->run('COMMIT');
is $person->finish, 412, '  and is told that it has changed';

$_->end for $person, $publish;

# --- many at once ---------------------------------------------------------------------

my @items = map { $_->[0] } $catalogue->sql('SELECT id FROM todo_item');
sub one (@of) { return $of[rand @of] }
sub writer ($number) {
	my $script = join '', map {
		rand() < 0.5 ? 'BEGIN;' . publish_sql(1 + int rand 4, one(@services), 'new-' . int rand 9) . ";COMMIT;\n"
			: 'BEGIN;' . join(';', map { patch_sql($_, one('{"assignee": "user:aya"}', '{"state": "open"}',
				'{"state": "not_applicable", "reason": "x"}', '{"due": "2026-01-01"}', '{"due": null}')) }
				one(@items), one(@items), one(@items)) . ";COMMIT;\n"
	} 1 .. EACH;
	my $file = $catalogue->{place}->write("writer-$number.sql", $script);
	my $pid = fork // die "fork: $!";
	return $pid if $pid;
	open STDOUT, '>', '/dev/null';
	exec Mdash::Cluster::bindir() . '/psql', '-Xq', '-v', 'ON_ERROR_STOP=1',
		'-d', $catalogue->conninfo, '-f', $file or POSIX::_exit(127);
}
$catalogue->sql("UPDATE campaign SET permanent = true WHERE name = 'c-2'");
my @pids = map { writer($_) } 1 .. WRITERS;
is scalar(grep { waitpid($_, 0); $? } @pids), 0, 'nobody fails';
is rows('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'), 0, '  nor waits in a circle';
is $catalogue->miscounted, 0, 'the counts of campaigns are those of their items';
cmp_ok rows('SELECT count(DISTINCT (campaign, state, due_key)) FROM todo_item'), '>', 6, '  which are some';
is rows(<<~'SQL'), 0, 'what rules decide is what the facts say';
	SELECT count(*)
	  FROM todo_item i
	  JOIN campaign c ON c.id = i.campaign
	  JOIN campaign_rule r ON r.campaign = c.id AND r.version = c.rule_version
	  JOIN service s ON s.id = i.service
	  JOIN service_version v ON v.id = s.version_id
	 WHERE i.state IN ('open', 'done')
	   AND (i.state = 'done')
	       <> jsonb_path_match(jsonb_build_object('spec', v.spec), r.predicate::jsonpath)
	SQL
done_testing;
