#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The audit log: a chain that shows where it was touched, and that the programs
# can only append to; no more of the catalogue can be deleted than what expires.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('audit');

sub as ($role, $sql) {
	return $catalogue->{cluster}->query($catalogue->conninfo($role), $sql);
}

sub spec ($text) {
	return {serviceID => 'acme', description => $text, teamName => 'red'};
}

# --- what is written down ------------------------------------------------------

is $catalogue->value('SELECT audit_broken() IS NULL'), 't', 'no row is sound';
$catalogue->publish([spec($_)], sequence => $_) for 1 .. 5;
$catalogue->publish([spec(5)], sequence => 6);
$catalogue->publish([spec('other')], sequence => 6);
is_deeply [as(mdash_app => 'SELECT action, object, outcome, request_id FROM audit
		ORDER BY id')],
	[(['service.publish', 'acme', 'done', 'test']) x 5],
	'each publish that changed something is written down, others are not';
is $catalogue->value(<<~'SQL'), 't', 'with the contents before and after';
	SELECT detail #>> '{services,acme,after}' = encode(v.content_sha256, 'hex')
	       AND detail #>> '{services,acme,before}' = encode(p.content_sha256, 'hex')
	  FROM audit a, service_version v, service_version p
	 WHERE a.id = 5 AND v.number = 5 AND p.number = 4
	SQL
as(mdash_auth => q{SELECT audit_append('{"subject":"user:a","kind":"session"}',
	'token.create', 'token:x#1', 'done', NULL)});
is $catalogue->value('SELECT audit_broken() IS NULL'), 't',
	'the chain is whole, whichever role appended';

# --- touching it -----------------------------------------------------------------

for my $case (
	[3, 'a changed row', "UPDATE audit SET object = 'x' WHERE id = 3"],
	[2, 'a changed detail', "UPDATE audit SET detail = '{}' WHERE id = 2"],
	[4, 'a row that was taken out', 'DELETE FROM audit WHERE id = 3'],
	[2, 'the first row gone', 'DELETE FROM audit WHERE id = 1'],
	[3, 'a row with a hash of its own', <<~'SQL'],
		UPDATE audit a SET object = 'x', hash = audit_hash('', a) WHERE id = 3
		SQL
	[4, 'rows that changed places', <<~'SQL'],
		UPDATE audit SET id = 99 WHERE id = 4;
		UPDATE audit SET id = 4 WHERE id = 5;
		UPDATE audit SET id = 5 WHERE id = 99
		SQL
) {
	my ($row, $name, $sql) = @$case;
	my ($found) = as(mdash_owner =>
		"BEGIN; $sql; SELECT audit_broken(); ROLLBACK");
	is $found->[0], $row, "$name shows at row $row";
}

# --- rights ------------------------------------------------------------------------

my @tables = qw(service service_version service_seen team blob
	event_subject event_reader);
for my $denied (
	(map { [$_, 'INSERT INTO audit SELECT * FROM audit'] }
		qw(mdash_app mdash_auth)),
	(map { [$_, 'UPDATE audit SET hash = NULL'] } qw(mdash_app mdash_auth)),
	(map { [$_, 'TRUNCATE audit'] } qw(mdash_app mdash_auth)),
	(map { [mdash_app => "DELETE FROM $_"] } @tables),
	[mdash_app => "SELECT schema_register(max(number) + 1, 'x')
		FROM schema_migration"],
	[mdash_auth => "SELECT service_id FROM search_match('x'), service"],
) {
	my ($role, $sql) = @$denied;
	my $refused = eval { as($role => $sql); 1 } ? '' : $@;
	like $refused, qr/permission denied/, "$role may not: $sql";
}

my $owner = q{FROM pg_proc p
	WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef};
is $catalogue->value(<<~SQL), 'none',
	SELECT coalesce(string_agg(p.proname, ' ' ORDER BY p.proname), 'none') $owner
	   AND (p.proacl IS NULL
	        OR EXISTS (SELECT FROM aclexplode(p.proacl) AS a WHERE a.grantee = 0))
	SQL
	'what runs with the rights of the owner is for the programs alone';
is $catalogue->value(<<~SQL), 'none',
	SELECT coalesce(string_agg(p.proname, ' ' ORDER BY p.proname), 'none') $owner
	   AND NOT 'search_path=public, pg_temp' = ANY (coalesce(p.proconfig, '{}'))
	SQL
	'  and looks for tables in our schema only';

done_testing;
