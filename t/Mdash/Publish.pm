# SPDX-License-Identifier: Apache-2.0
package Mdash::Publish;

# Specs for tests, publishing them, and looking at what that wrote.
use v5.36;
use Exporter 'import';
use IO::Compress::Gzip ();

our @EXPORT_OK = qw(dry gzip marks moved publish publish_set result spec);

# A spec as YAML: spec('acme-payment', tier => 2, tags => '[a, b]').
sub spec ($id, %keys) {
	my %all = (description => "The $id", teamName => 'red', lifecycle =>
		'production', tier => 1, %keys);
	return join '', "serviceID: $id\n",
		map { "$_: $all{$_}\n" } sort grep { defined $all{$_} } keys %all;
}

sub query (%query) {
	return '' if !%query;
	return '?' . join '&', map {
		my $name = $_;
		map { $name . '=' . s/([^\w.~:\/-])/sprintf '%%%02X', ord $1/ger }
			ref $query{$name} ? $query{$name}->@* : $query{$name};
	} sort keys %query;
}

# PUT of one spec; headers in {headers}, anything else is the query.
sub publish ($client, $id, $text, %with) {
	my $headers = delete $with{headers} // {};
	return $client->put("/api/v1/ingest/services/$id" . query(%with), $text,
		'content-type' => 'application/yaml', %$headers);
}

# POST of a full set: a list of documents, or one text.
sub publish_set ($client, $publisher, $specs, %with) {
	my $headers = delete $with{headers} // {};
	my $text = ref $specs ? join("---\n", '', @$specs) : $specs;
	return $client->post('/api/v1/ingest/services'
		. query(publisher => $publisher, %with), $text,
		'content-type' => 'application/yaml', %$headers);
}

# '200 created acme-payment 1', or '422', '409' ...
sub result ($answer) {
	my $json = $answer->{json} // {};
	return join ' ', $answer->{status}, map {
		"$_->{result} $_->{serviceID} $_->{version}"
	} ($json->{items} // [])->@*;
}

# The same publish as a dry run.
sub dry ($publish, $client, $name, $what, %with) {
	return $publish->($client, $name, $what, %with, dryRun => 1);
}

sub gzip ($text) {
	IO::Compress::Gzip::gzip(\$text => \my $packed, -Minimal => 1)
		or die 'gzip';
	return $packed;
}

# Where every row of every table stands: {table => text}. An insert, update or
# delete changes it, whatever it wrote.
sub marks ($mdash) {
	my @tables = map { $_->[0] } $mdash->sql(
		q{SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'});
	# The use of a token or of a session is noted once a minute, whatever it does.
	my %mark = (api_token => "(to_jsonb(api_token) - '{used_at,used_from}'::text[])::text",
		session => "(to_jsonb(session) - 'seen_at')::text");
	return {map { @$_ } $mdash->sql(join ' UNION ALL ', map {
		my $row = $mark{$_} // 'ctid::text || xmin::text';
		"SELECT '$_', coalesce(md5(string_agg($row, ',' ORDER BY $row)), 'empty') FROM $_"
	} @tables)};
}

# Names of the tables that differ between two marks.
sub moved ($before, $after) {
	return join ' ', sort grep { $before->{$_} ne $after->{$_} } keys %$after;
}

1;
