# SPDX-License-Identifier: Apache-2.0
package Mdash::Web;

# The browser's half of a test. NAME.t starts mdash and calls browse(), which
# runs NAME.mjs under Node; that drives Chromium and writes the TAP. What only
# this half can do - publish, stop a program, look into the database - the
# script asks for by name, and gets the answer as JSON.
#
#   my $mdash = mdash_for_browser();
#   browse($mdash, publish => sub ($id) { ... });
use v5.36;
use Exporter 'import';
use IO::Handle;
use JSON::PP;
use Mdash;
use Mdash::Check qw(program skip_or_fail);
use Mdash::Place;
use Mdash::Proto qw(descriptor_set publish_set_of shop);
use Mdash::Publish qw(publish publish_set spec);
use Mdash::Todos qw(campaign);
use POSIX ();
use Socket qw(AF_UNIX PF_UNSPEC SOCK_STREAM);

our @EXPORT_OK = qw(browse company every_campaign every_state mdash_for_browser
	node_ready web_dir);

use constant NODE_NEEDED => '20.19.0';

my $json = JSON::PP->new->utf8->allow_nonref;

sub web_dir { return Mdash::Place->source . '/web' }

sub _at_least ($version, $needed) {
	my @has = split /\./, $version;
	my @needs = split /\./, $needed;
	for my $i (0 .. $#needs) {
		return $has[$i] > $needs[$i] if $has[$i] != $needs[$i];
	}
	return 1;
}

# Puts a Node that the page's tools accept in front of PATH, as ./dev does.
sub node_ready {
	$ENV{PATH} = Mdash::Place->source . "/var/node/bin:$ENV{PATH}";
	my $node = program('node') or skip_or_fail('there is no Node');
	chomp(my $version = qx($node -p process.versions.node));
	_at_least($version, NODE_NEEDED)
		or skip_or_fail("Node is $version, older than " . NODE_NEEDED);
	-d web_dir() . '/node_modules/vite'
		or skip_or_fail('the packages of web/ are not installed (npm ci)');
	return $node;
}

# A mdash with worker, unless a browser test cannot run here: then the file is
# skipped before anything is started.
sub mdash_for_browser (%options) {
	node_ready();
	program('chromium') or skip_or_fail('there is no chromium');
	-e web_dir() . '/dist/index.html'
		or skip_or_fail('the page is not built (make page)');
	return Mdash->new(worker => 1, %options);
}

# Publishes the demo company: 200 services of 20 teams.
sub company ($mdash) {
	my $token = $mdash->token(scopes => ['ingest:write'])->{token};
	local $mdash->{environment} =
		{MDASH_URL => $mdash->origin, MDASH_TOKEN => $token};
	local %ENV = %ENV; # the variables of a CI system must not count
	delete @ENV{qw(GITHUB_ACTIONS GITLAB_CI JENKINS_URL)};
	my $done = $mdash->mdash('publish', '--full-set', '--publisher', 'demo',
		glob Mdash::Place->source . '/demo/specs/*.yaml');
	die "no demo company: $done->{err}" if $done->{status};
	return;
}

# Publishes the gRPC APIs of the demo company, in two revisions of which the last
# breaks something, and those of a second repository.
sub _company_apis ($mdash) {
	my $ci = $mdash->token(scopes => ['ingest:write'], name => 'protos');
	my $file = $mdash->dir . '/demo.binpb';
	my @sets = map {
		system(Mdash::Place->source . '/demo/compile.sh', $file, @$_) == 0
			or die "demo/compile.sh failed\n";
		open my $in, '<:raw', $file or die "$file: $!";
		local $/;
		[kazamori => scalar <$in>];
	} ['before'], [];
	for my $each (@sets, [shop => descriptor_set(shop())]) {
		my $answer = publish_set_of($ci, @$each);
		die "no $each->[0]: $answer->{content}" if $answer->{status} != 200;
	}
	return;
}

# Something on every screen: the demo company and its gRPC APIs, a service with two versions and a
# refused publish, deletions that wait, a token.
sub every_state ($mdash) {
	company($mdash);
	_company_apis($mdash);
	my $ci = $mdash->token(scopes => ['ingest:write'], name => 'payment-repo',
		services => ['acme-*']);
	my %keys = (teamName => 'wallet', tags => '[payments]', contact =>
		'{slack: {alertChannelId: C12345678}, email: pay@acme.example}');
	publish($ci, 'acme-payment', spec('acme-payment', %keys, tier => $_),
		commit => "1234567890a$_", runUrl => "https://ci.example/$_") for 1, 2;
	publish($ci, 'acme-payment', spec('acme-payment', %keys, tier => 9));
	publish_set($ci, 'acme-mono', [map { spec("acme-$_") } 'a1' .. 'a9']);
	publish_set($ci, 'acme-mono', [spec('acme-a1')]);
	return;
}

# After every_state: a campaign in each state with items done, open, overdue and
# cancelled, and a webhook with deliveries of each kind. Nothing is sent.
sub every_campaign ($mdash) {
	my %asked = (words => 'acme-', rule => 'exists($.spec.contact.slack.alertChannelId)',
		why => 'Alerts reach **nobody**.', how => 'Fill in `contact`.');
	campaign($mdash, $_, %asked, title => "Alerts reach a channel: $_", due => '2020-01-01')
		for qw(running stopped ended);
	$mdash->sql(q{SELECT rule_quarantine(id, 'takes too long', '{}', now())
		FROM campaign WHERE name = 'stopped'});
	$mdash->sql(q{SELECT campaign_end('ended', 'cancelled',
		'{"subject": "user:admin", "kind": "user", "role": "admin", "teams": []}')});
	$mdash->sql(q{INSERT INTO campaign (name, title, words, why, team, created_by,
			held_at, held_by, held_teams)
		VALUES ('draft', 'A draft', 'acme-', '', 'platform', 'user:aya', NULL, NULL, NULL),
			('held', 'One that waits', 'acme-', '', 'platform', 'user:aya', now(),
				'user:aya', '{wallet}')});
	$mdash->sql(q{INSERT INTO webhook (name, url, types, teams, state, reason, failing_since,
			created_by)
		VALUES ('chat', 'https://chat.example/in', '{todo.*}', '{wallet}', 'paused', NULL, NULL,
				'user:admin'),
			('gone', 'https://gone.example/in', '{*}', '{}', 'disabled',
				'the receiver answered 410', now() - interval '5 days', 'user:admin')});
	$mdash->sql(q{INSERT INTO webhook_delivery (webhook, event, message_id, type, kind, subject,
			sequence, state, attempts, status, error, answer, took_ms, ended_at)
		SELECT w.id, e.id, 'evt_' || e.id, e.type, 'todo', e.id::text, 1,
			s.state, 2, s.status, s.error, s.answer, 140,
			CASE WHEN s.state <> 'waiting' THEN now() END
		FROM webhook w, (VALUES
			(1, 'waiting', NULL::integer, NULL, NULL),
			(2, 'delivered', 204, NULL, NULL),
			(3, 'dead', 500, 'the receiver answered 500', '<html>')
		) AS s (place, state, status, error, answer)
		JOIN (SELECT id, type, row_number() OVER (ORDER BY id) AS place FROM event) AS e
			ON e.place = s.place
		WHERE w.name = 'chat'});
	return;
}

# Carries out what the script asks for until it ends.
sub _serve ($channel, $deeds) {
	while (defined(my $line = <$channel>)) {
		my ($name, @arguments) = $json->decode($line)->@*;
		my $deed = $deeds->{$name};
		my @result = $deed ? eval { scalar $deed->(@arguments) } : ();
		my $error = $deed ? $@ : "this test has no deed $name\n";
		print $channel $json->encode($error ? {error => $error}
			: {result => $result[0]}), "\n";
	}
	return;
}

# Runs NAME.mjs beside the calling test; its TAP is the test's.
sub browse ($mdash, %deeds) {
	my $node = program('node');
	socketpair my $ours, my $theirs, AF_UNIX, SOCK_STREAM, PF_UNSPEC
		or die "socketpair: $!";
	my $pictures = $mdash->dir . '/pictures';
	mkdir $pictures;
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		POSIX::dup2(fileno $theirs, 3);
		$ENV{TMPDIR} = $mdash->dir;
		$ENV{MDASH_WEB} = $json->encode({
			origin => $mdash->origin,
			passwords => $mdash->{password} // {},
			pictures => $pictures,
		});
		exec $node, $0 =~ s/\.t$/.mjs/r or POSIX::_exit(127);
	}
	close $theirs;
	$ours->autoflush;
	_serve($ours, \%deeds);
	waitpid $pid, 0;
	exit($? >> 8 || 1) if $?;
	return;
}

1;
