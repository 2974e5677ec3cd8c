#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Rules on files that a machine can check: licence line, length of files and
# functions, white space, words of unfinished work, and that the build knows
# each C file.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash::Files qw(source_files read_source);

use constant {
	FILE_AIM => 400,
	FILE_MAX => 600,
	FUNCTION_AIM => 50,
	FUNCTION_MAX => 70,
};

my $ours = qr{^(lib|handlers|workers|tools|sql|nginx|web|t|fuzz|bench|demo
	|deploy|build-aux|m4)/|^[^/]+$}x;
my $code = qr{\.(?:[ch]|sql|tsx?|mjs|css|p[lm]|t|awk|sh|m4)$};
my @code = grep { /$ours/ } source_files($code);
my @scripts = grep { !/\.\w+$/ && read_source($_) =~ /^#!/ } source_files($ours);
my @c = source_files(qr{^(lib|handlers|workers|tools|t|fuzz|bench)/.*\.[ch]$});

sub lines_of ($file) { return split /\n/, read_source($file), -1 }

sub none ($name, @breaches) {
	is join("\n", @breaches), '', $name;
	return;
}

none('every source file names its licence in its first five lines',
	grep { join("\n", grep { defined } (lines_of($_))[0 .. 4]) !~
		/SPDX-License-Identifier: Apache-2\.0/ } @code, @scripts);

my %length = map { $_ => scalar(lines_of($_)) - 1 } grep { !/generated/ } @code;
none('no file is longer than ' . FILE_MAX . ' lines',
	map { "$_: $length{$_} lines" }
	grep { $length{$_} > FILE_MAX } sort keys %length);
note "$_: $length{$_} lines, look for a second idea"
	for grep { $length{$_} > FILE_AIM } sort keys %length;

# [file, line, name, lines] of each function: its name is at the start of a
# line, its braces are the first on theirs.
sub functions ($file) {
	my ($name, $start, $number, @found) = ('', 0, 0);
	for my $line (lines_of($file)) {
		$number++;
		($name, $start) = ($1, $number) if $line =~ /^(\w+)\(/;
		$start = $number if $line eq '{';
		next if $line ne '}' || !$name;
		push @found, [$file, $start, $name, $number - $start - 1];
		$name = '';
	}
	return @found;
}

my @functions = map { functions($_) } grep { /\.c$/ } @c;
none('no function is longer than ' . FUNCTION_MAX . ' lines',
	map { "$_->[0]:$_->[1]: $_->[2] has $_->[3]" }
	grep { $_->[3] > FUNCTION_MAX } @functions);
note "$_->[0]:$_->[1]: $_->[2] has $_->[3] lines, look for a second idea"
	for grep { $_->[3] > FUNCTION_AIM } @functions;

none('no white space at the end of a line',
	map { my $file = $_; my $n = 0;
		map { $n++; /[ \t]$/ ? "$file:$n" : () } lines_of($file) }
		@code, @scripts);

# Spelled so that this file does not find itself.
my $unfinished = qr{\b(?:FIX[M]E|X{3}|HAC[K]|TODO(?!\b.*\#\d))\b};
none('no word of unfinished work',
	map { my $file = $_; my $n = 0;
		map { $n++; m{(/\*|//|--|\#).*$unfinished} ? "$file:$n" : () } lines_of($file) }
		grep { m{^(lib|handlers|workers|tools|sql)/} } @code);

my %listed;
for my $fragment (source_files(qr{/Makefile\.inc$})) {
	my ($dir) = $fragment =~ m{^(.*)/};
	my $text = read_source($fragment);
	$listed{"$dir/$1"} = 1 while $text =~ m{%D%/([\w./-]+)}g;
}
none('each C file stands in a Makefile.inc', grep { !$listed{$_} } @c);

my %demo = map { m{^demo/([^/]+)/} ? ($1 => 1) : () } source_files(qr{^demo/[^/]+/});
my $installed = read_source('build-aux/Makefile.inc');
none('each folder of the demo is installed', grep { $installed !~ /\b\Q$_\E(?=[\/,\s])/ } sort keys %demo);

my @perl_tests = source_files(qr{^t/.*\.t$});
none('each test names its interpreter',
	grep { (lines_of($_))[0] !~ m{^#!/usr/bin/env (perl|node)$} } @perl_tests);

done_testing;
