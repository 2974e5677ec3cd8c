#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The event log by GET: in the order of its cursor, none missing and none twice,
# and honest about cursors that no longer mean anything.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IPC::Open2 qw(open2);
use Mdash;
use Mdash::Cluster;
use Mdash::Publish qw(publish publish_set spec);
use Test::More;

# A cluster of its own: the log is read up to the oldest transaction that runs in
# the cluster, also in the databases of other tests.
my $mdash = Mdash->new(cluster => {});
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $system = $mdash->token(kind => 'system', scopes => ['events:read']);

sub events ($query = '') { return $system->get("/api/v1/events$query") }

sub types ($answer) {
	return join ' ', map { "$_->{type}:$_->{subject}" }
		$answer->{json}{items}->@*;
}

# Everything after a cursor, and the cursor at its end.
sub drain ($after, $limit = 3) {
	my (@found, $rounds);
	while (++$rounds < 1000) {
		my $answer = events("?limit=$limit" . (defined $after
			? "&after=$after" : ''));
		return ("status $answer->{status}") if $answer->{status} != 200;
		$after = $answer->{json}{next};
		return ($after, @found) if !$answer->{json}{items}->@*;
		push @found, $answer->{json}{items}->@*;
	}
	return ('no end');
}

# --- reading -----------------------------------------------------------------

my $empty = events();
is_deeply $empty->{json}{items}, [], 'a new log has no events';
my $start = $empty->{json}{next};
like $start, qr/^\w+\.\d+\.\d+$/, 'but a cursor';

publish($ci, 'alpha', spec('alpha'));
publish($ci, 'alpha', spec('alpha', tier => 2), commit => 'c2');
publish($ci, 'alpha', spec('alpha', tier => 2));
publish($ci, 'alpha', "serviceID: alpha\ntier: x\n");
publish_set($ci, 'demo', [spec('beta'), spec('gamma')]);
publish_set($ci, 'demo', [spec('beta')]);
publish_set($ci, 'demo', [spec('beta'), spec('gamma')]);

my $want = 'service.created:alpha service.updated:alpha publish.failed:alpha '
	. 'service.created:beta service.created:gamma service.tombstoned:gamma '
	. 'service.restored:gamma';
is types(events()), $want, 'everything that happened, in order';
is types(events("?after=$start")), $want, 'the same after the first cursor';
my ($end, @all) = drain($start, 2);
is join(' ', map { "$_->{type}:$_->{subject}" } @all), $want,
	'in pages, each once';
is types(events("?after=$end")), '', 'after the last cursor there is nothing';
is events("?after=$end")->{json}{next}, $end, 'and it stays where it is';
is join(' ', map { $_->{sequence} } grep { $_->{subject} eq 'gamma' } @all),
	'1 2 3', 'each subject is numbered without gaps';
is_deeply $all[1]{data}, {team => 'red', version => 2, commit => 'c2',
	changed => ['tier']}, 'an event says what changed';

my $now = events('?after=now');
is_deeply $now->{json}{items}, [], 'after=now has no events';
publish($ci, 'delta', spec('delta'));
is types(events("?after=$now->{json}{next}")), 'service.created:delta',
	'but a cursor for what comes';
is scalar(events('?limit=1')->{json}{items}->@*), 1, 'limit is a limit';

# --- transactions that are still running ------------------------------------------

my $cursor = events("?after=$end")->{json}{next};
open2(my $out, my $in, Mdash::Cluster::bindir() . '/psql', '-XqAt', '-d',
	$mdash->conninfo('mdash_owner'));
print {$in} "BEGIN;\nSELECT event_append('service.updated', 'service', 'slow',"
	. " NULL, NULL, now(), '{}');\nSELECT 'ready';\n";
$in->flush;
while (my $line = <$out>) { last if $line =~ /ready/ }
publish($ci, 'quick', spec('quick'));
is types(events("?after=$cursor")), '',
	'while an earlier transaction runs a later one waits';
my $meanwhile = events('?after=now')->{json}{next};
print {$in} "COMMIT;\nSELECT 'done';\n";
$in->flush;
while (my $line = <$out>) { last if $line =~ /done/ }
close $in;
is types(events("?after=$cursor")), 'service.updated:slow service.created:quick',
	'then both come, in their order';
is types(events("?after=$meanwhile")),
	'service.updated:slow service.created:quick',
	'also for who began in between';

# Readers and writers at the same time: nothing missed, nothing twice.
my ($mark) = drain($cursor);
my @writers = map {
	my $n = $_;
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		publish($ci, "w$n-$_", spec("w$n-$_")) for 1 .. 15;
		POSIX::_exit(0);
	}
	$pid;
} 1 .. 3;
my (@read, %running);
@running{@writers} = ();
while (%running) {
	my ($next, @more) = drain($mark, 4);
	$mark = $next;
	push @read, @more;
	waitpid($_, POSIX::WNOHANG()) == $_ and delete $running{$_}
		for keys %running;
}
push @read, (drain($mark))[1 .. 60];
my %count;
$count{$_->{subject}}++ for grep { defined } @read;
is scalar(keys %count), 45, 'every event of three writers was read';
is join(' ', grep { $count{$_} > 1 } keys %count), '', 'and none twice';

# --- cursors that mean nothing any more ---------------------------------------------

my ($timeline, $xid, $id) = split /\./, $end;
for my $case (
	['x', 422], ["$timeline", 422], ["$timeline.$xid", 422],
	["$timeline.$xid.$id.1", 422], ["$timeline.$xid.x", 422],
	["$timeline.-1.0", 422], ["$timeline.$xid.-1", 422], [".$xid.$id", 422],
	["$timeline..$id", 422], ["$timeline.99999999999999999999.0", 422],
	["$timeline.$xid.99999999999999999999", 422], ['y' x 33 . '.1.1', 422],
	['y' x 101, 422], ['', 422], ["elsewhere.$xid.$id", 410],
	["$timeline.9000000000000000000.0", 410], ["$timeline.0.0", 200],
) {
	my ($after, $status) = @$case;
	my $answer = events("?after=$after");
	is $answer->{status}, $status, substr($after, 0, 40) . ": $status";
	is $answer->{json}{errors}[0]{pointer}, '?after', '  at the parameter'
		if $status == 422;
	like $answer->{json}{detail}, qr/after=now/, '  and says how to go on'
		if $status == 410;
}
is events("?$_")->{status}, 422, "$_ is refused"
	for 'limit=0', 'limit=501', 'limit=x', 'before=1', 'limit=1&limit=2';
is events('?limit=500')->{status}, 200, 'limit=500 is taken';

# What the sweep of old events leaves behind.
$mdash->sql(q{WITH gone AS (DELETE FROM event WHERE id <= 3 RETURNING xid, id)
	UPDATE instance SET pruned_xid = (SELECT max(xid::text::bigint)::text::xid8
	FROM gone), pruned_id = 3});
is events("?after=$start")->{status}, 410, 'a cursor before what was swept is gone';
is events("?after=$start")->{json}{type}, '/problems/gone', '  as a problem';
like types(events()), qr/^service\.created:beta /,
	'without a cursor the log begins at what is kept';
is events("?after=$end")->{status}, 200, 'a later cursor is as good as before';
my ($last_gone) = $mdash->sql('SELECT timeline, pruned_xid, pruned_id
	FROM instance');
like types(events('?after=' . join '.', @$last_gone)), qr/^service\.created:beta /,
	'so is the cursor of the last event that was swept';

# A restore into a cluster that counts its transactions from lower numbers.
my $kept = join ' ', sort split / /, types(events());
$mdash->sql(q{UPDATE event SET xid = (xid::text::bigint + 1000000)::text::xid8;
	UPDATE instance SET pruned_xid = (pruned_xid::text::bigint + 1000000)::text::xid8;
	INSERT INTO event_reader SELECT 'behind', max(xid::text::bigint)::text::xid8, 0
	FROM event; SELECT event_restored()});
is events("?after=$end")->{status}, 410, 'a restored database has no old cursors';
is join(' ', sort split / /, types(events())), $kept, 'but its events';
$now = events('?after=now')->{json}{next};
publish($ci, 'later', spec('later'));
is types(events("?after=$now")), 'service.created:later',
	'and goes on with what happens then';
is $mdash->value(q{SELECT string_agg(e.subject, ' ') FROM event_reader r,
	event_after(r.xid, r.id, 9) e WHERE r.name = 'behind'}), 'later',
	'for its own readers, too';

# --- who may read -------------------------------------------------------------------

is $mdash->token(scopes => ['ingest:write'])->get('/api/v1/events')->{status},
	403, 'a token that only publishes may not read the log';
is $admin->get('/api/v1/events')->{status}, 200, 'people may';

done_testing;
