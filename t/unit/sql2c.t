#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# build-aux/sql2c.awk: the text of a statement reaches the server unchanged.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use File::Temp qw(tempdir);
use Mdash::Files qw(source_dir);
use Test::More;

my $script = source_dir() . '/build-aux/sql2c.awk';
my $dir = tempdir(CLEANUP => 1);

sub sql2c ($part, $name, $text) {
	open my $file, '>', "$dir/$name" or die "$name: $!";
	print $file $text;
	close $file;
	my $out = qx(awk -v part=$part -f '$script' '$dir/$name' 2>&1);
	return ($out, $?);
}

my $statement = <<'SQL';
-- SPDX-License-Identifier: Apache-2.0
-- team_find.sql: one team.  $1 text name

SELECT id, name
  FROM team
 WHERE name ~ '^\w+"$' -- a comment inside stays
	AND name = $1;
SQL

my ($c) = sql2c('c', 'team_find.sql', $statement);
like $c, qr{^const struct statement sql_team_find = \{\n\t"team_find",\n}m,
	'the constant is named after the file';
unlike $c, qr{SPDX|one team}, 'leading comments are left out';
like $c, qr{a comment inside stays}, 'later comments stay';
my $text = join '', map { s/\\n/\n/gr =~ s/\\t/\t/gr =~ s/\\(["\\])/$1/gr }
	$c =~ /^\t"(.*)"$/mg;
is $text, $statement =~ s/\A.*?\n\n//sr, 'the text survives the C quotes';

my ($h) = sql2c('h', 'team_find.sql', $statement);
like $h, qr{^extern const struct statement sql_team_find;$}m,
	'the header declares it';

for my $case (
	['empty.sql', "-- nothing\n", qr{no statement}],
	['9team.sql', "SELECT 1;\n", qr{no C identifier}],
) {
	my ($file, $sql, $reason) = @$case;
	my ($out, $status) = sql2c('c', $file, $sql);
	like $out, $reason, "$file is refused with the reason";
	isnt $status, 0, "$file fails the build";
}

done_testing;
