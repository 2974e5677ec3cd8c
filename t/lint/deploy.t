#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The systemd units stay as closed as they are, and the scripts that bring
# everything up parse.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Files qw(read_source source_dir source_files);
use Test::More;

my @everywhere = qw(NoNewPrivileges=yes LockPersonality=yes
	MemoryDenyWriteExecute=yes PrivateDevices=yes PrivateTmp=yes
	ProtectHome=yes ProtectProc=invisible ProtectSystem=strict
	RestrictNamespaces=yes RestrictSUIDSGID=yes
	SystemCallFilter=@system-service SystemCallFilter=~@privileged);
my @no_network = ('DynamicUser=yes', 'PrivateNetwork=yes', 'IPAddressDeny=any',
	'RestrictAddressFamilies=AF_UNIX', 'CapabilityBoundingSet=');
# It alone connects to anything outside.
my @network = ('DynamicUser=yes', 'IPAddressDeny=link-local multicast',
	'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK', 'CapabilityBoundingSet=',
	# A report that takes too much memory ends its reader alone.
	'OOMPolicy=continue');

for my $unit (source_files(qr{^deploy/systemd/.*\.service\.in$})) {
	my %line = map { $_ => 1 } split /\n/, read_source($unit);
	my @wanted = (@everywhere, $unit =~ /nginx/ ? ()
		: $unit =~ /worker/ ? @network : @no_network);
	my @missing = grep { my $start = $_; !grep { /^\Q$start\E(?: |$)/ } keys %line }
		@wanted;
	is "@missing", '', "$unit keeps its hardening";
	like read_source($unit), qr{^(?:MemoryMax)=\d+[MG]$}m, "$unit has a limit";
}

# What reads a report has its own limit, which must be the one that counts.
my ($report) = read_source('lib/wire/limits.h') =~ /LIMIT_REPORT_MEMORY = (\d+) << 20/;
my ($worker) = read_source('deploy/systemd/mdash-worker.service.in') =~ /^MemoryMax=(\d+)M$/m;
cmp_ok $worker, '>=', $report + 128, 'the worker has room beside a reader of reports';
# A delivery at a time has a thread for its name, and each tenth of a minute another.
my ($at_once) = read_source('workers/worker/deliver.c') =~ /AT_ONCE =\s+(\d+)/;
my ($tasks) = read_source('deploy/systemd/mdash-worker.service.in') =~ /^TasksMax=(\d+)$/m;
cmp_ok $tasks, '>=', 6 * $at_once + 16, '  and for all names that may be looked up';

my $dir = source_dir();
for my $script ('dev', source_files(qr{^build-aux/dev/.*\.sh$})) {
	is qx(bash -n '$dir/$script' 2>&1), '', "$script parses";
}
is_deeply [grep { !/^(?:\#.*|(?:build|run|page|test|bench|fuzz)\s+[a-z0-9.+-]+)?$/ }
	split /\n/, read_source('build-aux/packages')], [],
	'each line of build-aux/packages is a group and a package';

done_testing;
