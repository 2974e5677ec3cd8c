# SPDX-License-Identifier: Apache-2.0
package Bench::Todos;

# Campaigns over five thousand services: a launch, fifty rules looking at all of them,
# what these rules add to a publish, and the list and the page of campaigns.
use v5.36;
use Bench::Load qw(median p99 timed);
use Exporter 'import';
use Time::HiRes qw(time);

our @EXPORT_OK = qw(todos);

use constant {
	RULES => 50,
	SERVICES => 5000, # of those that are there, at most
	TURNS => 40,
	PUBLISHES => 9, # of a turn, with rules and without
	READS => 200,
};

my @rules = ('$.spec.tier <= 2', 'exists($.spec.contact.slack.alertChannelId)',
	'$.spec.tags[*] == "batch"', '$.spec.description like_regex "e$"',
	'exists($.spec.links[*] ? (@.title == "Runbook"))', '$.junit.failures == 0');

# Seconds of each, sorted.
sub _times ($count, $work) {
	return sort { $a <=> $b } map { my $begin = time; $work->($_); time - $begin } 1 .. $count;
}

sub _must ($answer) {
	die "$answer->{status} $answer->{content}" if $answer->{status} >= 300;
	return $answer;
}

# Publishes so many changes of one spec, each of a fact that every rule reads and that
# changes no item; the median in milliseconds.
sub _publish ($ci, $count) {
	state $n = 0;
	return 1000 * median(_times($count, sub {
		$n++;
		_must($ci->put('/api/v1/ingest/services/bench-todos', "serviceID: bench-todos\nteamName: bench\n"
			. "tier: ${\(3 + $n % 2)}\nnote: $n\n", 'content-type' => 'application/yaml'));
	}));
}

# What running rules add to a publish: with and without them in short turns, since
# how long a commit takes drifts by more than they do.
sub _added ($mdash, $ci) {
	my @added;
	for (1 .. TURNS) {
		my %took;
		for my $state (qw(finished running)) {
			$mdash->sql("UPDATE campaign SET state = '$state' WHERE name LIKE 'bench-%'");
			$mdash->sql('VACUUM campaign');
			_publish($ci, 4); # one for each worker
			$took{$state} = _publish($ci, PUBLISHES);
		}
		push @added, $took{running} - $took{finished};
	}
	return median(@added);
}

# The others are gone for the rest of the run.
sub _keep_some ($mdash) {
	$mdash->sql("UPDATE service SET tombstoned_at = now() WHERE tombstoned_at IS NULL AND id NOT IN (
		SELECT id FROM service WHERE tombstoned_at IS NULL
		 ORDER BY service_id = 'bench-todos' DESC, id LIMIT ${\SERVICES})");
	return $mdash->value('SELECT count(*) FROM service WHERE tombstoned_at IS NULL');
}

sub _draft ($admin, $n) {
	my $rule = $rules[$n % @rules] . " || \$.spec.tier == 1$n";
	_must($admin->post('/api/v1/campaigns', {name => "bench-$n", title => "Number $n",
		team => 'bench', rule => $rule}));
	return sub { _must($admin->post("/api/v1/campaigns/bench-$n/launch")) };
}

sub todos ($mdash, $row) {
	my $admin = $mdash->sign_in('admin');
	my $ci = $mdash->token(scopes => ['ingest:write']);
	_publish($ci, 1);
	my $services = _keep_some($mdash);
	my @launches = _times(RULES, sub ($n) { _draft($admin, $n)->() });
	$row->("campaign for $services services, drafted and launched (median)",
		sprintf('%.2f s', median(@launches)));
	$mdash->sql('VACUUM ANALYZE');

	my ($seconds) = _times(3, sub {
		$mdash->sql('SELECT count(*) FROM todo_plan(ARRAY(SELECT id FROM service
			WHERE tombstoned_at IS NULL), NULL, NULL)');
	});
	$row->("$services services, ${\RULES} rules looked at", sprintf('%.2f s', $seconds), '<= 2');

	my %read = ("page of a campaign with $services items" => '/bench-7',
		"list of ${\RULES} campaigns with ${\(RULES * $services)} items" => '?limit=' . RULES);
	for my $what (sort keys %read) {
		$row->("$what, p99 of ${\READS}", p99(timed($admin, ("/api/v1/campaigns$read{$what}") x READS)), '<= 100');
	}
	my $added = _added($mdash, $ci);
	$row->('publish of one spec, what ' . RULES . ' running rules add (median)',
		sprintf('%.1f ms', $added > 0 ? $added : 0), '<= 3');
	return;
}

1;
