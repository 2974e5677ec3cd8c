# SPDX-License-Identifier: Apache-2.0
package Mdash::Process;

# Programs that run beside a test. Each is the leader of its own process group
# and is recorded in `<place>/pids/`, so that nothing outlives the suite, even
# when a test file is killed.
use v5.36;
use Exporter 'import';
use File::Path qw(make_path);
use POSIX qw(:sys_wait_h setsid);
use Time::HiRes qw(sleep time);

our @EXPORT_OK = qw(started_at wait_until);

# When a process started, in clock ticks since boot; '' when there is none.
# With the number it names a process for good, since numbers are used again.
sub started_at ($pid) {
	open my $file, '<', "/proc/$pid/stat" or return '';
	my @field = split ' ', (<$file> // return '') =~ s/^.*\) //r;
	return $field[0] eq 'Z' ? '' : $field[19];
}

# Calls $check until it answers true, for at most $seconds.
sub wait_until ($seconds, $check) {
	my $end = time + $seconds;
	my $pause = 0.005;
	until (my $result = $check->()) {
		return 0 if time > $end;
		sleep($pause);
		$pause *= 1.5 if $pause < 0.1;
	}
	return 1;
}

# new($place, command => [...], log => FILE, env => {}, signal => 'TERM')
# `signal` is what asks this program to end.
sub new ($class, $place, %start) {
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		setsid();
		open STDIN, '<', '/dev/null';
		open STDOUT, '>>', $start{log} or POSIX::_exit(126);
		open STDERR, '>&', \*STDOUT;
		chdir $place->dir;
		%ENV = (%ENV, ($start{env} // {})->%*);
		{ exec {$start{command}[0]} $start{command}->@* };
		print "cannot run $start{command}[0]: $!\n";
		POSIX::_exit(127);
	}
	my $self = bless {signal => 'TERM', %start, pid => $pid, parent => $$},
		$class;
	make_path($place->dir . '/pids');
	$self->{record} = $place->write("pids/$pid",
		started_at($pid) . " $self->{signal}\n");
	return $self;
}

sub pid ($self) { return $self->{pid} }

sub running ($self) {
	return $self->{pid} && waitpid($self->{pid}, WNOHANG) == 0;
}

sub signal ($self, $signal) { return kill $signal, $self->{pid} }

# Asks the program to end; kills its whole group when it has not in time.
sub stop ($self, $seconds = 5) {
	return if !$self->{pid} || $self->{parent} != $$;
	local ($?, $!);
	kill $self->{signal}, $self->{pid};
	my $ended = wait_until($seconds, sub { !$self->running });
	kill 'KILL', -$self->{pid};
	waitpid($self->{pid}, 0) if !$ended;
	unlink $self->{record};
	$self->{pid} = 0;
	return $ended;
}

# Ends what is still recorded in a place whose test files are gone.
sub stop_recorded ($dir) {
	for my $record (glob "$dir/pids/*") {
		my ($pid) = $record =~ m{(\d+)$};
		open my $file, '<', $record or next;
		my ($start, $signal) = split ' ', <$file> // '';
		my $same = sub { started_at($pid) eq ($start // 'none') };
		if ($same->()) {
			kill $signal, $pid;
			wait_until(5, sub { waitpid($pid, WNOHANG); !$same->() });
		}
		# The leader may be gone while others of its group are not.
		kill 'KILL', -$pid if started_at($pid) eq '' || $same->();
		unlink $record;
	}
	return;
}

1;
