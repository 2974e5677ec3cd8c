#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Every statement of sql/queries can be prepared on a fresh schema, and by the
# role whose programs run it; what a role must not do is refused.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Files qw(read_source source_files);
use Mdash::Place;
use Test::More;

my $place = Mdash::Place->new;
my $cluster = $place->cluster;
my $database = "statements_$$";
$cluster->create($database);

# Statements of mdash-auth and of the account commands; all others are run by
# the services, ingest and worker programs.
my $auth = qr{/(?:session|throttle|token|user)_|/sweep_auth};
my $both = qr{/schema_};

sub refused ($role, $sql) {
	return eval { $cluster->query($cluster->conninfo($database, $role), $sql); 1 }
		? '' : $@;
}

for my $file (source_files(qr{^sql/queries/.*\.sql$})) {
	my ($name) = $file =~ m{([^/]+)\.sql$};
	my $text = read_source($file) =~ s{\s+\z}{}r;
	# COPY cannot be prepared; without rows it is taken or refused all the same.
	my $prepare = $text =~ /^COPY /m ? "$text\n\\.\n" : "PREPARE $name AS $text";
	my @roles = $file =~ $both ? qw(mdash_app mdash_auth)
		: $file =~ $auth && $name ne 'sweep_auth' ? 'mdash_auth' : 'mdash_app';
	for my $role (@roles) {
		is refused($role, $prepare), '', "$name is prepared as $role";
	}
	like read_source($file), qr{^-- (?:sql/queries/)?$name\.sql: }m,
		"$name says what it answers";
}

for my $denied (
	[mdash_app => 'SELECT name FROM app_user'],
	[mdash_app => 'SELECT id FROM api_token'],
	[mdash_app => 'SELECT user_name FROM session'],
	[mdash_app => 'SELECT secret FROM webhook_secret'],
	[mdash_app => 'UPDATE audit SET detail = NULL'],
	[mdash_app => 'DELETE FROM audit'],
	[mdash_app => 'UPDATE event SET data = NULL'],
	[mdash_app => 'CREATE TABLE x (y integer)'],
	[mdash_auth => 'SELECT service_id FROM service'],
	[mdash_auth => 'SELECT id FROM event'],
	[mdash_auth => 'SELECT id FROM webhook_secret'],
	[mdash_auth => 'DELETE FROM audit'],
	[mdash_auth => 'CREATE TABLE x (y integer)'],
) {
	my ($role, $sql) = @$denied;
	like refused($role, $sql), qr/permission denied/, "$role may not: $sql";
}
is refused(mdash_app => 'SELECT name FROM team_member'), '',
	'mdash_app sees who is in a team';

my @bare = map { @$_ } $cluster->query($cluster->conninfo($database), <<~'SQL');
	SELECT c.relname || coalesce('.' || a.attname, '')
	  FROM pg_class c
	  LEFT JOIN pg_attribute a
	    ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	 WHERE c.relnamespace = 'public'::regnamespace
	   AND c.relkind IN ('r', 'v')
	   AND col_description(c.oid, coalesce(a.attnum, 0)) IS NULL
	 ORDER BY 1
	SQL
is "@bare", '', 'every table and column has a comment';

done_testing;
