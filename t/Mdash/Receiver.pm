# SPDX-License-Identifier: Apache-2.0
package Mdash::Receiver;

# A receiver of webhooks on loopback, whose answers are chosen by the path:
#
#   /STATUS            answers with that status, e.g. /200, /500
#   /429?retry=SECONDS with Retry-After
#   /301               leads to a metadata service
#   /hang              takes the request and says nothing
#   /drip              answers a byte a second
#   /huge              answers 200 with 10 MB
#   /headers           answers 200 with a megabyte of headers
#   /binary            answers 500 with bytes that are no text
#   /cut               closes in the middle of the answer
#   /switch            200 while the file of switch() is not there, else 503
#
# What comes is written to a file: requests() reads it. One process per
# connection, so that none waits for another.
use v5.36;
use IO::Socket::INET;
use JSON::PP;
use Mdash::Process;
use POSIX ();
use Time::HiRes qw(sleep time);

my $json = JSON::PP->new->canonical->utf8;

# new($place, 'name', port => N)
sub new ($class, $place, $name, %options) {
	# Tests that run beside each other share the place.
	my $file = $place->dir . "/$name-$$";
	my $self = bless {place => $place, log => "$file.requests", file => "$file.closed",
		port => $options{port}}, $class;
	open my $touch, '>>', $self->{log} or die $!;
	$self->start;
	return $self;
}

sub port ($self) { return $self->{port} }
sub url ($self, $path) { return "http://127.0.0.1:$self->{port}$path" }

sub start ($self) {
	$self->{server} = IO::Socket::INET->new(LocalAddr => '127.0.0.1',
		LocalPort => $self->{port} // 0, Listen => 256, ReuseAddr => 1)
		or die 'port ' . ($self->{port} // 'any') . ": $!";
	$self->{port} //= $self->{server}->sockport;
	$self->{pid} = fork // die "fork: $!";
	if ($self->{pid} == 0) {
		POSIX::setsid();
		$SIG{CHLD} = 'IGNORE';
		$self->_serve;
		POSIX::_exit(0);
	}
	close delete $self->{server};
	$self->{parent} = $$;
	return;
}

# No connection is taken any more; those that are open are cut.
sub stop ($self) {
	return if !$self->{pid} || $self->{parent} != $$;
	local ($?, $!);
	kill 'KILL', -$self->{pid};
	waitpid $self->{pid}, 0;
	$self->{pid} = 0;
	return;
}

sub switch ($self, $on) {
	if ($on) {
		unlink $self->{file};
		return;
	}
	open my $out, '>', $self->{file} or die $!;
	return;
}

# [{at, path, headers, body, json}], in the order in which they came.
sub requests ($self, $path = undef) {
	open my $in, '<', $self->{log} or die $!;
	my @all = map { $json->decode($_) } grep { /\n\z/ } <$in>;
	return grep { !defined $path || $_->{path} eq $path } @all;
}

sub _serve ($self) {
	while (1) {
		my $client = $self->{server}->accept or next;
		my $pid = fork // next;
		if ($pid == 0) {
			close $self->{server};
			$self->_answer($client);
			POSIX::_exit(0);
		}
		close $client;
	}
	return;
}

sub _read ($client) {
	my $text = '';
	while ($text !~ /\r\n\r\n/) {
		sysread($client, $text, 65536, length $text) or POSIX::_exit(0);
	}
	my ($head, $body) = split /\r\n\r\n/, $text, 2;
	my ($line, @lines) = split /\r\n/, $head;
	my %headers = map { /^([^:]+):\s*(.*)$/ ? (lc $1, $2) : () } @lines;
	while (length $body < ($headers{'content-length'} // 0)) {
		sysread($client, $body, 65536, length $body) or POSIX::_exit(0);
	}
	my ($method, $path) = split ' ', $line;
	return {at => time, method => $method, path => $path, headers => \%headers, body => $body};
}

sub _answer ($self, $client) {
	my $request = _read($client);
	open my $out, '>>', $self->{log} or POSIX::_exit(1);
	syswrite $out, $json->encode($request) . "\n";
	close $out;
	my $say = sub ($status, $body = 'well', @headers) {
		my $text = join "\r\n", "HTTP/1.1 $status Thing", @headers,
			'Content-Length: ' . length $body, 'Connection: close', '', $body;
		while (length $text) {
			my $done = syswrite($client, $text) or last;
			substr $text, 0, $done, '';
		}
	};
	my $path = $request->{path};
	return $say->(429, 'slow down', "Retry-After: $1") if $path =~ /retry=(\d+)/;
	return $say->(301, '', 'Location: http://169.254.169.254/latest/meta-data/')
		if $path eq '/301';
	return $say->($1) if $path =~ m{^/(\d{3})\b};
	return $say->(200, 'x' x 10_000_000) if $path eq '/huge';
	return $say->(200, '', map { "X-$_: " . 'x' x 1000 } 1 .. 1000) if $path eq '/headers';
	return $say->(500, "\xff\xfe\0\x80 b") if $path eq '/binary';
	return $say->(-e $self->{file} ? 503 : 200) if $path eq '/switch';
	if ($path eq '/cut') {
		syswrite $client, "HTTP/1.1 200 Thing\r\nContent-Length: 100\r\n\r\nhalf";
		return;
	}
	if ($path eq '/drip') {
		local $SIG{PIPE} = 'DEFAULT';
		for my $byte (split //, "HTTP/1.1 200 Thing\r\nContent-Length: 60\r\n\r\n" . 'x' x 60) {
			syswrite($client, $byte) or return;
			sleep 1;
		}
		return;
	}
	sleep 120 if $path eq '/hang';
	return;
}

sub DESTROY ($self) {
	$self->stop;
	return;
}

1;
