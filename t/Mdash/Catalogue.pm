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

# How many of the counts that triggers keep of the items of campaigns are not what
# counting says: by state, team and due day; by day; open ones by team.
sub miscounted ($self) {
	return $self->value(<<~'SQL');
		WITH kept AS (
		  SELECT n.campaign, n.state || ' ' || n.due_key || ' ' || n.team AS what, n.items
		    FROM todo_count n
		   UNION ALL
		  SELECT d.campaign, format('%s %s', d.day, x.what), x.items
		    FROM todo_day d
		   CROSS JOIN LATERAL (VALUES ('total', d.total), ('settled', d.settled),
		                              ('gained', d.gained)) AS x (what, items)
		   UNION ALL
		  SELECT 0, coalesce(l.team, ''), l.open FROM todo_load() AS l
		), step AS (
		  SELECT i.campaign, (t.at AT TIME ZONE 'UTC')::date AS day, t.state_before, t.state,
		         ARRAY['done', 'not_applicable', 'exempt'] AS settling
		    FROM todo_transition t
		    JOIN todo_item i ON i.id = t.item
		   WHERE i.campaign IS NOT NULL
		), counted AS (
		  SELECT i.campaign, format('%s %s %s', i.state, coalesce(i.due, c.due, 'infinity'), s.team) AS what,
		         count(*) AS items
		    FROM todo_item i
		    JOIN campaign c ON c.id = i.campaign
		    JOIN service s ON s.id = i.service
		   GROUP BY 1, 2
		   UNION ALL
		  SELECT s.campaign, format('%s total', s.day), count(*) FILTER (WHERE s.state <> 'cancelled')
		         - count(*) FILTER (WHERE s.state_before <> 'cancelled')
		    FROM step s GROUP BY s.campaign, s.day
		   UNION ALL
		  SELECT s.campaign, format('%s settled', s.day), count(*) FILTER (WHERE s.state = ANY (s.settling))
		         - count(*) FILTER (WHERE s.state_before = ANY (s.settling))
		    FROM step s GROUP BY s.campaign, s.day
		   UNION ALL
		  SELECT s.campaign, format('%s gained', s.day), count(*) FILTER (WHERE s.state = ANY (s.settling))
		         - count(*) FILTER (WHERE s.state_before = ANY (s.settling))
		    FROM step s WHERE s.state_before IS NOT NULL GROUP BY s.campaign, s.day
		   UNION ALL
		  SELECT 0, coalesce(s.team, ''), count(*)
		    FROM todo_item i
		    JOIN service s ON s.id = i.service
		   WHERE i.state IN ('open', 'waiting', 'in_review')
		   GROUP BY s.team
		)
		SELECT count(*)
		  FROM (SELECT * FROM kept WHERE items <> 0) AS k
		  FULL JOIN (SELECT * FROM counted WHERE items <> 0) AS c USING (campaign, what, items)
		 WHERE (k IS NULL) <> (c IS NULL)
		SQL
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
