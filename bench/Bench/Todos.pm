# SPDX-License-Identifier: Apache-2.0
package Bench::Todos;

# Campaigns over the services that are there: one launched for each of them, fifty
# rules looking at five thousand services, what these rules add to a publish, and the
# page of a campaign.
use v5.36;
use Exporter 'import';
use Time::HiRes qw(time);

our @EXPORT_OK = qw(todos);

use constant {
	RULES => 50,
	SERVICES => 5000, # of those that are there, at most
	PUBLISHES => 200,
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

# The median of a publish of one changed spec, in milliseconds.
sub _publish ($mdash, $note) {
	my $ci = $mdash->token(scopes => ['ingest:write']);
	my $send = sub ($n) {
		_must($ci->put('/api/v1/ingest/services/bench-todos',
			"serviceID: bench-todos\nteamName: bench\ntier: 1\nnote: $note $n\n",
			'content-type' => 'application/yaml'));
	};
	$send->(-$_) for 1 .. 20;
	my @times = _times(PUBLISHES, $send);
	return 1000 * $times[@times / 2];
}

sub _draft ($admin, $n) {
	my $rule = $rules[$n % @rules] . " || \$.spec.tier == 1$n";
	_must($admin->post('/api/v1/campaigns', {name => "bench-$n", title => "Number $n",
		team => 'bench', rule => $rule}));
	return sub { _must($admin->post("/api/v1/campaigns/bench-$n/launch")) };
}

sub todos ($mdash, $row) {
	my $admin = $mdash->sign_in('admin');
	my $before = _publish($mdash, 'without');
	my $items = $mdash->value('SELECT count(*) FROM service WHERE tombstoned_at IS NULL');
	my ($seconds) = _times(1, _draft($admin, 1));
	$row->("launch of a campaign with $items items", sprintf('%.2f s', $seconds));
	_draft($admin, $_)->() for 2 .. RULES;
	$mdash->sql('VACUUM ANALYZE');

	my $some = $items < SERVICES ? $items : SERVICES;
	($seconds) = _times(3, sub {
		$mdash->sql("SELECT count(*) FROM todo_plan(ARRAY(SELECT id FROM service
			WHERE tombstoned_at IS NULL ORDER BY id LIMIT $some), NULL, NULL)");
	});
	$row->("$some services, ${\RULES} rules looked at", sprintf('%.2f s', $seconds), '<= 2');

	my @pages = _times(READS, sub { _must($admin->get('/api/v1/campaigns/bench-7')) });
	$row->("page of a campaign with $items items, p99 of ${\READS}",
		sprintf('%.1f ms', 1000 * $pages[int(0.99 * $#pages)]), '<= 100');
	my $added = _publish($mdash, 'with') - $before;
	$row->('publish of one spec, what ' . RULES . ' running rules add (median)',
		sprintf('%.1f ms', $added > 0 ? $added : 0), '<= 3');
	return;
}

1;
