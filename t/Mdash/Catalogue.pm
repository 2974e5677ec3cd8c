# SPDX-License-Identifier: Apache-2.0
package Mdash::Catalogue;

# A database of its own that is published into by SQL alone, for tests of what
# sql/functions/ promise. cluster are options of a cluster of its own: as long as a
# transaction is open, no test of the shared one is told of any event.
use v5.36;
use JSON::PP;
use Mdash::Cluster;
use Mdash::Place;

my $json = JSON::PP->new->canonical;

sub new ($class, $name, %options) {
	my $place = Mdash::Place->new;
	my $own = $options{cluster};
	my $self = bless {place => $place, database => "${name}_$$", own_cluster => $own,
		cluster => $own ? Mdash::Cluster->new($place, "${name}_$$-pg", %$own) : $place->cluster}, $class;
	$self->{cluster}->create($self->{database});
	return $self;
}

sub conninfo ($self, $role = 'mdash_app') {
	return $self->{cluster}->conninfo($self->{database}, $role);
}

# Rows as array references, run as the programs' role.
sub sql ($self, $sql) {
	return $self->{cluster}->query($self->conninfo, $sql);
}

sub value ($self, $sql) {
	my ($row) = $self->sql($sql);
	return $row ? $row->[0] : undef;
}

sub quote ($text) {
	return 'NULL' if !defined $text;
	return "'" . $text =~ s/'/''/gr . "'";
}

sub _array (@texts) {
	return 'ARRAY[' . join(',', map { quote($_) } @texts) . ']::text[]';
}

# The call that publishes specs, as SQL: publish_call([{serviceID => ...}],
# set => 1, publisher => ..., who => {...}).
sub publish_call ($specs, %with) {
	my %who = (subject => 'token:test#1', kind => 'ci', teams => [],
		services => [], admin => JSON::PP::false, address => '127.0.0.1',
		requestId => 'test', (delete($with{who}) // {})->%*);
	my %options = (set => 0, publisher => undef, sequence => undef,
		commit => undef, commitTime => undef, branch => undef, runUrl => undef,
		force => 0, takeover => 0, %with);
	$options{$_} = $options{$_} ? JSON::PP::true : JSON::PP::false
		for qw(set force takeover);
	my @texts = map { $json->encode($_) } @$specs;
	return sprintf 'SELECT status, detail, extra, body FROM '
		. q{publish_services(%s, %s, %s, %s, %s, '[]')},
		_array(map { $_->{serviceID} } @$specs), _array(@texts),
		_array(map { "$_\n" } @texts), quote($json->encode(\%options)),
		quote($json->encode(\%who));
}

sub DESTROY ($self) {
	local ($?, $@, $!);
	$self->{cluster}->stop if $self->{cluster} && $self->{own_cluster};
	return;
}

# Publishes, and answers {status, detail, extra, body} with the body read; what
# is refused is rolled back, as a handler does it.
sub publish ($self, $specs, %with) {
	my $call = publish_call($specs, %with);
	my ($row) = $self->sql("BEGIN; $call; ROLLBACK");
	($row) = $self->sql($call) if $row->[0] < 400;
	my %answer;
	@answer{qw(status detail extra text)} = @$row;
	$answer{body} = $json->decode($answer{text}) if defined $answer{text};
	return \%answer;
}

1;
