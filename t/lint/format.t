#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Every C file is as clang-format 14 writes it (`make format` does it).
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash::Check qw(program skip_or_fail);
use Mdash::Files qw(source_dir source_files);

my $format = program('clang-format-14')
	or skip_or_fail('clang-format-14 is not installed');

my $dir = source_dir();
my @files = source_files(qr{\.[ch]$});
chdir $dir or die "$dir: $!";
my $report = @files ? qx($format --dry-run @files 2>&1) : '';
my %wrong = map { $_ => 1 } $report =~ m{^([^\s:]+):\d+:\d+: warning: code sh}mg;
is join("\n", sort keys %wrong), '', scalar(@files) . ' files are formatted';

done_testing;
