#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# mdash doctor: all well on a good installation, and what to do on a broken one.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Process qw(wait_until);
use Test::More;

my $mdash = Mdash->new(worker => 1);
my $app = {MDASH_DATABASE => $mdash->conninfo};

sub doctor (%environment) {
	local $mdash->{environment} = {%$app, %environment};
	return $mdash->mdash('doctor');
}

ok wait_until(10, sub { -e "$mdash->{'run/metrics'}/worker.prom" }),
	'the worker writes its state';
my $good = doctor();
is $good->{status}, 0, 'all is well' or diag $good->{out};
for my $line ('database', 'clock', 'schema', 'roles', 'live updates',
	'socket auth', 'socket services', 'socket ingest', 'nginx inside',
	'handler auth', 'handler services', 'handler ingest', 'nginx outside',
	'worker', 'metrics', 'disk', 'address') {
	like $good->{out}, qr/^(?:ok|warn) +$line +\S/m, "$line is looked at";
}
unlike $good->{out}, qr/FAIL|->/, 'with nothing to do';
like $good->{out}, qr/^\d+ ok, 0 warnings, 0 failures$/m, 'in all';

# What is broken is named, with what to do; the rest is still looked at.
sub finds ($why, $line, $todo, %environment) {
	my $found = doctor(%environment);
	is $found->{status}, 1, "$why: something has to be done";
	like $found->{out}, $line, 'it is named' or diag $found->{out};
	like $found->{out}, $todo, 'with what to do' or diag $found->{out};
	return $found->{out};
}

$mdash->stop('services');
my $out = finds('a handler stopped', qr/^FAIL  socket services +\S/m,
	qr/-> start mdash-services/);
like $out, qr/^FAIL  handler services +\S/m, 'also through nginx';
like $out, qr/^ok    handler ingest +ready/m, 'the others are well';
$mdash->start('services');
ok wait_until(10, sub { doctor()->{status} == 0 }), 'started, all is well';

$mdash->stop('nginx');
$out = finds('nginx stopped', qr/^FAIL  nginx inside +\S/m, qr/-> start nginx/);
like $out, qr/^FAIL  nginx outside/m, 'inside and outside';
$mdash->start_nginx;
$mdash->wait_ready;

finds('no database', qr/^FAIL  database +\S.*nowhere/m,
	qr/-> is PostgreSQL running/, MDASH_DATABASE => 'host=/nowhere user=x');
finds('another address', qr/^FAIL  address +nobody can sign in at/m,
	qr/-> serve https/, MDASH_PUBLIC_ORIGIN => 'http://0.0.0.0:1');
finds('no folder', qr{^FAIL  disk +/nowhere}m, qr/-> make the folder/,
	MDASH_RUN_DIR => '/nowhere');

$mdash->sql('GRANT SELECT ON api_token TO mdash_app;
	GRANT CREATE ON SCHEMA public TO mdash_app');
$out = finds('too many rights', qr/^FAIL  roles +mdash_app may read api_token/m,
	qr/-> run mdash-migrate: it sets all rights/);
like $out, qr/mdash_app may change the schema/, 'all of them';
$mdash->sql('REVOKE SELECT ON api_token FROM mdash_app;
	REVOKE CREATE ON SCHEMA public FROM mdash_app');

$mdash->stop('worker');
$mdash->sql(<<'SQL');
INSERT INTO event (type, kind, subject, subject_seq, time, data)
VALUES ('service.updated', 'service', 'old', 1, now() - interval '5 min', '{}')
SQL
utime time - 600, time - 600, "$mdash->{'run/metrics'}/worker.prom";
$out = finds('no worker', qr/^FAIL  worker +last heard of \d+ s ago/m,
	qr/-> start mdash-worker/);
like $out, qr/^FAIL  live updates +1 events to tell, the oldest \d+ s old/m,
	'and events wait';

$mdash->sql('UPDATE schema_migration SET number = -number
	WHERE number = (SELECT max(number) FROM schema_migration)');
finds('an older schema', qr/^FAIL  schema +\d+, these programs need \d+/m,
	qr/-> run mdash-migrate/);

done_testing;
