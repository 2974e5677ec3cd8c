#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Descriptor sets that are made to hurt: each is answered by a 4xx that says what
# is wrong, by the same process as before. What each cost is told, not judged.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Compress::Gzip qw(gzip);
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of shop);
use POSIX ();
use Test::More;

my $mdash = Mdash->new(settings => {descriptor_bytes => '9MB'}, workers => 1);
my $ci = $mdash->token(scopes => ['ingest:write', 'catalog:read']);
my $set = descriptor_set(shop());
my $tick = 1000 / POSIX::sysconf(POSIX::_SC_CLK_TCK());

# --- the handler ---------------------------------------------------------------

sub status_of ($pid) {
	open my $file, '<', "/proc/$pid/status" or return;
	return {map { /^(\w+):\s+(\S+)/ ? ($1, $2) : () } <$file>};
}

# The one handler below multiwatch.
sub handler () {
	my $watcher = $mdash->process('ingest')->pid;
	my %all = map { m{(\d+)$} ? ($1 => scalar status_of($1)) : () } glob '/proc/[0-9]*';
	for my $pid (grep { ($all{$_}{Name} // '') =~ /^mdash-ingest/ } keys %all) {
		my $above = $pid;
		$above = $all{$above}{PPid} // 0 while $above && $above != $watcher;
		return $pid if $above;
	}
	die "no mdash-ingest below $watcher";
}

sub cpu_ms ($pid) {
	open my $file, '<', "/proc/$pid/stat" or die "$pid: $!";
	my @field = split / /, <$file> =~ s/^.*\) //r;
	return $tick * ($field[11] + $field[12]);
}

sub reset_peak ($pid) {
	open my $file, '>', "/proc/$pid/clear_refs" or die "$pid: $!";
	print $file '5';
	return;
}

# --- the sets ------------------------------------------------------------------

sub varint ($number) {
	my $bytes = '';
	for (; $number > 127; $number >>= 7) { $bytes .= chr($number & 127 | 128) }
	return $bytes . chr $number;
}

sub field ($number, $bytes) {
	return varint($number << 3 | 2) . varint(length $bytes) . $bytes;
}

sub file (@parts) { return field(1, join '', field(1, 'x.proto'), @parts) }

# Half of a part, in wholes as long as they say.
sub half ($bytes) { return substr $bytes, 0, length($bytes) / 2 }

sub packed ($bytes) { gzip(\$bytes => \my $gzip) or die 'gzip'; return $gzip }

my $deep = '';
$deep = field(3, $deep) for 1 .. 8700;
my ($begin, $end) = (varint(1000 << 3 | 3), varint(1000 << 3 | 4));
my $name = field(1, 'name');
my $endless = "\xff" x 9 . "\1";
srand 1;
my $noise = unpack 'H*', pack 'L*', map { int rand 2**32 } 1 .. 1_500_000; # packs by half

# Name, bytes, status and code of the first fault; "gzip" when it is packed.
my @hostile = (
	['messages in messages, 8,700 deep', file(field(4, $deep)), '422 too-deep'],
	['groups in groups, 10,000 deep', file($begin x 10_000, $end x 10_000), '422 malformed'],
	['groups that never end', file($begin x 10_000), '422 malformed'],
	['the end of a group that never began', file($end), '422 malformed'],
	['8 MB of empty files', "\n\0" x (4 << 20), '400 too-many'],
	['50,001 files', join('', map { field(1, field(1, "$_.proto")) } 0 .. 50_000),
		'400 too-many'],
	['8 MB of empty messages', file(field(4, '') x (4 << 20)), '422 too-many'],
	['8 MB of empty fields', file(field(4, $name . field(2, '') x (4 << 20))), '422 too-many'],
	['8 MB of empty places', file(field(9, field(1, '') x (4 << 20))), '422 too-many'],
	(map { my ($what, $number) = @$_;
		["NUL in the name of $what", file(field($number, field(1, "A\0B"))), '422 encoding'],
		["no UTF-8 in the name of $what", file(field($number, field(1, "A\xff"))),
			'422 encoding'] }
		['a message', 4], ['an enum', 5], ['a service', 6], ['an extension', 7]),
	['NUL in the path of a file', field(1, field(1, "a\0.proto")), '422 encoding'],
	['a set that is cut off', half($set), '400 malformed'],
	['a file that is cut off', field(1, half(field(1, 'x.proto'))), '422 malformed'],
	(map { my ($what, $number) = @$_;
		["$what that is cut off", file(field($number, half($name))), '422 malformed'] }
		['a message', 4], ['an enum', 5], ['a service', 6], ['an extension', 7],
		['options', 8], ['places', 9]),
	['a field that is cut off', file(field(4, $name . field(2, half($name)))), '422 malformed'],
	['a value that is cut off', file(field(5, $name . field(2, half($name)))), '422 malformed'],
	['an RPC that is cut off', file(field(6, $name . field(2, half($name)))), '422 malformed'],
	['a file longer than the set', "\n" . varint(1 << 31), '400 malformed'],
	['a file as long as can be said', "\n$endless", '400 malformed'],
	['a message longer than its file', file("\x22" . varint(1 << 31)), '422 malformed'],
	['a message as long as can be said', file("\x22$endless"), '422 malformed'],
	['a number of eleven bytes', file("\x20" . "\x80" x 10 . "\1"), '422 malformed'],
	['8 MB of NUL in 8 kB', packed("\0" x (8 << 20)), '413 gzip', 'gzip'],
	['a set past the limit', "\n\0" x (5 << 20), '413 too-large'],
	['a packed set past the limit', packed($noise), '413 too-large', 'gzip'],
);

# --- what becomes of them --------------------------------------------------------

is publish_set_of($ci, 'good', $set)->{status}, 200, 'a good set is taken';
my $pid = handler();
my @table;
for my $case (@hostile) {
	my ($what, $bytes, $expected, $coding) = @$case;
	reset_peak($pid);
	my $before = cpu_ms($pid);
	my $answer = $ci->put('/api/v1/ingest/descriptor-sets/hostile', $bytes,
		'content-type' => 'application/x-protobuf',
		$coding ? ('content-encoding' => $coding) : ());
	push @table, sprintf '%-40s %9d  %s %7.0f %9d', $what, length $bytes,
		$answer->{status}, cpu_ms($pid) - $before, status_of($pid)->{VmHWM};
	my $fault = $answer->{json}{errors}[0] // {};
	is join(' ', $answer->{status}, $fault->{code} // ''), $expected, $what
		or diag substr $answer->{content}, 0, 500;
	ok length($fault->{detail} // '') > 10, '  with a sentence';
}
# Comments of old files are in practice what their authors' editors wrote.
my $latin = file(field(4, $name), field(9, field(1, field(1, "\4\0") . field(3, "caf\xe9"))));
is publish_set_of($ci, 'latin', $latin)->{status}, 200, 'a comment that is no UTF-8 is taken';
like $ci->get('/api/v1/apis/latin/symbols/name')->{content}, qr{caf\xc3\xa9},
	'and read as ISO 8859-1';
is handler(), $pid, 'the process is still the same';
is $mdash->value(q{SELECT string_agg(name, ' ' ORDER BY name)
	FROM proto_repository}), 'good latin',
	'nothing of them is kept in the catalogue';
is publish_set_of($ci, 'good', $set)->{json}{result}, 'unchanged', 'good sets go on being taken';
diag sprintf "\n%-40s %9s %4s %7s %9s", 'set', 'bytes', '', 'CPU ms', 'peak kB';
diag $_ for @table;

done_testing;
