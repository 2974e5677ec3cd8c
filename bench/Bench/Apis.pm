# SPDX-License-Identifier: Apache-2.0
package Bench::Apis;

# gRPC APIs of a large public repository: its descriptor set published, then a
# version of it with few changes; the set of a year before it, and the difference;
# symbols searched, and a message with many fields read.
use v5.36;
use Bench::Load qw(get p99 timed);
use Bench::Usage qw(family peak_kb reset_peak);
use Exporter 'import';
use Mdash::Place;
use Time::HiRes qw(time);

our @EXPORT_OK = qw(apis);

use constant {
	CHANGED_OF => 200, # one file of so many differs in the next version; the first
	                   # ones of a set declare the options that all others use
	SEARCHES => 400,
	READS => 200,
	FIELDS => 500,
};

# The bytes of a set, or nothing where it is not there.
sub _set ($name) {
	my $path = Mdash::Place->source . "/../shared/data/descriptors/$name.pb.zst";
	return unless -e $path;
	open my $pipe, '-|', 'zstd', '-qdc', $path or die "zstd: $!\n";
	binmode $pipe;
	local $/;
	my $bytes = <$pipe>;
	close $pipe or die "zstd fails on $path\n";
	return $bytes;
}

sub _varint ($number) {
	my $bytes = '';
	for (; $number > 127; $number >>= 7) { $bytes .= chr($number & 127 | 128) }
	return $bytes . chr $number;
}

sub _field ($number, $bytes) {
	return _varint($number << 3 | 2) . _varint(length $bytes) . $bytes;
}

# A message (DescriptorProto) with many fields (field, 2): strings with a name,
# number, label and type.
sub _message ($name) {
	return join '', _field(1, $name), map {
		_field(2, _field(1, "field_$_") . "\x18" . _varint($_) . "\x20\x01\x28\x09")
	} 1 .. FIELDS;
}

# The set with another message (FileDescriptorProto.message_type, 4) in some of
# its files (FileDescriptorSet.file, 1).
sub _next_version ($set) {
	my ($next, $count, $at) = ('', 0, 0);
	while ($at < length $set) {
		my ($len, $shift) = (0, 0);
		$at++; # the tag of `file`
		while (1) {
			my $byte = ord substr $set, $at++, 1;
			$len |= ($byte & 127) << $shift;
			last if $byte < 128;
			$shift += 7;
		}
		my $file = substr $set, $at, $len;
		$at += $len;
		$file .= _field(4, _message("AddedForTheBenchmark$count"))
			if $count++ % CHANGED_OF == CHANGED_OF - 1;
		$next .= _field(1, $file);
	}
	return $next;
}

# What `work` gives, its seconds, and the most memory of one handler meanwhile.
sub _measured ($mdash, $area, $work) {
	my @handlers = grep { (readlink "/proc/$_/exe") =~ m{/mdash-} }
		family($mdash->process($area)->pid);
	reset_peak(@handlers);
	my $begin = time;
	my $result = $work->();
	my $seconds = time - $begin;
	my ($most) = sort { $b <=> $a } map { peak_kb($_) } @handlers;
	return ($result, $seconds, $most / 1024);
}

sub _publish ($mdash, $ci, $repository, $set) {
	my ($answer, $seconds, $mb) = _measured($mdash, 'ingest', sub {
		$ci->put("/api/v1/ingest/descriptor-sets/$repository", $set,
			'content-type' => 'application/x-protobuf');
	});
	die "publish: $answer->{status} $answer->{content}" if $answer->{status} != 200;
	$mdash->sql('VACUUM ANALYZE');
	return ($seconds, $mb);
}

# Whole names, beginnings, and parts from within.
sub _queries ($mdash) {
	my @names = map { $_->[0] } $mdash->sql('SELECT title FROM search_entry
		WHERE repository IS NOT NULL AND length(title) > 8
		ORDER BY md5(key) LIMIT ' . SEARCHES / 4);
	return map { ($_, substr($_, 0, 5), substr($_, 2, 5), lc substr $_, 0, 7) } @names;
}

# `buf breaking` on the same two sets, where MDASH_BUF names it.
sub _buf ($mdash, $row, $before, $after) {
	return unless $ENV{MDASH_BUF};
	my %path = (before => $before, after => $after);
	for my $name (keys %path) {
		my $file = "$mdash->{run}/$name.binpb";
		open my $out, '>:raw', $file or die "$file: $!\n";
		print $out $path{$name};
		close $out or die "$file: $!\n";
		$path{$name} = $file;
	}
	my $begin = time;
	system("$ENV{MDASH_BUF} breaking $path{after} --against $path{before} >/dev/null 2>&1");
	$row->('  buf breaking on the same pair (FILE rules)', sprintf '%.1f s', time - $begin);
	unlink values %path;
	return;
}

sub apis ($mdash, $row) {
	my $now = _set('googleapis');
	my $before = _set('googleapis-2025-08');
	unless (defined $now && defined $before) {
		say 'gRPC APIs: skipped, the sets of googleapis are not there';
		return;
	}
	my $ci = $mdash->token(scopes => ['ingest:write']);
	my $reader = $mdash->sign_in('viewer');
	my ($seconds, $mb) = _publish($mdash, $ci, 'now', $now);
	$row->(sprintf('descriptor set of %.1f MB, first ingest', length($now) / 1e6),
		sprintf('%.1f s', $seconds), '<= 15');
	$row->('  memory of the handler at most', sprintf('%.0f MB', $mb), '<= 128');
	($seconds) = _publish($mdash, $ci, 'now', _next_version($now));
	$row->('the next version, 1 of 200 files changed', sprintf('%.2f s', $seconds), '<= 1.5');

	my $symbols = $mdash->value('SELECT count(*) FROM search_entry WHERE repository IS NOT NULL');
	my @paths = map { "/api/v1/search?q=$_" } _queries($mdash);
	timed($reader, @paths[0 .. 20]);
	$row->("search over $symbols symbols, p99 of " . @paths, p99(timed($reader, @paths)),
		'<= 20');
	# The largest that there is, with its comments, and one of our own.
	for my $wanted (['<', ''], ['=', '<= 30']) {
		my ($name, $fields) = map { @$_ } $mdash->sql("SELECT y.full_name, y.parts
			FROM proto_symbol y
			WHERE y.kind = 'message' AND y.parts $wanted->[0] ${\FIELDS}
			ORDER BY y.parts DESC, y.full_name LIMIT 1");
		$row->("page of a message with $fields fields, p99 of ${\READS}",
			p99(timed($reader, ("/api/v1/apis/now/symbols/$name") x READS)),
			$wanted->[1]);
	}

	_publish($mdash, $ci, 'year', $before);
	($seconds) = _publish($mdash, $ci, 'year', $now);
	$row->('the same a year apart, publish with its difference', sprintf('%.1f s', $seconds));
	(undef, $seconds, $mb) = _measured($mdash, 'apis', sub {
		get($reader, '/api/v1/apis/year/diff?from=1&to=2');
	});
	$row->('difference over a year, all rules', sprintf('%.2f s', $seconds), '<= 3');
	$row->('  memory of the handler at most', sprintf('%.0f MB', $mb), '<= 300');
	_buf($mdash, $row, $before, $now);
	return;
}

1;
