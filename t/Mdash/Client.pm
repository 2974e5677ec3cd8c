# SPDX-License-Identifier: Apache-2.0
package Mdash::Client;

# One caller of the HTTP API: somebody signed in, a token, or nobody. Each call
# answers a hash: status, headers (lower case), content, and json when the
# answer is JSON. Redirects are answers, not followed.
use v5.36;
use HTTP::Tiny;
use IO::Select;
use IO::Socket::INET;
use JSON::PP;
use Socket qw(IPPROTO_TCP TCP_NODELAY);
use Time::HiRes qw(time);

# HTTP::Tiny writes head and body apart: without this the body would wait for
# the acknowledgement of the head, 40 ms (RFC 896).
my $connect = \&HTTP::Tiny::Handle::connect;
no warnings 'redefine';
*HTTP::Tiny::Handle::connect = sub ($self, @to) {
	$connect->($self, @to);
	setsockopt $self->{fh}, IPPROTO_TCP, TCP_NODELAY, 1;
	return $self;
};
use warnings;

my $json = JSON::PP->new->utf8->canonical;

# new(origin => 'http://127.0.0.1:20001', token => ..., cookie => ...); address is
# where it calls from, say 127.0.0.2.
sub new ($class, %self) {
	$self{http} = HTTP::Tiny->new(max_redirect => 0, timeout => 90, # longer than anything may take
		agent => 'mdash-test',
		$self{address} ? (local_address => $self{address}) : ());
	return bless \%self, $class;
}

sub identity_headers ($self) {
	return (authorization => "Bearer $self->{token}") if $self->{token};
	return (cookie => $self->{cookie}, origin => $self->{origin})
		if $self->{cookie};
	return;
}

# request('PUT', '/api/v1/x', body => \%data or 'text', headers => {})
sub request ($self, $method, $path, %with) {
	my %headers = ($self->identity_headers, ($with{headers} // {})->%*);
	my $body = $with{body};
	if (ref $body) {
		$body = $json->encode($body);
		$headers{'content-type'} //= 'application/json';
	}
	my $answer = $self->{http}->request($method, "$self->{origin}$path", {
		headers => \%headers,
		defined $body ? (content => $body) : (),
	});
	# HTTP::Tiny reports its own trouble, a closed connection say, as 599.
	my $type = $answer->{headers}{'content-type'} // '';
	$answer->{json} = eval { $json->decode($answer->{content}) }
		if $type =~ m{^application/(?:\S+\+)?json\b};
	return $answer;
}

sub get ($self, $path, %headers) {
	return $self->request('GET', $path, headers => \%headers);
}

sub delete ($self, $path, %headers) {
	return $self->request('DELETE', $path, headers => \%headers);
}

sub put ($self, $path, $body, %headers) {
	return $self->request('PUT', $path, body => $body, headers => \%headers);
}

sub post ($self, $path, $body = undef, %headers) {
	return $self->request('POST', $path, body => $body, headers => \%headers);
}

# Opens a stream of server-sent events; see next_event().
sub stream ($self, $path, %headers) {
	my ($host) = $self->{origin} =~ m{//(.*)};
	my $socket = IO::Socket::INET->new(PeerAddr => $host) or die "$host: $@";
	my %send = (host => $host, accept => 'text/event-stream',
		$self->identity_headers, %headers);
	print $socket join("\r\n", "GET $path HTTP/1.1",
		(map { "$_: $send{$_}" } sort keys %send), '', '');
	my $stream = bless {socket => $socket, text => ''}, 'Mdash::Stream';
	$stream->read_until(qr{\r\n\r\n}, 10);
	$stream->{text} =~ s{^(.*?)\r\n\r\n}{}s;
	($stream->{head} = $1 // '') =~ m{^HTTP/\S+ (\d+)};
	$stream->{status} = $1 // 0;
	return $stream;
}

package Mdash::Stream;

use v5.36;
use Time::HiRes qw(time);

sub read_until ($self, $pattern, $seconds) {
	my $end = time + $seconds;
	my $ready = IO::Select->new($self->{socket});
	while ($self->{text} !~ $pattern) {
		my $left = $end - time;
		return 0 if $left <= 0 || !$ready->can_read($left);
		sysread($self->{socket}, $self->{text}, 65536, length $self->{text})
			or return 0;
	}
	return 1;
}

# The next event as {id, event, data}, or nothing within the seconds. The sizes
# of chunks stand on lines of their own and are passed over.
sub next_event ($self, $seconds = 5) {
	while ($self->read_until(qr{\n\r?\n}, $seconds)) {
		$self->{text} =~ s{^(.*?)\n\r?\n}{}s;
		my %event = $1 =~ m{^(id|event|data): ?([^\r\n]*)}mg;
		return \%event if exists $event{data};
	}
	return;
}

sub close ($self) { return CORE::close $self->{socket} }

1;
