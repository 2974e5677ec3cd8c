# SPDX-License-Identifier: Apache-2.0
package Mdash::Todos;

# Campaigns for tests of their items, made and launched by SQL; and what is asked
# about items.
use v5.36;
use Exporter 'import';
use JSON::PP;

our @EXPORT_OK = qw(campaign facts_change fault item_id patch traces);

my $who = q('{"subject":"user:aya","kind":"session","admin":true,"teams":[],)
	. q("services":[],"address":"127.0.0.1","requestId":"t"}'::jsonb);

sub _quote ($value) {
	return defined $value ? "'" . $value =~ s/'/''/gr . "'" : 'NULL';
}

# A campaign that runs: its columns, `rule` for the predicate.
sub campaign ($mdash, $name, %with) {
	my $rule = delete $with{rule};
	my %columns = (name => $name, title => "Do $name", team => 'platform',
		created_by => 'user:aya', rule_version => defined $rule ? 1 : 0, %with);
	my @names = sort keys %columns;
	$mdash->sql('INSERT INTO campaign (' . join(', ', @names) . ') VALUES ('
		. join(', ', map { _quote($columns{$_}) } @names) . ')');
	$mdash->sql('INSERT INTO campaign_rule (campaign, version, predicate, keys, created_by)'
		. " SELECT id, 1, p, rule_keys(p), 'user:aya' FROM campaign, (SELECT "
		. _quote($rule) . "::text) AS x (p) WHERE name = '$name'")
		if defined $rule;
	$mdash->sql("SELECT campaign_start(c, NULL, true, $who, date_trunc('milliseconds', now()))"
		. " FROM campaign c WHERE name = '$name'");
	return;
}

# Rules look at what the publishes before have changed.
sub facts_change ($mdash) {
	$mdash->sql("SELECT todo_follow('{}', $who\::text)");
	return;
}

sub item_id ($mdash, $campaign, $service) {
	return 0 + $mdash->value('SELECT i.id FROM todo_item i JOIN campaign c ON c.id = i.campaign'
		. " JOIN service s ON s.id = i.service WHERE c.name = '$campaign'"
		. " AND s.service_id = '$service'");
}

# What any change of an item leaves behind: two that are equal had none between.
sub traces ($mdash) {
	return $mdash->value("SELECT concat_ws(' ', (SELECT md5(string_agg(i::text, ',' ORDER BY i.id))"
		. ' FROM todo_item i), (SELECT max(id) FROM audit), (SELECT max(id) FROM event), '
		. join(', ', map { "(SELECT count(*) FROM $_)" }
			qw(todo_transition todo_comment idempotency fact_pending)) . ')');
}

# PATCH; without a version the current one.
sub patch ($client, $id, $change, $version = undef) {
	$version //= $client->get("/api/v1/todos/$id")->{json}{todo}{version};
	return $client->request('PATCH', "/api/v1/todos/$id", body => $change,
		headers => {'if-match' => qq("$version")});
}

# '422 #/due date, #/title too-long' of an answer or of a result of a bulk.
sub fault ($answer) {
	my $problem = $answer->{json} // $answer->{problem} // {};
	return join ' ', $answer->{status}, join ', ',
		map { "$_->{pointer} $_->{code}" } ($problem->{errors} // [])->@*;
}

1;
