#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A dump restored into an empty database holds everything that was in the first.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('restore');
my $cluster = $catalogue->{cluster};
my $from = $catalogue->{database};
my $to = "${from}_again";

$catalogue->publish([{serviceID => 'alpha', teamName => 'red', tags => ['a', 'b'],
	dependsOn => ['beta']}, {serviceID => 'beta', description => '決済'}],
	set => 1, publisher => 'demo');
$catalogue->publish([{serviceID => 'alpha', teamName => 'blue', tier => 1}]);
$catalogue->publish([{serviceID => 'alpha', teamName => 'blue', tier => 1}],
	set => 1, publisher => 'demo');

sub query ($database, $sql) {
	return $cluster->query($cluster->conninfo($database), $sql);
}

# Each table and a digest of its rows.
sub content ($database) {
	my %content;
	for (query($database, "SELECT relname FROM pg_class WHERE relkind = 'r'
			AND relnamespace = 'public'::regnamespace")) {
		my ($row) = query($database, "SELECT count(*) || ' rows, ' || coalesce(md5("
			. "string_agg(t::text, E'\\n' ORDER BY t::text)), '-') FROM $_->[0] t");
		$content{$_->[0]} = $row->[0];
	}
	return \%content;
}

my $before = content($from);
like $before->{service_version}, qr/^[1-9]/, 'there is something to lose';

my $dump = $catalogue->{place}->dir . '/restore.sql';
my $pg = Mdash::Cluster::bindir();
$cluster->create($to, template => 'template0');
is system("$pg/pg_dump", '-f', $dump, $cluster->conninfo($from)), 0, 'a dump';
is system("$pg/psql", '-Xqo', '/dev/null', '-v', 'ON_ERROR_STOP=1', '-f', $dump, '-d',
	$cluster->conninfo($to)), 0, 'is restored without an error';
is_deeply content($to), $before, 'and nothing is missing';

$cluster->drop($to);
done_testing;
