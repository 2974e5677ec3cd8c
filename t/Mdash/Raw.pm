# SPDX-License-Identifier: Apache-2.0
package Mdash::Raw;

# Bytes to the public port and what comes back, for requests that no HTTP client
# would send.
use v5.36;
use Exporter 'import';
use IO::Select;
use IO::Socket::INET;
use JSON::PP ();
use Time::HiRes qw(time);

our @EXPORT_OK = qw(connect_to exchange answers);

# connect_to($mdash, '127.0.0.2') - a connection, from another address if wished.
sub connect_to ($mdash, $from = undef) {
	my ($to) = $mdash->origin =~ m{//(.*)};
	return IO::Socket::INET->new(PeerAddr => $to,
		$from ? (LocalAddr => $from) : ()) // die "$to: $@\n";
}

# Is there an answer, and nothing of a further one?
sub _is_whole ($text) {
	while ($text =~ s{^HTTP/1\.\d \d{3}[^\r\n]*\r\n(.*?)\r\n\r\n}{}s) {
		my $length = $1 =~ /^content-length: (\d+)/mi ? $1 : 0;
		return 0 if length $text < $length;
		substr $text, 0, $length, '';
		return 1 if $text eq '';
	}
	return 0;
}

# Sends the bytes and reads until the other side closes, is silent for $seconds,
# or for $quiet with a whole answer. {text, closed, answers}
sub exchange ($mdash, $bytes, $seconds = 5, $quiet = 0.3) {
	my $socket = connect_to($mdash);
	my $ready = IO::Select->new($socket);
	my %result = (text => '', closed => 0);
	local $SIG{PIPE} = 'IGNORE';
	print {$socket} $bytes;
	$socket->flush;
	while ($ready->can_read(_is_whole($result{text}) ? $quiet : $seconds)) {
		next if sysread $socket, $result{text}, 65536, length $result{text};
		$result{closed} = 1;
		last;
	}
	$result{answers} = [answers($result{text})];
	return \%result;
}

# The answers in a text, one after the other: {status, headers, content, json}.
sub answers ($text) {
	my @answers;
	while ($text =~ s{^HTTP/1\.\d (\d{3})([^\r\n]*)\r\n(.*?)\r\n\r\n}{}s) {
		my %answer = (status => $1, reason => $2);
		for my $line (split /\r\n/, $3) {
			my ($name, $value) = $line =~ /^([^:]+): ?(.*)$/ or next;
			push $answer{lines}{lc $name}->@*, $value;
			$answer{headers}{lc $name} = $value;
		}
		my $length = $answer{headers}{'content-length'} // length $text;
		$length = 0 if $answer{status} =~ /^(?:1..|204|304)$/;
		$answer{content} = substr $text, 0, $length, '';
		$answer{json} = eval { JSON::PP::decode_json($answer{content}) };
		push @answers, \%answer;
	}
	return @answers;
}

1;
