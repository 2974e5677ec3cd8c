# SPDX-License-Identifier: Apache-2.0
package Mdash::Cluster;

# A PostgreSQL cluster that dies with the run: on a socket of its own, without
# TCP, by default without fsync. Databases are copied from a migrated template.
use v5.36;
use File::Temp;
use Mdash::Process qw(started_at wait_until);
use POSIX ();

# new($place, 'pg', fsync => 1, settings => {max_connections => 20})
sub new ($class, $place, $name, %options) {
	my $self = bless {
		place => $place,
		name => $name,
		data => $place->dir . "/$name",
		socket => $place->folder("$name-run"),
		options => \%options,
	}, $class;
	$place->once($name => sub { $self->_create });
	$place->once("$name-schema" => sub { $self->_template });
	return $self;
}

# Where PostgreSQL's programs are; Debian keeps the server's out of PATH.
sub bindir {
	state $dir = do {
		my ($newest) = sort { ($b =~ /(\d+)/)[0] <=> ($a =~ /(\d+)/)[0] }
			glob '/usr/lib/postgresql/*/bin';
		if (!$newest) {
			chomp($newest = qx(pg_config --bindir));
		}
		-x "$newest/initdb" or die "PostgreSQL's server is not installed\n";
		$newest;
	};
	return $dir;
}

sub socket ($self) { return $self->{socket} }
sub data ($self) { return $self->{data} }

# The connection string of a database for one of the roles.
sub conninfo ($self, $database, $role = 'mdash_owner') {
	return "host=$self->{socket} dbname=$database user=$role";
}

sub _superuser ($self) {
	return $> == 0 ? Mdash::Place::server_user() : scalar getpwuid $>;
}

sub _run ($self, @command) {
	my $log = $self->{place}->dir . "/$self->{name}.log";
	open my $old, '>&', \*STDOUT;
	open my $out, '>>', $log or die "$log: $!";
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		open STDIN, '<', '/dev/null';
		open STDOUT, '>&', $out;
		open STDERR, '>&', $out;
		chdir '/';
		exec { $command[0] } @command or POSIX::_exit(127);
	}
	waitpid $pid, 0;
	return $? == 0 || die "$command[0] failed, see $log\n";
}

sub _create ($self) {
	my $place = $self->{place};
	my %settings = (
		listen_addresses => "''",
		unix_socket_directories => "'$self->{socket}'",
		TimeZone => 'UTC',
		log_timezone => 'UTC',
		jit => 'off',
		max_connections => 200,
		shared_buffers => '64MB',
		log_min_duration_statement => -1,
		$self->{options}{fsync}
			? ()
			: (fsync => 'off', full_page_writes => 'off'),
		($self->{options}{settings} // {})->%*,
	);
	$self->_run($place->as_server(bindir() . '/initdb', '-D', $self->{data},
		'-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '-U',
		$self->_superuser));
	open my $conf, '>>', "$self->{data}/postgresql.conf" or die $!;
	print $conf "$_ = $settings{$_}\n" for sort keys %settings;
	close $conf or die $!;
	$self->start;
	return;
}

# What the server has written so far.
sub log ($self) {
	open my $file, '<:utf8', $self->{place}->dir . "/$self->{name}.log" or return '';
	local $/;
	return <$file> // '';
}

# Runs the server. It outlives the test file that happens to start it: it stays
# until stop(), or until the place is removed.
sub start ($self) {
	my $place = $self->{place};
	Mdash::Process->new($place,
		log => $place->dir . "/$self->{name}.log",
		signal => 'INT',
		command => [$place->as_server(bindir() . '/postgres', '-D',
			$self->{data})]);
	my $conninfo = $self->conninfo('postgres', $self->_superuser);
	wait_until(30, sub {
		system(bindir() . '/pg_isready', '-q', '-d', $conninfo) == 0
	}) or die "PostgreSQL did not start, see $self->{name}.log\n";
	return;
}

sub stop ($self, $signal = 'INT') {
	my ($pid) = $self->pid or return;
	kill $signal, $pid;
	return wait_until(20, sub {
		waitpid($pid, POSIX::WNOHANG);
		started_at($pid) eq '';
	});
}

sub pid ($self) {
	open my $file, '<', "$self->{data}/postmaster.pid" or return;
	chomp(my $pid = <$file> // '');
	return $pid || ();
}

sub _template ($self) {
	my $tree = $self->{place}->tree;
	my $sql = "$tree/share/mdash/sql";
	my $conninfo = $self->conninfo('postgres', $self->_superuser);
	$self->_run(bindir() . '/psql', '-Xqd', $conninfo, '-v', 'ON_ERROR_STOP=1',
		'-f', "$sql/roles.sql", '-c',
		'CREATE DATABASE mdash_template OWNER mdash_owner');
	$self->_run("$tree/bin/mdash-migrate", '--database',
		$self->conninfo('mdash_template'), '--sql', $sql);
	return;
}

# create('name') - a fresh database; template => 'template1' for an empty one.
sub create ($self, $name, %options) {
	my $template = $options{template} // 'mdash_template';
	$self->query($self->conninfo('postgres', $self->_superuser),
		"CREATE DATABASE \"$name\" TEMPLATE $template OWNER mdash_owner");
	return;
}

sub drop ($self, $name) {
	$self->query($self->conninfo('postgres', $self->_superuser),
		"DROP DATABASE IF EXISTS \"$name\" WITH (FORCE)");
	return;
}

# Rows as array references; NULL is undef. Dies with the server's message.
sub query ($self, $conninfo, $sql) {
	my @command = (bindir() . '/psql', '-XqAtd', $conninfo, '-v',
		'ON_ERROR_STOP=1', '-F', "\x1f", '-R', "\x1e", '-P', "null=\x1d");
	my $place = $self->{place}->dir;
	my $in = File::Temp->new(DIR => $place);
	binmode $in, ':utf8';
	print $in $sql;
	close $in;
	my $pid = open my $psql, '-|' // die "psql: $!";
	if ($pid == 0) {
		open STDERR, '>&', \*STDOUT;
		exec @command, '-f', $in->filename or POSIX::_exit(127);
	}
	binmode $psql, ':utf8';
	my $text = do { local $/; <$psql> } // '';
	close $psql or die "psql: $text\n";
	chomp $text;
	return map { [map { $_ eq "\x1d" ? undef : $_ } split /\x1f/, $_, -1] }
		split /\x1e/, $text;
}

1;
