# SPDX-License-Identifier: Apache-2.0
package Mdash::Fcgi;

# FastCGI by hand: asks a handler without nginx in between, or stands in for one
# and says what nginx has told it.
#
#   my $answer = Mdash::Fcgi::ask("$mdash->{run}/auth.sock", {MD_PATH => '/_auth'});
#   my $fake = Mdash::Fcgi->new($mdash, 'services', "Status: 200 OK\r\n\r\n");
#   my @seen = $fake->seen;         # the parameters of each request
use v5.36;
use IO::Socket::UNIX;
use JSON::PP;
use POSIX ();

# Types of records.
use constant {BEGIN_REQUEST => 1, END_REQUEST => 3, PARAMS => 4, INPUT => 5,
	OUTPUT => 6};

my $json = JSON::PP->new->utf8->canonical;

sub _record ($type, $content = '') {
	return pack('C C n n C x', 1, $type, 1, length $content, 0) . $content;
}

sub _pairs (%params) {
	return join '', map {
		join '', (map { length $_ < 128 ? chr length $_
			: pack 'N', 0x80000000 | length $_ } $_, $params{$_}),
			$_, $params{$_}
	} sort keys %params;
}

sub _read ($socket, $count) {
	my $bytes = '';
	while (length $bytes < $count) {
		sysread $socket, $bytes, $count - length $bytes, length $bytes
			or return;
	}
	return $bytes;
}

# The next record: (type, content).
sub _next ($socket) {
	my $head = _read($socket, 8) // return;
	my (undef, $type, undef, $length, $padding) = unpack 'C C n n C', $head;
	my $content = _read($socket, $length + $padding) // return;
	return ($type, substr $content, 0, $length);
}

# {status, headers, content}; nothing when the other side just closes.
sub ask ($path, $params, $body = '') {
	my $socket = IO::Socket::UNIX->new(Peer => $path) // die "$path: $!\n";
	print {$socket} _record(BEGIN_REQUEST, pack 'n C x5', 1, 0),
		_record(PARAMS, _pairs(REQUEST_METHOD => 'GET', %$params)),
		_record(PARAMS), ($body eq '' ? () : _record(INPUT, $body)),
		_record(INPUT);
	$socket->flush;
	my $text = '';
	while (my ($type, $content) = _next($socket)) {
		$text .= $content if $type == OUTPUT;
		last if $type == END_REQUEST;
	}
	my ($head, $content) = split /\r\n\r\n/, $text, 2;
	return if !defined $head;
	my %headers = map { /^([^:]+): ?(.*)/ ? (lc $1, $2) : () }
		split /\r\n/, $head;
	return {status => ($headers{status} // 200) =~ s/ .*//r,
		headers => \%headers, content => $content};
}

# --- standing in for a handler ------------------------------------------------

sub _params ($bytes) {
	my %params;
	while (length $bytes) {
		my @length = map {
			my $length = unpack 'C', $bytes;
			substr $bytes, 0, 1, '' if $length < 128;
			$length = 0x7fffffff & unpack 'N', substr $bytes, 0, 4, ''
				if $length >= 128;
			$length;
		} 1, 2;
		my ($name, $value) = map { substr $bytes, 0, $_, '' } @length;
		$params{$name} = $value;
	}
	return \%params;
}

# Answers one request with these bytes, or with none at all: undef.
sub _serve ($socket, $seen, $answer) {
	my ($params, $body) = ('', '');
	while (my ($type, $content) = _next($socket)) {
		$params .= $content if $type == PARAMS;
		last if $type == INPUT && $content eq '';
		$body .= $content if $type == INPUT;
	}
	open my $file, '>>:raw', $seen or die "$seen: $!";
	print $file $json->encode({params => _params($params), body => $body}), "\n";
	close $file;
	return if !defined $answer;
	print {$socket} _record(OUTPUT, $answer), _record(OUTPUT),
		_record(END_REQUEST, pack 'N C x3', 0, 0);
	$socket->flush;
	return;
}

# Listens where the handler would; nothing else may. `answer` is what it says to
# everything.
sub new ($class, $mdash, $area, $answer) {
	my $path = "$mdash->{run}/$area.sock";
	unlink $path;
	my $listen = IO::Socket::UNIX->new(Local => $path, Listen => 128)
		// die "$path: $!\n";
	chmod 0666, $path;
	my $self = bless {path => $path, parent => $$,
		seen => $mdash->dir . "/$area.seen"}, $class;
	unlink $self->{seen};
	my $pid = fork // die "fork: $!\n";
	if ($pid == 0) {
		local $SIG{PIPE} = 'IGNORE';
		while (my $socket = $listen->accept) {
			eval { _serve($socket, $self->{seen}, $answer) };
			close $socket;
		}
		POSIX::_exit(0);
	}
	$self->{pid} = $pid;
	return $self;
}

# What it was asked: [{params, body}].
sub seen ($self) {
	open my $file, '<:raw', $self->{seen} or return;
	return map { $json->decode($_) } <$file>;
}

sub stop ($self) {
	return if !$self->{pid} || $self->{parent} != $$;
	local ($?, $!);
	kill 'KILL', $self->{pid};
	waitpid $self->{pid}, 0;
	unlink $self->{path};
	$self->{pid} = 0;
	return;
}

sub DESTROY ($self) { return $self->stop }

1;
