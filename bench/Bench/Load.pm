# SPDX-License-Identifier: Apache-2.0
package Bench::Load;

# Load by wrk, and the comparison of two ways in one run: A B A B, the median of
# the paired ratios, so that whatever else the machine does hits both.
use v5.36;
use Exporter 'import';
use FindBin qw($Bin);
use Time::HiRes qw(time);
use Bench::Usage qw(cpu_us family);

our @EXPORT_OK = qw(load paired per_client median get timed p99);

sub median (@values) {
	my @sorted = sort { $a <=> $b } @values;
	return $sorted[$#sorted / 2];
}

# The 99th of a hundred, in milliseconds.
sub p99 (@seconds) {
	my @sorted = sort { $a <=> $b } @seconds;
	return sprintf '%.1f ms', 1000 * $sorted[int(0.99 * $#sorted)];
}

# Without decoding it, which takes Perl longer than the server.
sub get ($client, $path) {
	my $answer = $client->{http}->get("$client->{origin}$path",
		{headers => {$client->identity_headers}});
	die "$path: $answer->{status}" if $answer->{status} != 200;
	return $answer->{content};
}

sub timed ($client, @paths) {
	return map { my $begin = time; get($client, $_); time - $begin } @paths;
}

sub _wrk (%with) {
	local $ENV{MDASH_PATHS} = join ' ', ($with{paths} // [])->@*;
	my @command = ('wrk', '-t', $with{threads} // 1, '-c', $with{clients} // 32,
		'-d', ($with{seconds} // 2) . 's', '--timeout', '10s',
		(map { ('-H', $_) } ($with{headers} // [])->@*),
		$with{script} ? ('-s', $with{script}) : (), $with{url});
	open my $wrk, '-|', @command or die "wrk: $!\n";
	my $text = do { local $/; <$wrk> };
	close $wrk or die "wrk failed: $text\n";
	return $text;
}

# Requests a second, and CPU microseconds a request of what is loaded (without
# wrk): {url, headers, paths, pids}.
sub load (%with) {
	my $before = cpu_us(family($with{pids}->@*));
	my $text = _wrk(%with, $with{paths} ? (script => "$Bin/clients.lua") : ());
	my $used = cpu_us(family($with{pids}->@*)) - $before;
	my ($rate) = $text =~ /^Requests\/sec:\s+([\d.]+)/m;
	my ($count) = $text =~ /^\s*(\d+) requests in/m;
	die "nothing was answered:\n$text" if !$count;
	die "not all were answered well:\n$text"
		if $text =~ /Non-2xx|Socket errors/ || $text =~ /refused [1-9]/;
	return {rate => $rate, cpu => $used / $count};
}

# Two loads in turn; {rate, cpu: median of ours / theirs, ours, theirs: rates}.
sub paired ($ours, $theirs, $rounds) {
	my (%ratio, %rate);
	for (1 .. $rounds) {
		my ($a, $b) = (load(%$ours), load(%$theirs));
		push $ratio{$_}->@*, $a->{$_} / $b->{$_} for qw(rate cpu);
		push $rate{ours}->@*, $a->{rate};
		push $rate{theirs}->@*, $b->{rate};
	}
	return {
		(map { $_ => median($ratio{$_}->@*) } qw(rate cpu)),
		(map { $_ => median($rate{$_}->@*) } qw(ours theirs)),
	};
}

# How evenly clients were served: {clients, silent, min, median, refused, errors}
sub per_client (%with) {
	my $text = _wrk(%with, threads => $with{clients},
		script => "$Bin/clients.lua");
	my ($line) = $text =~ /^(clients .*)$/m or die "no figures:\n$text";
	return {split ' ', $line};
}

1;
