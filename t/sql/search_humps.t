#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A symbol is looked for by the humps of its name, and many humps cost about as
# much as few: what is compared with each name is made once, not for each name.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use List::Util qw(min);
use Mdash::Catalogue;
use Test::More;
use Time::HiRes qw(time);

my $catalogue = Mdash::Catalogue->new('humps');

sub owner ($sql) {
	return $catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), $sql);
}

owner(<<~'SQL');
	INSERT INTO proto_repository (name, revision, revisions, source)
	VALUES ('acme', 1, 1, '{}');
	INSERT INTO search_entry (kind, key, title, detail, weight, title_norm, norm,
	       repository, humps)
	SELECT 'message', 'acme/acme.v1.' || n, n, 'acme.v1', 2, lower(n),
	       lower('acme.v1.' || n), r.id, symbol_humps(n)
	  FROM (SELECT 'GetPay' || i || 'Request' AS n
	          FROM generate_series(1, 30000) AS i) AS names
	 CROSS JOIN proto_repository r;
	INSERT INTO search_name (name) SELECT e.title_norm FROM search_entry e;
	ANALYZE search_entry, search_name;
	SQL

sub found ($query) {
	return map { $_->[0] }
		$catalogue->sql("SELECT DISTINCT title FROM symbol_match('$query', NULL, 300)");
}

# Milliseconds that PostgreSQL takes for it, at best.
sub took ($query) {
	my @times;
	for (1 .. 5) {
		my ($text) = grep { /^Execution Time/ } map { $_->[0] } $catalogue->sql(
			"EXPLAIN ANALYZE SELECT * FROM symbol_match('$query', NULL, 300)");
		push @times, $text =~ /([0-9.]+) ms/;
	}
	return min @times;
}

is_deeply [found('GePay29999Req')], ['GetPay29999Request'], 'a name is found by its humps';
is_deeply [found('GePay29999Rex')], [], 'or not';

# Both have no three letters in a row, so no index helps.
my $few = took('GeXx');
my $many = took('Ge' . 'Xx' x 99);
cmp_ok $many, '<', 5 * $few, 'a hundred humps take about as long as two'
	or diag "$many ms, $few ms";

# After some runs PostgreSQL may keep a plan for all words, in which the patterns
# would be made anew for every name.
for my $query ('GeXx', '%' x 30, '_' x 20) {
	my @times = map { $_->[0] } $catalogue->sql(<<~"SQL");
		CREATE TEMPORARY TABLE took (ms double precision);
		DO \$\$
		DECLARE
		  begun timestamptz;
		BEGIN
		  FOR i IN 1..12 LOOP
		    begun := clock_timestamp();
		    PERFORM FROM symbol_match('$query', NULL, 200);
		    INSERT INTO took VALUES (extract(epoch FROM clock_timestamp() - begun));
		  END LOOP;
		END \$\$;
		SELECT ms FROM took;
		SQL
	cmp_ok min(@times[7 .. 11]), '<', 4 * min(@times[0 .. 4]), "$query takes no longer later"
		or diag join ' ', @times;
}

done_testing;
