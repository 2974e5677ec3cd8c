#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Who follows all items by their changes misses none of them, whatever runs at the
# same time, and is told when the cursor means nothing any more.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IPC::Open2 qw(open2);
use JSON::PP;
use Mdash;
use Mdash::Cluster;
use Mdash::OpenApi;
use Mdash::Publish qw(publish publish_set spec);
use Mdash::Todos qw(campaign fault item_id patch);
use POSIX ();
use Test::More;

use constant {WRITERS => 4, EACH => 40, ITEMS => 25};

# A cluster of its own: what is shown goes up to the oldest transaction that runs
# in the cluster, also in the databases of other tests.
my $mdash = Mdash->new(areas => [qw(auth ingest todos)], cluster => {});
my $openapi = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');
my $system = $mdash->token(kind => 'system', scopes => ['todos:read', 'todos:write']);

sub since ($cursor, $more = '') {
	my $answer = $system->get("/api/v1/todos?since=$cursor$more");
	is join("\n", $openapi->faults('listTodos', $answer)), '', 'changes are as documented'
		if $answer->{status} != 200;
	return $answer;
}
sub shown ($answer) {
	return join ' ', map { "$_->{serviceID}:$_->{state}:$_->{version}" } $answer->{json}{items}->@*;
}

my $start = since('');
is_deeply $start->{json}{items}, [], 'nothing has changed yet';
my $cursor = $start->{json}{cursor};
like $cursor, qr/^\w+\.\d+\.\d+$/, 'but there is a cursor';
is $start->{json}{next}, undef, 'and nothing more';

publish($ci, $_, spec($_, teamName => 'red')) for qw(aa bb cc);
campaign($mdash, 'one');
my %id = map { $_ => item_id($mdash, 'one', $_) } qw(aa bb cc);
is shown(since($cursor)), 'aa:open:1 bb:open:1 cc:open:1', 'items that were made';
my $end = since($cursor)->{json}{cursor};
is shown(since($end)), '', 'after them there is nothing';
is since($end)->{json}{cursor}, $end, 'and the cursor stays';

patch($admin, $id{bb}, {state => 'done'});
is shown(since($end)), 'bb:done:2', 'what is done is shown, too';
is shown(since($cursor)), 'aa:open:1 cc:open:1 bb:done:2', 'each item once, in the order of the last change';
is shown(since($cursor, '&state=done')), 'bb:done:2', 'filters hold';
is shown(since($cursor, '&campaign=none')), '', '  all of them';
isnt since($cursor, '&campaign=none')->{json}{cursor}, $cursor, '  and the cursor goes on all the same';
my $page = since($cursor, '&limit=2');
is shown($page), 'aa:open:1 cc:open:1', 'in pages';
is $page->{json}{next}, $page->{json}{cursor}, '  of which each says that there are more';
is shown(since($page->{json}{next}, '&limit=2')), 'bb:done:2', '  and where';

# All that is shown of an item counts.
$end = since($cursor)->{json}{cursor};
sub moved ($name, $want) {
	my $answer = since($end);
	is shown($answer), $want, $name;
	$end = $answer->{json}{cursor};
	return;
}
$system->post("/api/v1/todos/$id{aa}/comments", {text => 'x'});
moved('a comment is a change', 'aa:open:1');
publish($ci, 'cc', spec('cc', teamName => 'blue'));
moved('so is another team', 'cc:open:1');
publish($ci, 'cc', spec('cc', teamName => 'blue', tier => 2));
moved('but no other publish', '');
my @set = map { spec($_, teamName => 'red') } 'gone', map { "kept-$_" } 1 .. 9;
publish_set($ci, 'sets', \@set);
my %outside = (source => 'tracker', externalID => 'G-1', serviceID => 'gone', title => 'Delete its data');
$outside{id} = $system->post('/api/v1/todos', \%outside)->{json}{id};
moved('an item from outside', 'gone:open:1');
sub outside { return $system->get("/api/v1/todos/$outside{id}")->{json}{todo} }
is outside()->{serviceGone}, JSON::PP::false, '  of a service that is there';
is publish_set($ci, 'sets', [@set[1 .. 9]])->{json}{tombstoned}, 1, 'its service goes';
moved('so is that', 'gone:open:1');
is_deeply [@{outside()}{qw(serviceGone state team)}], [JSON::PP::true, 'open', 'red'], '  and what is to do stays';
is fault($system->post('/api/v1/todos', {%outside{qw(source serviceID title)}, externalID => 'G-2'})),
	'422 #/serviceID unknown', '  but nothing is added';
publish_set($ci, 'sets', \@set);
moved('and that it is back', 'gone:open:1');
is patch($system, $outside{id}, {state => 'done'})->{json}{serviceGone}, JSON::PP::false, '  as is shown';
moved('and what is done', 'gone:done:2');
$mdash->sql("UPDATE campaign SET due = '2030-01-01'");
moved('so is another date of the campaign', 'aa:open:1 bb:done:2 cc:open:1');
$mdash->sql("UPDATE campaign SET why = 'x'");
moved('but no other text', '');

# --- transactions that are still running ------------------------------------------

open2(my $out, my $in, Mdash::Cluster::bindir() . '/psql', '-XqAt', '-d', $mdash->conninfo('mdash_owner'));
print {$in} "BEGIN;\nUPDATE todo_item SET version = 7 WHERE id = $id{aa};\nSELECT 'ready';\n";
$in->flush;
while (my $line = <$out>) { last if $line =~ /ready/ }
patch($admin, $id{cc}, {state => 'not_applicable', reason => 'x'});
moved('while an earlier transaction runs a later one waits', '');
print {$in} "COMMIT;\nSELECT 'ready';\n";
$in->flush;
while (my $line = <$out>) { last if $line =~ /ready/ }
moved('then both come, the earlier one first', 'aa:open:7 cc:not_applicable:2');
close $in;
close $out;

# Writers that commit late, each with items that others change, too: whoever
# follows them ends with what there is.
publish($ci, "svc-$_", spec("svc-$_", teamName => 'red')) for 1 .. ITEMS;
campaign($mdash, 'many');
sub writer ($number) {
	my $pid = fork // die "fork: $!";
	return $pid if $pid;
	my $script = join '', map {
		my $item = 1 + int rand ITEMS;
		my $delay = sprintf '%.4f', rand 0.01;
		"BEGIN; UPDATE todo_item i SET version = i.version + 1 FROM service s"
			. " WHERE s.id = i.service AND s.service_id = 'svc-$item';"
			. " SELECT pg_sleep($delay); COMMIT;\n"
	} 1 .. EACH;
	open my $psql, '|-', Mdash::Cluster::bindir() . '/psql', '-Xq', '-o', '/dev/null', '-d',
		$mdash->conninfo('mdash_owner') or POSIX::_exit(127);
	print {$psql} $script;
	close $psql;
	POSIX::_exit($? >> 8);
}
my %running = map { writer($_) => 1 } 1 .. WRITERS;
my %known;
sub follow {
	my $answer = $system->get("/api/v1/todos?since=$end&limit=7")->{json};
	$known{$_->{id}} = $_->{version} for $answer->{items}->@*;
	$end = $answer->{cursor};
	return $answer->{items}->@* || $answer->{next};
}
my $failed = 0;
while (%running) {
	follow();
	while ((my $pid = waitpid(-1, POSIX::WNOHANG)) > 0) {
		$failed++ if $?;
		delete $running{$pid};
	}
}
is $failed, 0, 'all writers committed';
while (follow()) { }
is_deeply \%known, {map { @$_ } $mdash->sql('SELECT i.id, i.version FROM todo_item i JOIN campaign c'
	. " ON c.id = i.campaign WHERE c.name = 'many'")}, 'who follows knows every item as it is';

# --- cursors that mean nothing any more ------------------------------------------------

my ($timeline, $xid, $number) = split /\./, $end;
is since("$timeline.999999999.0")->{status}, 410, 'a cursor that lies ahead';
is since(('x' x length $timeline) . ".$xid.$number")->{status}, 410, 'one of another database';
like since("$timeline.999999999.0")->{json}{detail}, qr/from since= on$/, '  is told what to do';
is since("$timeline.$xid")->{status}, 422, 'one that was cut';

# A restore into a cluster that counts its transactions from lower numbers.
$mdash->sql(q{ALTER TABLE todo_item DISABLE TRIGGER USER;
	UPDATE todo_item SET xid = (xid::text::bigint + 1000000)::text::xid8;
	ALTER TABLE todo_item ENABLE TRIGGER USER; SELECT event_restored()});
is since($end)->{status}, 410, 'one from before a restore';
%known = ();
$end = '';
while (follow()) { }
is_deeply [sort keys %known], [sort map { $_->[0] } $mdash->sql('SELECT id FROM todo_item')],
	'  and who begins again is told of all items';

done_testing;
