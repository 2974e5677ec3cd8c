#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What a body may be: types, codings, sizes, hostile texts; each limit at the
# limit and one past it.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Digest::MD5 qw(md5_hex);
use HTTP::Tiny;
use IO::Socket::INET;
use List::Util qw(max);
use Test::More;
use Mdash;
use Mdash::Publish qw(gzip marks moved publish publish_set result spec);

use constant {KIB => 1024, MIB => 1024 * 1024};

my $mdash = Mdash->new(areas => [qw(auth ingest)], workers => 1);
my $ci = $mdash->token(scopes => ['ingest:write']);

# The process id of the one handler process: multiwatch's child.
sub handler_pid {
	my $watcher = $mdash->process('ingest')->pid;
	my %parent;
	my @handlers;
	for my $file (glob '/proc/[0-9]*/status') {
		open my $status, '<', $file or next;
		my %field = map { /^(\w+):\s+(\S+)/ ? ($1, $2) : () } <$status>;
		next if !defined $field{Pid};
		$parent{$field{Pid}} = $field{PPid};
		push @handlers, $field{Pid} if $field{Name} =~ /^mdash-ingest/;
	}
	for my $pid (@handlers) {
		my $above = $pid;
		$above = $parent{$above} // 0 while $above && $above != $watcher;
		return $pid if $above;
	}
	die "no mdash-ingest below $watcher";
}

# The most memory that the handler held at a time since reset_peak(), in KiB.
sub peak {
	open my $status, '<', '/proc/' . handler_pid() . '/status' or die $!;
	my ($peak) = map { /^VmHWM:\s+(\d+)/ } <$status>;
	return $peak;
}

sub reset_peak {
	open my $file, '>', '/proc/' . handler_pid() . '/clear_refs' or die $!;
	print $file '5';
	close $file;
	return peak();
}

# A sanitizer keeps freed memory for a while, to see who uses it.
sub sanitized {
	open my $maps, '<', '/proc/' . handler_pid() . '/maps' or die $!;
	return scalar grep { /lib[at]san/ } <$maps>;
}

is result(publish($ci, 'plain', spec('plain'))), '200 created plain 1',
	'a plain spec is taken';

# --- media types -------------------------------------------------------------

for my $case (
	['application/yaml', 200], ['application/x-yaml', 200],
	['text/yaml', 200], ['Application/YAML', 200],
	['application/yaml; charset=utf-8', 200],
	['application/yaml;charset="UTF-8"', 200], ['application/yaml;', 200],
	['application/yaml; charset=latin1', 415],
	['application/yaml; charset=utf-8; x=1', 415],
	['application/yaml; charset=utf-8x', 415],
	['text/plain', 415], ['application/x-www-form-urlencoded', 415],
	['', 415], ['application/yamlx', 415], ['multipart/form-data; boundary=x', 415],
) {
	my ($type, $status) = @$case;
	is publish($ci, 'plain', spec('plain'),
		headers => {'content-type' => $type})->{status}, $status,
		"Content-Type '$type': $status";
}
is result(publish($ci, 'plain', '{"serviceID": "plain"',
	headers => {'content-type' => 'application/json'})), '400',
	'JSON is read as JSON';

for my $case (
	['', spec('plain'), 200],
	['identity', spec('plain'), 200], ['Identity', spec('plain'), 200], ['gzip', gzip(spec('plain')), 200],
	['x-gzip', gzip(spec('plain')), 200], ['GZIP', gzip(spec('plain')), 200],
	['br', spec('plain'), 415], ['deflate', spec('plain'), 415],
	['gzip, gzip', gzip(gzip(spec('plain'))), 415],
	['gzip', gzip(gzip(spec('plain'))), 415],
	['gzip', spec('plain'), 400], ['gzip', '', 400],
	['gzip', substr(gzip(spec('plain')), 0, -1), 400],
	['gzip', gzip(spec('plain')) . 'x', 400],
	['gzip', gzip(spec('plain')) . gzip("---\n"), 400],
) {
	my ($coding, $body, $status) = @$case;
	my $answer = publish($ci, 'plain', $body,
		headers => {'content-encoding' => $coding});
	is $answer->{status}, $status,
		"Content-Encoding $coding, " . length($body) . " bytes: $status";
	is $answer->{headers}{'accept-encoding'}, 'gzip, identity',
		'  and it says what is taken'
		if $coding =~ /br|deflate|,/;
}
my $damaged = gzip(spec('plain'));
substr($damaged, -6, 1) = chr(ord(substr $damaged, -6, 1) ^ 1);
is publish($ci, 'plain', $damaged, headers => {'content-encoding' => 'gzip'})
	->{status}, 400, 'a gzip with a wrong checksum is refused';

# --- bombs ------------------------------------------------------------------

my $bombs = marks($mdash);
my $before_bombs = reset_peak();
for my $case (
	['one spec', \&publish, 'plain', 3 * MIB],
	['a set', \&publish_set, 'limits', 60 * MIB],
) {
	my ($name, $send, $to, $size) = @$case;
	my $bomb = gzip("\n" x $size);
	my $answer = $send->($ci, $to, $bomb,
		headers => {'content-encoding' => 'gzip'});
	is $answer->{status}, 413,
		"$name that unpacks to more than 200 times its size: 413";
}
is publish($ci, 'plain', gzip("\0" x (64 * MIB)),
	headers => {'content-encoding' => 'gzip'})->{status}, 413,
	'a gzip of 64 MiB of NUL: 413';
cmp_ok peak() - $before_bombs, '<', 16 * KIB, 'gzip bombs take little memory'
	if !sanitized();
is moved($bombs, marks($mdash)), '', 'gzip bombs write nothing';

# --- faults, all at once ---------------------------------------------------------

my $faulty = <<'YAML';
# line 1
serviceID: plain
description: fine
tier: 7
lifecycle: asleep
tags: [ok, 3]
contact:
  email: nobody
links:
  - title: no url
YAML
my $answer = publish($ci, 'plain', $faulty);
is $answer->{status}, 422, 'an invalid spec: 422';
is_deeply [map { [@$_{qw(pointer line)}] } $answer->{json}{errors}->@*],
	[['#/tier', 4], ['#/lifecycle', 5], ['#/tags/1', 6],
		['#/contact/email', 8], ['#/links/0/url', 10]],
	'all faults with pointer and line' or diag $answer->{content};
ok !(grep { !$_->{column} || !length $_->{detail} }
	$answer->{json}{errors}->@*), 'with column and sentence too';

my $many = publish($ci, 'plain', "serviceID: plain\ndependsOn: ["
	. join(', ', map { "UPPER-$_" } 1 .. 150) . "]\n");
is scalar $many->{json}{errors}->@*, 100, 'at most 100 faults are listed';
is $many->{json}{moreErrors}, 50, 'and the others counted';

# --- hostile texts -----------------------------------------------------------------

sub yaml_levels ($levels) {    # the map itself is one
	return "serviceID: plain\nx: " . '[' x ($levels - 1)
		. ']' x ($levels - 1) . "\n";
}

sub json_levels ($levels) {
	return '{"serviceID": "plain", "x": ' . '[' x ($levels - 1)
		. ']' x ($levels - 1) . '}';
}

my $laughs = "a0: &a0 [" . join(',', ('x') x 9) . "]\n" . join('',
	map { my $b = $_ - 1; "a$_: &a$_ [" . join(',', ("*a$b") x 9) . "]\n" }
	1 .. 8);
my @yaml = (
	['nested 64 levels', yaml_levels(64), 200],
	['nested 65 levels', yaml_levels(65), 422],
	['100,000 opening brackets', '[' x 100_000, 422],
	['100,000 nested dashes', '- ' x 100_000, 422],
	['200,000 values', "serviceID: plain\nx: [" . ('1,' x 199_996) . "1]\n", 200],
	['a million values', "serviceID: plain\nx: [" . ('1,' x 400_000) . "1]\n", 422],
	['10,000 keys', "serviceID: plain\nx:\n"
		. join('', map { "  k$_: 1\n" } 1 .. 10_000), 200],
	['10,001 keys', "serviceID: plain\nx:\n"
		. join('', map { "  k$_: 1\n" } 1 .. 10_001), 422],
	['a text of 256 KiB', "serviceID: plain\nx: " . 'y' x (256 * KIB) . "\n", 200],
	['a text of one byte more', "serviceID: plain\nx: "
		. 'y' x (256 * KIB + 1) . "\n", 422],
	['a billion laughs', "serviceID: plain\n$laughs", 422],
	['30,000 anchors', "serviceID: plain\nx:\n"
		. join('', map { "  - &a$_ 1\n" } 1 .. 30_000), 200],
	['an alias of itself', "serviceID: plain\nx: &x [*x]\n", 422],
	['an unknown alias', "serviceID: plain\nx: *nobody\n", 422],
	['a merge key', "serviceID: plain\nx: &x {a: 1}\ny:\n  <<: *x\n", 422],
	['a tag', "serviceID: plain\nx: !!python/object:os.system ls\n", 422],
	['a local tag', "serviceID: plain\nx: !ruby y\n", 422],
	['a key given twice', "serviceID: plain\ntier: 1\ntier: 2\n", 422],
	['a key given twice deep inside', "serviceID: plain\nx: {a: {b: 1, b: 2}}\n", 422],
	['a list as a key', "serviceID: plain\n[a]: 1\n", 422],
	['two documents', spec('plain') . "---\n" . spec('plain'), 422],
	['no document', '', 422],
	['only comments', "# nothing\n", 422],
	['a list', "- serviceID: plain\n", 422],
	['a text', 'plain', 422],
	['NUL', "serviceID: plain\nx: a\0b\n", 400],
	['NUL, escaped', qq(serviceID: plain\nx: "a\\0b"\n), 422],
	['invalid UTF-8', "serviceID: plain\nx: \xff\n", 400],
	['overlong UTF-8', "serviceID: plain\nx: \xc0\xaf\n", 400],
	['a surrogate', "serviceID: plain\nx: \xed\xa0\x80\n", 400],
	['UTF-16', "\xff\xfes\0e\0", 400],
	['a control character', "serviceID: plain\nx: a\x07b\n", 400],
	['no YAML', "serviceID: plain\nx: [\n", 400],
	['a tab as indent', "x:\n\t- y\n", 400],
);
my @json = (
	['nested 64 levels', json_levels(64), 200],
	['nested 65 levels', json_levels(65), 422],
	['a million brackets', '[' x 1_000_000, 422],
	['200,000 values', '{"serviceID":"plain","x":[' . ('1,' x 199_996) . '1]}', 200],
	['a million values', '{"serviceID":"plain","x":[' . ('1,' x 400_000) . '1]}', 422],
	['10,000 keys', '{"serviceID":"plain","x":{'
		. join(',', map { qq("k$_":1) } 1 .. 10_000) . '}}', 200],
	['10,001 keys', '{"serviceID":"plain","x":{'
		. join(',', map { qq("k$_":1) } 1 .. 10_001) . '}}', 422],
	['a text of 256 KiB', '{"serviceID":"plain","x":"' . 'y' x (256 * KIB) . '"}', 200],
	['a text of one byte more', '{"serviceID":"plain","x":"'
		. 'y' x (256 * KIB + 1) . '"}', 422],
	['a member given twice', '{"serviceID":"plain","tier":1,"tier":2}', 422],
	['NUL', qq({"serviceID":"plain","x":"a\0b"}), 400],
	['NUL, escaped', '{"serviceID":"plain","x":"a\u0000b"}', 422],
	['a lone surrogate', '{"serviceID":"plain","x":"\ud800"}', 400],
	['invalid UTF-8', qq({"serviceID":"plain","x":"\xff"}), 400],
	['a number too large', '{"serviceID":"plain","x":1e400}', 422],
	['an integer too large', '{"serviceID":"plain","x":' . '9' x 30 . '}', 422],
	['NaN', '{"serviceID":"plain","x":NaN}', 400],
	['text after the end', '{"serviceID":"plain"} x', 400],
	['nothing', '', 400],
	['a list', '[{"serviceID":"plain"}]', 422],
	['a trailing comma', '{"serviceID":"plain",}', 400],
	['no JSON', '{', 400],
);
my $taken = 0;
my $most = 0;
for my $format (['YAML', 'application/yaml', \@yaml],
	['JSON', 'application/json', \@json]) {
	my ($name, $type, $cases) = @$format;
	for my $case (@$cases) {
		my ($what, $text, $status) = @$case;
		# What is taken is a service of its own, for a short answer.
		my $id = $status == 200 ? 'taken-' . ++$taken : 'plain';
		my $before = reset_peak();
		my $got = publish($ci, $id, $text =~ s/plain/$id/r,
			headers => {'content-type' => $type});
		$most = max($most, peak() - $before) if $status != 200;
		is $got->{status}, $status, "$name, $what: $status"
			or diag substr $got->{content}, 0, 400;
		ok scalar @{$got->{json}{errors} // []}, '  with its faults'
			if $status != 200;
	}
}

# Sets: the same reader, with the number of documents on top.
is publish_set($ci, 'limits', '[' x 100_000)->{status}, 422,
	'a set of nothing but brackets is refused';
is publish_set($ci, 'limits', '')->{status}, 422, 'an empty set is refused';
$answer = publish_set($ci, 'limits', [map { spec("bad-$_", tier => 9) } 1 .. 3]);
is_deeply [map { [@$_{qw(pointer line)}] } $answer->{json}{errors}->@*],
	[['#/0/tier', 6], ['#/1/tier', 12], ['#/2/tier', 18]],
	'faults of a set name the document, and the line of the stream'
	or diag $answer->{content};
is publish_set($ci, 'limits', [map { spec('twice') } 1 .. 2])->{status}, 422,
	'an id that is given twice in a set is refused';
is publish_set($ci, 'limits', '[{"serviceID": "json-set"}]',
	headers => {'content-type' => 'application/json'})->{status}, 200,
	'a set may be a JSON array';
note "the hungriest hostile text took $most KiB";
# The longest that is read before it is refused has 200,000 values.
cmp_ok $most, '<', 26 * KIB, 'hostile texts take little memory' if !sanitized();

# --- sizes ---------------------------------------------------------------------

# A text of exactly $size bytes, by comments, so that its content stays small;
# as a set its comments stand between empty documents.
sub padded ($size, $text, $between = '') {
	my $block = $between . ('#' . 'p' x 78 . "\n") x 10_000;
	my $left = $size - length $text;
	$text .= $block x int($left / length $block);
	$left = $size - length $text;
	return $text . ('#' . 'p' x 78 . "\n") x int($left / 80) . '#' x ($left % 80);
}

# The same of characters that gzip packs to some part of 16, within its limits.
sub noisy ($size, $text, $between = '') {
	return substr $text . join('', map {
		($_ % 5000 ? '' : $between) . ('# ' . md5_hex($_) . "\n") x 16
	} 1 .. $size / 560 + 1), 0, $size;
}

for my $case (
	['one spec', MIB, 200, 413, sub ($size) {
		publish($ci, 'plain', padded($size, spec('plain'))) }],
	['one spec, unpacked', 4 * MIB, 200, 413, sub ($size) {
		publish($ci, 'plain', gzip(noisy($size, spec('plain'))),
			headers => {'content-encoding' => 'gzip'}) }],
	['a set, unpacked', 64 * MIB, 200, 413, sub ($size) {
		publish_set($ci, 'limits', gzip(noisy($size, spec('in-set'), "---\n")),
			headers => {'content-encoding' => 'gzip'}) }],
	['a set', 16 * MIB, 200, 413, sub ($size) {
		publish_set($ci, 'limits', padded($size, spec('in-set'), "---\n")) }],
) {
	my ($name, $size, $fits, $past, $send) = @$case;
	is $send->($size)->{status}, $fits, "$name of $size bytes: $fits";
	my $before = marks($mdash);
	my $answer = $send->($size + 1);
	is $answer->{status}, $past, "$name of one byte more: $past";
	is $answer->{headers}{'content-type'}, 'application/problem+json',
		'  as a problem document';
	is moved($before, marks($mdash)), '', '  and nothing is written';
	is publish($ci, 'plain', spec('plain'))->{status}, 200,
		'  and the next publish is taken';
}

note 'the handler held up to ' . peak() . ' KiB';
cmp_ok peak(), '<', (sanitized() ? 1000 : 200) * KIB,
	'the largest of them take no more memory than a process may';

# 20,000 documents fit, one more does not. Whoever may publish none of them is told
# so once they are read; publishing that many would take a minute.
my $stranger = $mdash->token(scopes => ['ingest:write'], services => ['elsewhere-*']);
for my $case ([20_000, 403], [20_001, 422]) {
	my ($count, $status) = @$case;
	my $text = join '', map { "---\n{serviceID: s$_}\n" } 1 .. $count;
	is publish_set($stranger, 'limits', gzip($text),
		headers => {'content-encoding' => 'gzip'})->{status}, $status,
		"a set of $count documents: $status";
}
note 'the handler held up to ' . peak() . ' KiB';
cmp_ok peak(), '<', (sanitized() ? 1000 : 200) * KIB, 'within its memory';

# --- the connection ------------------------------------------------------------------

# A body without a length, in chunks.
my $sent = 0;
my @chunks = map { substr spec('plain'), $_ * 10, 10 }
	0 .. length(spec 'plain') / 10;
my $chunked = HTTP::Tiny->new->request('PUT',
	$mdash->origin . '/api/v1/ingest/services/plain', {
		headers => {'content-type' => 'application/yaml',
			$ci->identity_headers},
		content => sub { $sent < @chunks ? $chunks[$sent++] : '' },
	});
is $chunked->{status}, 200, 'a body in chunks is read'
	or diag $chunked->{content};

# Half of a body, and then nothing more.
my ($host) = $mdash->origin =~ m{//(.*)};
my $socket = IO::Socket::INET->new(PeerAddr => $host) or die $!;
my %identity = $ci->identity_headers;
print $socket "PUT /api/v1/ingest/services/plain HTTP/1.1\r\nHost: $host\r\n"
	. join('', map { "$_: $identity{$_}\r\n" } keys %identity)
	. "Content-Type: application/yaml\r\nContent-Length: 1000\r\n\r\nservice";
close $socket;
is publish($ci, 'plain', spec('plain'))->{status}, 200,
	'a client that leaves half way harms nobody';

done_testing;
