#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# lib/breaking finds what buf finds: the same rules, in the same files, lines and
# columns, in the same categories, for each family in t/unit/breaking_pairs.
#
# buf is no dependency: npm install --no-save @bufbuild/buf in web/, or set
# MDASH_BUF to the program. Without it the expectations that the unit test has
# were still compared with buf when they were written.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use File::Basename qw(basename);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json encode_json);
use Mdash::Check qw(program);
use Mdash::Files qw(source_dir);
use Test::More;

my $source = source_dir();
my ($buf) = grep { defined && -x } $ENV{MDASH_BUF}, "$source/web/node_modules/.bin/buf";
plan skip_all => 'buf is not installed (npm: @bufbuild/buf; or MDASH_BUF)' unless $buf;
plan skip_all => 'protoc is not installed' unless program('protoc');
my $ours = "$ENV{MDASH_BUILD}/t/oracle/breaking";
my $dir = tempdir(CLEANUP => 1);
local $ENV{HOME} = $dir; # buf keeps a cache there

# Runs a program in a folder; its output, line by line.
sub lines_of ($folder, @command) {
	my $pid = open my $out, '-|';
	die "fork: $!" unless defined $pid;
	if ($pid == 0) {
		chdir $folder or die "$folder: $!";
		exec { $command[0] } @command or die "$command[0]: $!";
	}
	chomp(my @lines = <$out>);
	close $out; # buf ends with 100 when it has found something
	return @lines;
}

# protoc of Debian 12 knows no editions.
sub compile ($family, $side) {
	my $from = "$source/t/unit/breaking_pairs/$family/$side";
	my $set = "$dir/$family-$side.binpb";
	my @files = map { basename($_) } glob "$from/*.proto";
	lines_of($from, $family eq 'editions'
		? ($buf, 'build', '-o', $set)
		: ('protoc', '-I.', '--include_source_info', '--include_imports', '-o', $set, @files));
	-s $set or die "$family/$side was not compiled\n";
	return $set;
}

# In order of their bits in breaking.h.
my @categories = qw(FILE PACKAGE WIRE_JSON WIRE);
my %categories_of; # rule => mask
for my $line (lines_of($dir, $buf, qw(config ls-breaking-rules --version v2 --format json))) {
	my $rule = decode_json($line);
	for my $bit (0 .. $#categories) {
		$categories_of{$rule->{id}} |= 1 << $bit
			if grep { $_ eq $categories[$bit] } $rule->{categories}->@*;
	}
}
cmp_ok scalar(keys %categories_of), '>=', 64, 'buf lists its rules';

# A file as a whole is line 1 to buf, and a file that is gone has no path.
sub key ($rule, $path, $line, $column, $categories) {
	return join ' ', $rule, $path // '-', $line || 1, $column || 1, $categories // 'unknown';
}

sub of_buf ($before, $after) {
	my $config = encode_json({version => 'v2', breaking => {use => \@categories}});
	my %found;
	for my $line (lines_of($dir, $buf, 'breaking', $after, '--against', $before,
			'--error-format=json', "--config=$config")) {
		my $one = decode_json($line);
		$found{key($one->@{qw(type path start_line start_column)},
			$categories_of{$one->{type}})} = 1;
	}
	return [sort keys %found];
}

sub of_ours ($before, $after) {
	my %found;
	for my $line (lines_of($dir, $ours, $before, $after)) {
		my $one = decode_json($line);
		next if $one->{categories} == 16; # ours alone
		$found{key($one->{rule}, $one->{gone} ? undef : $one->{path},
			$one->@{qw(line column categories)})} = 1;
	}
	return [sort keys %found];
}

my %seen;
for my $family (map { basename($_) } glob "$source/t/unit/breaking_pairs/*") {
	my @sets = map { compile($family, $_) } qw(before after);
	my $found = of_buf(@sets);
	is_deeply of_ours(@sets), $found, "$family: the findings are buf's";
	$seen{(split / /)[0]} = 1 for @$found;
}

my @never = sort grep { !$seen{$_} } keys %categories_of;
is "@never", '', 'each rule of buf is met in some family';

done_testing;
