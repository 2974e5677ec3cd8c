#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# PostgreSQL is stopped, comes back, stands still, loses a connection: requests
# are answered with 503 and Retry-After, never hang, and publishes are either
# acknowledged or not done.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Victims qw(descendants victims);
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

my $mdash = Mdash->new(worker => 1, cluster => {fsync => 1},
	settings => {statement_timeout_ms => '1s', connect_timeout_ms => '1s'});
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);

sub put ($id, $text) {
	return $ci->put("/api/v1/ingest/services/$id",
		"serviceID: $id\ndescription: $text\n",
		'content-type' => 'application/yaml');
}

sub works { return $admin->get('/api/v1/services/steady')->{status} == 200 }

# As pg_terminate_backend() does it.
sub end_connections {
	my @connections = victims($mdash, 'postgres');
	kill 'TERM', @connections;
	wait_until(5, sub { !grep { kill 0, $_ } @connections });
	return scalar @connections;
}

is put('steady', 'there')->{status}, 200, 'a spec is there';
ok works(), 'and shown';

# Stopped, as for an upgrade.
my @handlers = map { victims($mdash, $_) } qw(auth services apis todos jobs ingest);
$mdash->cluster->stop;
my $from = time;
my $answer = $admin->get('/api/v1/services/steady');
is $answer->{status}, 503, 'without a database a read is 503'
	or diag $answer->{content};
cmp_ok time - $from, '<', 3, 'within 3 seconds';
like $answer->{headers}{'content-type'}, qr{^application/problem\+json},
	'a problem document';
ok $answer->{headers}{'retry-after'}, 'with Retry-After';
$from = time;
$answer = put('steady', 'changed');
is $answer->{status}, 503, 'so is a publish';
cmp_ok time - $from, '<', 3, 'within 3 seconds';
is $mdash->client->get('/schemas/service-spec.json')->{status}, 200,
	'files are served';
is $mdash->client->get('/healthz')->{status}, 200, 'nginx and handlers live';
is $mdash->client->get('/readyz')->{status}, 503, 'but are not ready';
ok wait_until(5, sub { $mdash->log_of('worker') =~ /database\.away/ }),
	'the worker has noticed';

$mdash->cluster->start;
ok wait_until(10, \&works), 'with the database back, reads are answered';
is put('steady', 'changed')->{status}, 200, 'and publishes';
is $mdash->value("SELECT spec->>'description' FROM service_version
	ORDER BY id DESC LIMIT 1"), 'changed', 'what was acknowledged is there';
is $mdash->value('SELECT count(*) FROM service_version'), 2,
	'what was refused left nothing';
my %lives = map { $_ => 1 } map { victims($mdash, $_) } qw(auth services apis todos jobs ingest);
is scalar(grep { !$lives{$_} } @handlers), 0, 'by the same processes';
ok wait_until(10, sub { $mdash->log_of('worker') =~ /database\.back/ }),
	'the worker goes on';
is $mdash->value(<<'SQL'), 2, 'and every change has its event';
SELECT count(*) FROM event WHERE subject = 'steady'
SQL

# Each connection ended from the other side: no request may notice.
cmp_ok end_connections(), '>', 0, 'connections are ended';
is scalar(grep { !works() } 1 .. 20), 0, 'ended connections cost no read';
is put('steady', 'once more')->{status}, 200, 'nor a publish';

# Standing still: no answer, but no error either.
my @processes = ($mdash->cluster->pid,
	map { $_->[0] } descendants($mdash->cluster->pid));
kill 'STOP', @processes;
$from = time;
$answer = $admin->get('/api/v1/services/steady');
my $took = time - $from;
kill 'CONT', @processes;
is $answer->{status}, 503, 'a database that stands still is 503'
	or diag $answer->{content};
cmp_ok $took, '<', 5, sprintf 'after %.1f s, not a hang', $took;
ok wait_until(10, \&works), 'and all is well when it goes on';

# Read-only, as a full disk or a standby makes it.
$mdash->sql("ALTER DATABASE \"$mdash->{name}\" SET default_transaction_read_only = on");
end_connections();
ok wait_until(5, \&works), 'reads go on while nothing can be written';
is put('steady', 'not now')->{status}, 503, 'a publish is 503';
$mdash->sql("SET default_transaction_read_only = off;
	ALTER DATABASE \"$mdash->{name}\" RESET default_transaction_read_only");
end_connections();
ok wait_until(5, sub { put('steady', 'now')->{status} == 200 }),
	'and is taken again afterwards';

done_testing;
