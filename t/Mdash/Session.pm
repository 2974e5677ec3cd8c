# SPDX-License-Identifier: Apache-2.0
package Mdash::Session;

# One psql among several at once, statement by statement: what one of them begins
# may wait for another, which then goes on.
use v5.36;
use IPC::Open2 qw(open2);
use Mdash::Cluster;
use Mdash::Process qw(wait_until);

sub new ($class, $catalogue, $role = 'mdash_app') {
	my $pid = open2(my $out, my $in, Mdash::Cluster::bindir() . '/psql', '-XqAt', '-F/',
		'-d', $catalogue->conninfo($role));
	$in->autoflush(1);
	my $self = bless {pid => $pid, in => $in, out => $out, catalogue => $catalogue}, $class;
	$self->{backend} = $self->run('SELECT pg_backend_pid()');
	return $self;
}

sub begin ($self, $sql) {
	$self->{before} = $self->_last;
	$self->_send($sql);
	return;
}

sub _send ($self, $sql) {
	print {$self->{in}} "$sql;\n\\echo end\n";
	return;
}

# When its last statement began.
sub _last ($self) {
	return $self->{catalogue}->value("SELECT query_start FROM pg_stat_activity WHERE pid = $self->{backend}");
}

# What it said since, without errors.
sub finish ($self) {
	my $said = '';
	while (my $line = readline $self->{out}) {
		return $said =~ s/\n+\z//r if $line eq "end\n";
		$said .= $line;
	}
	return "$said (it ended)";
}

sub run ($self, $sql) {
	$self->_send($sql);
	return $self->finish;
}

# True as soon as what it has begun waits for another one.
sub waits ($self) {
	return wait_until(60, sub {
		$self->{catalogue}->value("SELECT pg_blocking_pids($self->{backend}) <> '{}'") eq 't' });
}

# Until it waits or is through, whichever it is to be.
sub waits_or_not ($self) {
	return wait_until(60, sub {
		$self->{catalogue}->value("SELECT pg_blocking_pids(a.pid) <> '{}' OR a.state LIKE 'idle%'"
			. " AND a.query_start > '$self->{before}' FROM pg_stat_activity a WHERE a.pid = $self->{backend}") eq 't' });
}

sub end ($self) {
	close $self->{in};
	waitpid $self->{pid}, 0;
	return;
}

1;
