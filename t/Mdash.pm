# SPDX-License-Identifier: Apache-2.0
package Mdash;

# A whole mdash for one test file: a database of its own, the shipped nginx
# configuration on a free port, and the real programs behind it.
#
#   use FindBin qw($Bin);
#   use lib "$Bin/..";
#   use Mdash;
#
#   my $mdash = Mdash->new;
#   my $admin = $mdash->sign_in('admin');
#   is $admin->get('/api/v1/services')->{status}, 200, 'an admin sees the list';
#
# Options of new(): areas (which handlers), workers (processes of each),
# worker (also run mdash-worker), settings (of mdash.conf), render (more options
# of nginx/render), port and origin (else a free port and plain HTTP), cluster
# (options of a cluster of its own, e.g. {fsync => 1}).
use v5.36;
use Carp qw(croak);
use File::Basename qw(basename);
use IO::Socket::INET;
use IO::Socket::UNIX;
use Mdash::Check ();
use Mdash::Client;
use Mdash::Cluster;
use Mdash::Place;
use Mdash::Process qw(wait_until);
use Scalar::Util qw(weaken);
use Test::More ();

my $place;
my @started;
my @logs;

sub new ($class, %options) {
	$place //= Mdash::Place->new;
	my $name = basename($0) =~ s/\W+/_/gr . "_$$" . (@started ? @started : '');
	my $self = bless {
		areas => [qw(auth services apis todos jobs ingest)],
		worker => 0,
		workers => 2,
		%options,
		name => $name,
		place => $place,
		tree => $place->tree,
		dir => $place->folder($name),
	}, $class;
	$self->{$_} = $place->folder("$name/$_")
		for qw(run run/metrics log nginx state);
	$self->{own_cluster} = $options{cluster};
	$self->{cluster} = $options{cluster}
		? Mdash::Cluster->new($place, "$name-pg", $options{cluster}->%*)
		: $place->cluster;
	$self->{cluster}->create($name);
	push @started, $self;
	weaken $started[-1];
	push @logs, $self->{log};
	$self->_configure;
	$self->start($_) for $self->{areas}->@*;
	$self->start('worker') if $self->{worker};
	$self->start_nginx;
	$self->wait_ready;
	return $self;
}

sub dir ($self) { return $self->{dir} }
sub tree ($self) { return $self->{tree} }
sub origin ($self) { return $self->{origin} }
sub config ($self) { return "$self->{dir}/mdash.conf" }
sub cluster ($self) { return $self->{cluster} }

sub conninfo ($self, $role = 'mdash_app') {
	return $self->{cluster}->conninfo($self->{name}, $role);
}

# Runs SQL as the owner; rows as array references.
sub sql ($self, $sql) {
	return $self->{cluster}->query($self->conninfo('mdash_owner'), $sql);
}

# The first value of the first row.
sub value ($self, $sql) {
	my ($row) = $self->sql($sql);
	return $row ? $row->[0] : undef;
}

sub free_port {
	my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1)
		or die "no free port: $!";
	return $socket->sockport;
}

sub _configure ($self) {
	$self->{port} //= free_port();
	$self->{origin} //= "http://127.0.0.1:$self->{port}";
	my %settings = (
		database => $self->conninfo,
		run_dir => $self->{run},
		metrics_dir => $self->{'run/metrics'},
		public_origin => $self->{origin},
		nginx_internal => "$self->{run}/internal.sock",
		log_level => 'debug',
		($self->{settings} // {})->%*,
	);
	$place->write("$self->{name}/mdash.conf", join '',
		map { "$_ = $settings{$_}\n" } sort keys %settings);
	return;
}

sub _log ($self, $program) { return "$self->{log}/$program.log" }

# The text that a program wrote to its log.
sub log_of ($self, $program) {
	open my $file, '<:utf8', $self->_log($program) or return '';
	local $/;
	return <$file> // '';
}

# Settings that differ by program: only auth may read credentials.
sub _environment ($self, $program) {
	return {
		MDASH_CONFIG => $self->config,
		$program eq 'auth'
			? (MDASH_DATABASE => $self->conninfo('mdash_auth'))
			: (),
		($self->{environment} // {})->%*,
	};
}

# Starts a handler (auth, services, apis, todos, jobs, ingest) or the worker under multiwatch,
# which starts every process anew that ends, however it ended.
sub start ($self, $program) {
	my $path = "$self->{tree}/libexec/mdash/mdash-$program";
	my $count = $program eq 'worker' ? 1 : $self->{workers};
	my $multiwatch = Mdash::Check::program('multiwatch')
		or die "multiwatch is missing\n";
	my @watched = ($multiwatch, '-f', $count, '-s', 'TERM', '-t', 0, '-r',
		1_000_000, '--', $path);
	unshift @watched, 'spawn-fcgi', '-n', '-b', 1024, '-M', '0660', '-s',
		"$self->{run}/$program.sock", '--'
		if $program ne 'worker';
	$self->{process}{$program} = Mdash::Process->new($place,
		log => $self->_log($program),
		env => $self->_environment($program),
		command => [$place->as_server(@watched)]);
	return;
}

sub start_nginx ($self) {
	my $share = "$self->{tree}/share/mdash";
	my @render = ("$share/nginx/render", '--out', $self->{nginx}, '--listen',
		"127.0.0.1:$self->{port}", '--run', $self->{run}, '--page',
		"$share/page", '--schemas', "$share/schemas", '--state',
		$self->{state}, '--origin', $self->{origin},
		($self->{render} // [])->@*);
	my $log = $self->_log('render');
	system { 'sh' } 'sh', '-c', 'log=$1; shift; exec "$@" >"$log" 2>&1', 'sh',
		$log, @render;
	croak "nginx/render failed, see $log" if $?;
	my $nginx = Mdash::Check::program('nginx') or die "nginx is missing\n";
	unlink "$self->{run}/internal.sock";
	$self->{process}{nginx} = Mdash::Process->new($place,
		log => $self->_log('nginx'),
		signal => 'QUIT',
		command => [$place->as_server($nginx, '-p', $self->{state}, '-c',
			"$self->{nginx}/nginx.conf", '-e', 'stderr', '-g',
			'daemon off;')]);
	return;
}

sub process ($self, $program) { return $self->{process}{$program} }

sub stop ($self, $program) {
	my $process = delete $self->{process}{$program} or return;
	return $process->stop;
}

# GET on nginx's internal server: (status, body).
sub internal ($self, $path) {
	my $socket = IO::Socket::UNIX->new(Peer => "$self->{run}/internal.sock")
		or return (0, '');
	print $socket "GET $path HTTP/1.0\r\nHost: internal\r\n\r\n";
	local $/;
	my ($head, $body) = split /\r\n\r\n/, <$socket> // '', 2;
	return (($head // '') =~ m{^HTTP/\S+ (\d+)} ? $1 : 0, $body);
}

# Waits until nginx and each handler answer.
sub wait_ready ($self, $seconds = 20) {
	for my $area ($self->{areas}->@*) {
		wait_until($seconds, sub { ($self->internal("/ready/$area"))[0] == 200 })
			or croak "$area is not ready, see $self->{log}";
	}
	return;
}

# Runs the command line program; {status, out, err}.
sub mdash ($self, @arguments) {
	return $self->run_program("$self->{tree}/bin/mdash", @arguments);
}

sub run_program ($self, @command) {
	my ($in, @files) = ref $command[-1] ? ${pop @command} : ();
	my %file = map { $_ => File::Temp->new(DIR => $place->dir) } qw(in out err);
	binmode $_, ':utf8' for values %file;
	print { $file{in} } $in // '';
	close $file{in};
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		open STDIN, '<', $file{in}->filename;
		open STDOUT, '>', $file{out}->filename;
		open STDERR, '>', $file{err}->filename;
		%ENV = (%ENV, $self->_environment('auth')->%*);
		exec { $command[0] } @command or POSIX::_exit(127);
	}
	waitpid $pid, 0;
	my %result = (status => $? & 127 ? "signal $?" : $? >> 8);
	for my $name (qw(out err)) {
		open my $text, '<:utf8', $file{$name}->filename or die $!;
		local $/;
		$result{$name} = <$text> // '';
	}
	return \%result;
}

# A caller without identity.
sub client ($self, %identity) {
	return Mdash::Client->new(origin => $self->{origin}, %identity);
}

# Makes an account; role => 'viewer' or 'admin', teams => [...]. Its password.
sub user ($self, $name, %options) {
	return $self->{password}{$name} if $self->{password}{$name};
	my $password = "long enough for $name";
	my $role = $options{role} // ($name eq 'admin' ? 'admin' : 'viewer');
	my $made = $self->mdash('user', 'create', $name, '--role', $role,
		(map { ('--team', $_) } ($options{teams} // [])->@*),
		'--password-stdin', \"$password\n");
	croak "mdash user create: $made->{err}" if $made->{status} ne '0';
	return $self->{password}{$name} = $password;
}

# A caller with a session. The account is made when it is not there yet.
sub sign_in ($self, $name, %options) {
	my $password = $self->user($name, %options);
	my $answer = $self->client->post('/auth/login',
		{username => $name, password => $password},
		origin => $self->{origin});
	croak "$name cannot sign in: $answer->{status} $answer->{content}"
		if $answer->{status} != 200;
	my ($cookie) = map { /^([^;]+)/ } map { ref ? @$_ : $_ }
		$answer->{headers}{'set-cookie'} // '';
	return $self->client(cookie => $cookie);
}

# A caller with a token, made by an admin: kind => 'ci', scopes => [...],
# services => [...], team => '...', days => N.
sub token ($self, %draft) {
	$self->{admin} //= $self->sign_in('admin');
	my $answer = $self->{admin}->post('/api/v1/tokens',
		{kind => 'ci', name => 'test ' . ++$self->{tokens}, %draft});
	croak "no token: $answer->{status} $answer->{content}"
		if $answer->{status} != 201;
	return $self->client(token => $answer->{json}{secret});
}

# Stops what this instance started; its database goes with the cluster.
sub DESTROY ($self) {
	return if !$self->{place} || $self->{gone}++;
	local ($?, $@, $!);
	$self->stop($_) for sort keys(($self->{process} // {})->%*);
	$self->{cluster}->stop if $self->{cluster} && $self->{own_cluster};
	return;
}

# What a sanitizer wrote into a log fails the test, whatever the answers were.
sub _sanitizer_reports {
	return map {
		my $log = $_;
		open my $file, '<', $log or die "$log: $!";
		grep { /ERROR: \w+Sanitizer|runtime error:/ } map { "$log: $_" } <$file>;
	} map { glob "$_/*.log" } @logs;
}

END {
	my $status = $?;
	if (my @reports = _sanitizer_reports()) {
		Test::More::diag(@reports);
		$status ||= 1;
	}
	$_->DESTROY for grep { $_ } @started;
	$place->keep
		if $place && ($status || !Test::More->builder->is_passing);
	undef $place;
	$? = $status;
}

1;
