# SPDX-License-Identifier: Apache-2.0
package Mdash::Place;

# The folder that a run of the suite lives in: the installed tree, the database
# cluster, sockets and logs. The suite makes one for all its files; a test file
# that runs alone makes its own. Whoever made it stops what runs in it and
# removes it, unless a test failed or MDASH_KEEP=1.
#
# Servers refuse to run as root, so for root they run as MDASH_USER (postgres).
use v5.36;
use Cwd qw(abs_path);
use Fcntl qw(:flock);
use File::Basename qw(dirname);
use File::Path qw(make_path remove_tree);
use File::Temp qw(tempdir);
use Mdash::Process qw(started_at);

my $root = '/tmp';

sub new ($class) {
	if (my $dir = $ENV{MDASH_PLACE}) {
		return bless {dir => $dir, owner => 0}, $class;
	}
	_sweep();
	my $dir = tempdir('mdash-t-XXXXXX', DIR => $root);
	my $self = bless {dir => $dir, owner => $$}, $class;
	chmod 0755, $dir;
	$self->write('owner', $$ . ' ' . started_at($$) . "\n");
	$self->folder('.');
	return $self;
}

sub dir ($self) { return $self->{dir} }
sub keep ($self) { $self->{keep} = 1; return }
sub used ($self) { return -e "$self->{dir}/tree.log" }

sub source ($self) { return abs_path(dirname(__FILE__) . '/../..') }

sub build ($self) {
	return $ENV{MDASH_BUILD} // $self->source . '/var/build-test';
}

# A folder inside, which the servers may write.
sub folder ($self, $name) {
	my $dir = "$self->{dir}/$name";
	make_path($dir, {mode => 0755});
	if ($> == 0) {
		my (undef, undef, $uid, $gid) = getpwnam(server_user());
		chown $uid, $gid, $dir;
	}
	return $dir;
}

sub write ($self, $name, $text) {
	open my $file, '>:utf8', "$self->{dir}/$name" or die "$name: $!";
	print $file $text;
	close $file or die "$name: $!";
	return "$self->{dir}/$name";
}

sub server_user { return $ENV{MDASH_USER} // 'postgres' }

# The command that runs @command as the servers' user.
sub as_server ($self, @command) {
	return @command if $> != 0;
	my $user = server_user();
	getpwnam($user) or die "tests of root need the user $user\n";
	return ('setpriv', "--reuid=$user", "--regid=$user", '--init-groups',
		'--', @command);
}

# Does something once per place, whichever test file comes first.
sub once ($self, $name, $action) {
	my $done = "$self->{dir}/$name.done";
	return if -e $done;
	open my $lock, '>', "$self->{dir}/$name.lock" or die "$name.lock: $!";
	flock $lock, LOCK_EX or die "$name.lock: $!";
	return if -e $done;
	$action->();
	$self->write("$name.done", '');
	return;
}

# The installed layout (bin/, libexec/mdash/, share/mdash/) of the build.
sub tree ($self) {
	my $tree = "$self->{dir}/tree";
	$self->once(tree => sub {
		local %ENV = %ENV;
		delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES DESTDIR)};
		my $log = "$self->{dir}/tree.log";
		my $build = $self->build;
		-e "$build/Makefile" or die "no build in $build; see HACKING.md\n";
		system("make -s -C '$build' tree TREE='$tree' >'$log' 2>&1") == 0
			or die "make tree failed, see $log\n";
	});
	return $tree;
}

# The cluster that test files share, each with databases of its own.
sub cluster ($self) {
	require Mdash::Cluster;
	return $self->{cluster} //= Mdash::Cluster->new($self, 'pg');
}

sub _remove ($dir) {
	require Mdash::Cluster;
	Mdash::Process::stop_recorded($dir);
	remove_tree($dir, {error => \my $errors});
	return;
}

# Removes what a killed run left behind.
sub _sweep {
	for my $dir (glob "$root/mdash-t-*") {
		my ($uid, $modified) = (stat $dir)[4, 9];
		next if !defined $uid || ($uid != $> && $> != 0);
		open my $file, '<', "$dir/owner" or next;
		my ($pid, $start) = split ' ', <$file> // '';
		next if !defined $start || started_at($pid) eq $start || -e "$dir/kept";
		_remove($dir);
	}
	return;
}

sub DESTROY ($self) {
	return if $self->{owner} != $$;
	local ($?, $@, $!);
	$self->{owner} = 0;
	if ($self->{keep} || $ENV{MDASH_KEEP}) {
		Mdash::Process::stop_recorded($self->{dir});
		$self->write('kept', '');
		print STDERR "# kept: $self->{dir}\n";
		return;
	}
	_remove($self->{dir});
	return;
}

1;
