#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# mdash report against a server: what is sent, what is told before.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Publish qw(publish spec);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
publish($ci, 'cart', spec('cart'));
my $place = $mdash->dir =~ s{.*/}{}r;
delete @ENV{qw(GITHUB_ACTIONS GITLAB_CI JENKINS_URL)};
my $made = $mdash->mdash(qw(token create test --scope ingest:write));
my $secret = $made->{out} =~ s/\s+\z//r;

sub file ($name, $text) {
	return $mdash->{place}->write("$place/$name", $text);
}
sub report (@arguments) {
	local $mdash->{environment} = {MDASH_URL => $mdash->origin . '/', MDASH_TOKEN => $secret};
	return $mdash->mdash('report', @arguments);
}
sub sent () {
	return $mdash->value(q{SELECT convert_from(b.bytes, 'UTF8') FROM job j
		JOIN blob b ON b.sha256 = decode(j.payload->>'sha256', 'hex')
		WHERE j.kind = 'report' ORDER BY j.id DESC LIMIT 1});
}

my $tests = file('tests.xml', '<testsuite tests="2"/>');
my $done = report(qw(cart junit --commit c1 --branch main --ttl 3600), $tests);
is $done->{status}, 0, 'a report is sent' or diag $done->{err};
like $done->{out}, qr/^sent +cart junit \(job \d+\)$/, '  and told';
is $mdash->value(q{SELECT payload->'options'->>'commit' || ' ' || (payload->'options'->>'branch')
	|| ' ' || (payload->>'seconds') FROM job WHERE kind = 'report'}), 'c1 main 3600',
	'  with where it comes from';
is sent(), '<testsuite tests="2"/>', '  as it is';
$done = report(qw(cart junit --json), $tests);
like decode_json($done->{out})->{job}, qr/^\d+$/, 'the answer may be printed';

my $bill = file('bill.json', '{"bomFormat":"CycloneDX","specVersion":"1.5"}');
is report(qw(cart cyclonedx), $bill)->{status}, 0, 'JSON is sent';

my $coverage = file('coverage.xml', "<?xml version=\"1.0\"?>\n<!-- a -->\n"
	. "<!DOCTYPE coverage SYSTEM\n 'coverage>04.dtd'><coverage line-rate='1'/>\n");
is report(qw(cart cobertura), $coverage)->{status}, 0, 'a DOCTYPE that names a file';
like sent(), qr/\A<\?xml version="1.0"\?>\n<!-- a -->\n +\n +<coverage line-rate='1'\/>\n\z/,
	'  is left out, and lines stay where they are';

my $jobs = $mdash->value('SELECT count(*) FROM job');
$done = report(qw(cart cobertura), file('entity.xml',
	"<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><coverage line-rate='1'/>"));
is $done->{status}, 1, 'one that declares something';
like "$done->{out}$done->{err}", qr/entity\.xml:2:1:.*DOCTYPE/, '  is told with its place';
$done = report(qw(cart junit), file('broken.xml', "<testsuite>\n<testcase>"));
is $done->{status}, 1, 'a broken report';
like "$done->{out}$done->{err}", qr/broken\.xml:2:11:/, '  is told with its place';
is report(qw(cart sarif), $tests)->{status}, 2, 'an unknown format';
is report(qw(cart junit), "$tests.not")->{status}, 2, 'a file that is not there';
is $mdash->value('SELECT count(*) FROM job'), $jobs, 'nothing of that is sent';
$done = report(qw(cort junit), $tests);
is $done->{status}, 1, 'an unknown service';
like $done->{err}, qr/refused \(404\): there is no service cort/, '  is told';

done_testing;
