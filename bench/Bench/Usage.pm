# SPDX-License-Identifier: Apache-2.0
package Bench::Usage;

# Processor time and memory of programs and of all that they started, from
# /proc (proc(5)).
use v5.36;
use Exporter 'import';
use List::Util qw(sum0);
use POSIX ();

our @EXPORT_OK = qw(family cpu_us peak_kb pss_kb reset_peak);

# A process, its children, theirs, and so on.
sub family (@pids) {
	my %children;
	for my $stat (glob '/proc/[0-9]*/stat') {
		open my $file, '<', $stat or next;
		my ($pid, $parent) = (<$file> // '') =~ /^(\d+) \(.*\) \S (\d+)/ or next;
		push $children{$parent}->@*, $pid;
	}
	my @all = @pids;
	for (my $i = 0; $i < @all; $i++) {
		push @all, ($children{$all[$i]} // [])->@*;
	}
	return @all;
}

# User and system time, children that ended included; ticks are 10 ms.
sub cpu_us (@pids) {
	my $ticks = POSIX::sysconf(POSIX::_SC_CLK_TCK());
	return sum0 map {
		open my $file, '<', "/proc/$_/stat" or next;
		my @field = split ' ', (<$file> // next) =~ s/^.*\) //r;
		sum0(@field[11 .. 14]) * 1e6 / $ticks;
	} @pids;
}

# Memory with what is shared divided by how many share it.
sub pss_kb (@pids) {
	return sum0 map {
		open my $file, '<', "/proc/$_/smaps_rollup" or next;
		local $/;
		(<$file> // '') =~ /^Pss:\s+(\d+) kB/m ? $1 : 0;
	} @pids;
}

# The most memory that a process had since the last reset (VmHWM).
sub peak_kb ($pid) {
	open my $file, '<', "/proc/$pid/status" or return 0;
	local $/;
	return (<$file> // '') =~ /^VmHWM:\s+(\d+) kB/m ? $1 : 0;
}

sub reset_peak (@pids) {
	for my $pid (@pids) {
		open my $file, '>', "/proc/$pid/clear_refs" or next;
		print $file '5';
		close $file;
	}
	return;
}

1;
