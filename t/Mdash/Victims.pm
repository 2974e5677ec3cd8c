# SPDX-License-Identifier: Apache-2.0
package Mdash::Victims;

# The processes of a running mdash that fault tests stop, kill and count: those
# that this test file started, never any other.
use v5.36;
use Exporter 'import';

our @EXPORT_OK = qw(descendants victims);

# [pid, parent, command line] of every process of the machine.
sub _processes {
	my @found;
	for my $dir (glob '/proc/[0-9]*') {
		open my $stat, '<', "$dir/stat" or next;
		my $line = <$stat> // next;
		my ($pid) = $line =~ /^(\d+)/;
		my ($state, $parent) = $line =~ /.*\) (\S) (\d+)/ or next;
		next if $state eq 'Z';
		open my $command, '<', "$dir/cmdline" or next;
		local $/;
		push @found, [$pid, $parent, (<$command> // '') =~ tr/\0/ /r];
	}
	return @found;
}

# What runs below a process: [pid, command line].
sub descendants ($root) {
	my @all = _processes();
	my %below = ($root => 1);
	my @found;
	for (my $more = 1; $more;) {
		$more = 0;
		for my $process (@all) {
			my ($pid, $parent, $command) = @$process;
			next if $below{$pid} || !$below{$parent};
			$below{$pid} = $more = 1;
			push @found, [$pid, $command];
		}
	}
	return @found;
}

# victims($mdash, 'ingest') - process ids of one kind: a handler or the worker
# (not their supervisor), 'nginx' (its workers), 'postgres' (connections).
sub victims ($mdash, $kind) {
	if ($kind eq 'postgres') {
		return map { $_->[0] }
			grep { $_->[1] =~ /^postgres: mdash_\w+ / }
			descendants($mdash->cluster->pid);
	}
	my $process = $mdash->process($kind) or return;
	my $name = $kind eq 'nginx'
		? qr{^nginx: worker} : qr{^\S*/mdash-$kind(?: |$)};
	return map { $_->[0] } grep { $_->[1] =~ $name }
		descendants($process->pid);
}

1;
