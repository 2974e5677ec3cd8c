# SPDX-License-Identifier: Apache-2.0
package Mdash::Campaign;

# Campaigns for tests whose subject is what publishes do to their items: they are
# made by SQL, so that no other route has to work.
use v5.36;
use Exporter 'import';

our @EXPORT_OK = qw(items launch told);

sub quote ($text) { return "'" . $text =~ s/'/''/gr . "'" }

# Makes a campaign that runs: launch($mdash, 'alert', 'exists($.spec.x)',
# permanent => 1, facet => ['team:red'], unchecked => 1). Without a rule people say
# what is done.
sub launch ($mdash, $name, $rule, %with) {
	my $facet = join ',', map { quote($_) } ($with{facet} // [])->@*;
	my ($named, $permanent) = (quote($name), $with{permanent} ? 'true' : 'false');
	my $version = defined $rule ? 1 : 0;
	if (defined $rule) {
		my $fault = $mdash->value('SELECT rule_fault(' . quote($rule) . ')');
		die "$rule: $fault\n" if defined $fault && !$with{unchecked};
	}
	my @rule = defined $rule ? (<<~"SQL") : ();
		INSERT INTO campaign_rule (campaign, version, predicate, keys, created_by)
		SELECT c.id, 1, ${\quote($rule)}, rule_keys(${\quote($rule)}), 'user:test'
		  FROM campaign c WHERE c.name = $named;
		SQL
	$mdash->sql(join "\n", 'BEGIN;', <<~"SQL", @rule, ($with{unchecked} ? () : <<~"SQL"), <<~"SQL");
		SELECT write_lock();
		INSERT INTO campaign (name, title, rule_version, permanent, facet, created_by)
		VALUES ($named, $named, $version, $permanent, ARRAY[$facet]::text[], 'user:test');
		SQL
		SELECT todo_apply(ARRAY(SELECT p FROM todo_plan(ARRAY(SELECT s.id FROM service s),
		                                                ARRAY[c.id], NULL) AS p),
		                  now(), '{}', '{"subject":"user:test","kind":"session"}',
		                  date_trunc('milliseconds', clock_timestamp()))
		  FROM campaign c WHERE c.name = $named;
		SQL
		UPDATE campaign SET state = 'running', launched_at = now() WHERE name = $named;
		COMMIT;
		SQL
	return;
}

# 'cart:open pay:done', of one campaign or, with its name before each, of all.
sub items ($mdash, $name = undef) {
	return $mdash->value(<<~"SQL") // '';
		SELECT string_agg(${\(defined $name ? '' : q{c.name || '/' || })}
		         s.service_id || ':' || i.state, ' ' ORDER BY c.name, s.service_id)
		  FROM todo_item i
		  JOIN campaign c ON c.id = i.campaign
		  JOIN service s ON s.id = i.service
		 WHERE ${\(defined $name ? 'c.name = ' . quote($name) : 'true')}
		SQL
}

# What an answer tells: 'alert/cart done facts'.
sub told ($answer) {
	return join ' ', map { "$_->{campaign}/$_->{serviceID} $_->{happened} $_->{cause}" }
		($answer->{json}{todos} // die "no todos: $answer->{content}\n")->@*;
}

1;
