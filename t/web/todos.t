#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A campaign from its draft to the end, and the TODOs of a team, as people use them: facts
# close an item on the open page, what changed meanwhile is shown, nothing typed is lost.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user('admin');
$mdash->user('aya', teams => ['platform']);
$mdash->user('mia', teams => ['payments']);
$mdash->user('noa');
my $ci = $mdash->token(scopes => ['ingest:write'], name => 'specs');
my $tracker = $mdash->token(kind => 'system', name => 'tracker',
	scopes => ['todos:read', 'todos:write']);

# Each publish is of a commit of its own: c0ffee0001, c0ffee0002 …
my $commits = 0;
sub give ($id, $team, $channel) {
	my @contact = $channel ? (contact => "{slack: {alertChannelId: $channel}}") : ();
	return 0 + publish($ci, $id, spec($id, teamName => $team, @contact),
		commit => sprintf 'c0ffee%04d', ++$commits)->{status};
}
give('acme-payment', 'payments', undef);
give('acme-refund', 'payments', undef);
give('acme-ledger', 'payments', 'C100');
give('acme-wallet', 'wallet', undef);

browse($mdash,
	give => \&give,
	# Somebody else changes the item of a service, as a program does.
	elsewhere => sub ($service, $change) {
		my ($id, $version) = map { @$_ } $mdash->sql("SELECT i.id, i.version FROM todo_item i
			JOIN service s ON s.id = i.service WHERE s.service_id = '$service'");
		return 0 + $tracker->request('PATCH', "/api/v1/todos/$id", body => $change,
			headers => {'if-match' => qq("$version")})->{status};
	},
	states => sub {
		return {map { $_->[0] => $_->[1] } $mdash->sql('SELECT s.service_id, i.state FROM todo_item i
			JOIN service s ON s.id = i.service ORDER BY 1')};
	});
