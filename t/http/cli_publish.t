#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# mdash publish against a server: one spec, a full set, what is refused and
# where, dry runs, CI variables, a server that is away.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Socket::INET;
use JSON::PP;
use Mdash;
use Mdash::Campaign qw(launch);
use Mdash::Files qw(read_source);
use Test::More;

my $mdash = Mdash->new;
my $place = $mdash->dir =~ s{.*/}{}r;

sub file ($name, $text) {
	return $mdash->{place}->write("$place/$name", $text);
}

sub token (@arguments) {
	my $made = $mdash->mdash('token', 'create', 'test', @arguments);
	die $made->{err} if $made->{status};
	chomp $made->{out};
	return $made->{out};
}

my $secret = token(qw(--scope ingest:write));
our %server = (MDASH_URL => $mdash->origin . '/', MDASH_TOKEN => $secret);

# Variables of the CI system that runs this test must not count.
delete @ENV{qw(GITHUB_ACTIONS GITLAB_CI JENKINS_URL)};

sub publish (@arguments) {
	local $mdash->{environment} = {%server};
	return $mdash->mdash('publish', @arguments);
}

# One spec.
my $one = file('one.yaml', "serviceID: cli-one\ndescription: first\ntier: 2\n");
my $done = publish('--dry-run', $one);
is $done->{status}, 0, 'a dry run' or diag $done->{err};
like $done->{out}, qr/^created +cli-one$/m, 'says what would happen';
like $done->{err}, qr/^dry run: 1 created$/m, 'in all';
is $mdash->value('SELECT count(*) FROM service'), 0, 'and writes nothing';
my $dry = $done->{out};
$done = publish($one);
is $done->{status}, 0, 'a publish' or diag $done->{err};
is $done->{out}, $dry, 'says the same';
is $mdash->value('SELECT count(*) FROM service'), 1, 'and writes it';
$done = publish($one);
like $done->{out}, qr/^unchanged +cli-one$/m, 'again it is unchanged';

file('one.yaml', "serviceID: cli-one\ndescription: second\ntags: [a]\n");
$done = publish($one);
like $done->{out}, qr/^updated +cli-one$/m, 'changed, it is updated';
like $done->{out}, qr/^    description: "first" -> "second"$/m,
	'with what was and what is';
like $done->{out}, qr/^    tier: 2 -> \(none\)$/m, 'what went';
like $done->{out}, qr/^    tags.*: \(none\) -> .*a/m, 'and what came';

# Items of campaigns.
launch($mdash, 'tier', '$.spec.tier <= 2');
file('one.yaml', "serviceID: cli-one\ndescription: second\ntier: 1\n");
$done = publish('--dry-run', $one);
like $done->{out}, qr/^todo done       cli-one: tier\n    spec\.tier: \(none\) -> 1$/m,
	'an item that closes is told, with the fact';
is publish($one)->{out}, $done->{out}, 'and closes';
file('one.yaml', "serviceID: cli-one\ndescription: second\ntier: 3\n");
like publish($one)->{out}, qr/^todo reopened   cli-one: tier\n    spec\.tier: 1 -> 3$/m, 'or opens again';
file('one.yaml', "serviceID: cli-one\ndescription: second\ntags: [a]\n");
publish($one);

$done = publish('-', \"serviceID: cli-stdin\n");
like $done->{out}, qr/^created +cli-stdin$/m, 'a spec from the standard input';
$done = publish('--json', $one);
is_deeply [map { $_->{result} } decode_json($done->{out})->{items}->@*],
	['unchanged'], '--json prints the answer itself';

# Several in one file, each by itself; places are those of the file.
my $several = file('several.yaml', <<'YAML');
# Our services
serviceID: cli-first
---
serviceID: cli-broken
tier: 9
lifecycle: old
contact:
  email: nobody
---
serviceID: cli-last
YAML
$done = publish($several);
is $done->{status}, 1, 'one of three is refused';
like $done->{out}, qr/^created +cli-first$/m, 'the one before is published';
like $done->{out}, qr/^created +cli-last$/m, 'the one behind, too';
like $done->{out}, qr{^\Q$several\E:5:7: #/tier: \S}m, 'three mistakes:';
like $done->{out}, qr{^\Q$several\E:6:12: #/lifecycle: \S}m, 'each with its line';
like $done->{out}, qr{^\Q$several\E:8:10: #/contact/email: \S}m, 'in the file';
is $mdash->value("SELECT service_id FROM publish_failure"), 'cli-broken',
	'the server keeps what it refused, for the owner';

$done = publish('-', \"description: no id\n");
is $done->{status}, 1, 'a spec without an id is refused';
like $done->{err}, qr/stdin:1: .*serviceID/, 'and says where';
$done = publish('-', \"serviceID: cli-fine\n---\nserviceID: Bad\ntier: 9\n");
like $done->{out}, qr{^created +cli-fine\nstdin:3:12: #/serviceID: \S.*\nstdin:4:7: #/tier: \S},
	'one whose id is none with all its mistakes, and those of no other';
$done = publish('-', \"a: [\n");
is $done->{status}, 1, 'what is no YAML is refused';
like $done->{out}, qr/^stdin:\d+:\d+: /, 'and says where';

# JSON: one spec in a file, or several in an array.
my $single = file('single.json', qq({\n"serviceID": "cli-json",\n"tier": 3\n}\n));
like publish($single)->{out}, qr/^created +cli-json$/m, 'a JSON object is a spec';
like publish('-', \'{"serviceID": "cli-json", "tier": 3}')->{out},
	qr/^unchanged +cli-json$/m, 'also from the standard input';
like publish('-', \'{"serviceID": "cli-json", "tier": 9}')->{out},
	qr{^stdin:1:\d+: #/tier: \S}m, 'and refused with its faults';
like publish('-', \'[{"serviceID": "cli-json"}, {"serviceID": "cli-json-2"}]')
	->{err}, qr/^1 created, 1 updated$/m, 'a JSON array is several';
for my $case (['[]', 'empty.json'], ['', 'empty.yaml'], ["# none\n", 'none.yaml']) {
	my ($text, $name) = @$case;
	$done = publish(file($name, $text));
	is $done->{status}, 1, "$name is refused";
	like "$done->{out}$done->{err}", qr/there is no spec in it/, '  and why';
}

# One service is declared once.
my $twice = file('twice.yaml', "serviceID: cli-twice\ntier: 1\n"
	. "---\nserviceID: cli-twice\ntier: 2\n");
$done = publish($twice, $single, $single);
is $done->{status}, 1, 'specs of one service are refused but the first';
like $done->{err}, qr{^mdash publish: \Q$twice\E:4: cli-twice is also declared in \Q$twice\E}m,
	'in one file';
like $done->{err}, qr{cli-json is also declared in \Q$single\E}, 'or in two';
is $mdash->value(q{SELECT string_agg(v.number || ':' || (v.spec->>'tier'), ' ')
	FROM service s JOIN service_version v ON v.service = s.id
	WHERE s.service_id = 'cli-twice'}), '1:1', 'the second did not overwrite it';

# A full set out of several files; lines lead back to each.
my @set = map {
	file("set-$_.yaml", "serviceID: set-$_\ndescription: number $_\n")
} 'a' .. 'f';
my @full = ('--full-set', '--publisher', 'cli');
$done = publish(@full, @set);
is $done->{status}, 0, 'a full set' or diag $done->{err};
like $done->{err}, qr/^6 created$/m, 'is published';
$done = publish(@full, @set);
like $done->{err}, qr/^6 unchanged$/m, 'again, nothing has changed';
is $done->{out}, '', 'and no service is named';
$done = publish(@full, @set[0 .. 4]);
like $done->{out}, qr/^tombstoned +set-f$/m, 'what is missing goes';
$done = publish(@full, @set);
like $done->{out}, qr/^restored +set-f$/m, 'and comes back';

my $bad = file('set-bad.yaml', "---\n# comment\nserviceID: set-bad\ntier: 9\n");
my $worse = file('set-worse.json', "{\n  \"serviceID\": \"set-worse\",\n  \"tier\": \"x\"\n}");
my $events = $mdash->value('SELECT count(*) FROM event WHERE type LIKE \'service.%\'');
$done = publish(@full, @set[0, 1], $bad, $set[2], $worse, @set[3 .. 5]);
is $done->{status}, 1, 'a set with mistakes is refused';
like $done->{out}, qr{^\Q$bad\E:4:7: #/tier: \S}m, 'the place in one file';
like $done->{out}, qr{^\Q$worse\E:3:11: #/tier: \S}m, 'and in another';
is scalar(split /\n/, $done->{out}), 2, 'and there is no more';
is $mdash->value('SELECT count(*) FROM event WHERE type LIKE \'service.%\''), $events,
	'nothing is applied';

$done = publish('--full-set', '--publisher', 'json',
	map { file("json-$_.json", "{\"serviceID\": \"json-$_\"}") } 1 .. 3);
like $done->{err}, qr/^3 created$/m, 'JSON files make a set, too'
	or diag $done->{out};
my $array = file('array.json', '[{"serviceID": "json-1"}, {"serviceID": "json-2"}, {"serviceID": "json-3"}]');
like publish('--full-set', '--publisher', 'json', $array)->{err},
	qr/^3 unchanged$/m, 'as does one with an array';
is publish('--full-set', '--publisher', 'json', $array, $one)->{status}, 2,
	'which cannot be joined with others';

# Too many deletions are held.
my @many = map { file("many-$_.yaml", "serviceID: many-$_\n") } 1 .. 12;
my @held = ('--full-set', '--publisher', 'many');
publish(@held, @many);
$done = publish(@held, @many[0 .. 4]);
is $done->{status}, 0, 'a set without 7 of 12 is accepted' or diag $done->{err};
like $done->{err}, qr/7 held/, 'but the deletions are held';
like $done->{err}, qr/wait until an admin approves/, 'and it says what that means';
my ($address) = $done->{err} =~ m{^deletions .* http://[^/]+/(\S+)$}m;
like read_source('web/src/routes/router.tsx'), qr{path: "/\Q$address\E"},
	'with the address of the page that shows them';
is $mdash->value("SELECT count(*) FROM service WHERE publisher = 'many'
	AND tombstoned_at IS NULL"), 12, 'none is gone';

# Who it is from: options, or what the CI system says.
sub version ($id) {
	my ($row) = $mdash->sql(<<"SQL");
SELECT v.commit, v.branch, v.sequence, v.run_url, v.publisher
  FROM service_version v
  JOIN service s ON s.id = v.service
 WHERE s.service_id = '$id'
 ORDER BY v.id DESC
 LIMIT 1
SQL
	return $row;
}
$done = publish(qw(--commit abc123 --branch main --sequence 7 --publisher repo
	--run-url https://ci.example/7 --commit-time 2026-11-24T01:02:03Z -),
	\"serviceID: cli-ci\n");
is_deeply version('cli-ci'), ['abc123', 'main', 7, 'https://ci.example/7', 'repo'],
	'options say where it comes from' or diag $done->{err};
for my $case (
	[{GITHUB_ACTIONS => 'true', GITHUB_SHA => 'aaa1', GITHUB_REF_NAME => 'dev',
		GITHUB_RUN_NUMBER => 8, GITHUB_RUN_ID => 99,
		GITHUB_SERVER_URL => 'https://git.example', GITHUB_REPOSITORY => 'o/r'},
		['aaa1', 'dev', 8, 'https://git.example/o/r/actions/runs/99']],
	[{GITLAB_CI => 'true', CI_COMMIT_SHA => 'bbb2', CI_COMMIT_REF_NAME => 'rel',
		CI_PIPELINE_IID => 9, CI_JOB_URL => 'https://lab.example/j/1',
		CI_COMMIT_TIMESTAMP => '2026-11-24T10:00:00+09:00'},
		['bbb2', 'rel', 9, 'https://lab.example/j/1']],
	[{JENKINS_URL => 'https://j.example', GIT_COMMIT => 'ccc3', GIT_BRANCH => 'x',
		BUILD_NUMBER => 10, BUILD_URL => 'https://j.example/10'},
		['ccc3', 'x', 10, 'https://j.example/10']],
) {
	my ($variables, $want) = @$case;
	local %server = (%server, %$variables);
	$done = publish('--publisher', 'repo', '-',
		\"serviceID: cli-ci\ndescription: $want->[0]\n");
	is_deeply version('cli-ci'), [@$want, 'repo'], "$want->[0] is from the job"
		or diag $done->{err};
	is publish('--no-ci', '--dry-run', '-', \"serviceID: cli-noci\n")->{status},
		0, 'unless it is not to';
}
$done = publish(qw(--sequence 3 --publisher repo -),
	\"serviceID: cli-ci\ndescription: late\n");
like $done->{out}, qr/^superseded +cli-ci$/m, 'an older one does not win';

# Conflict, rights, no token.
$done = publish(qw(--sequence 10 --commit ccc3 --publisher repo -),
	\"serviceID: cli-ci\ndescription: other\n");
is $done->{status}, 1, 'the same sequence with other content is a conflict';
like $done->{err}, qr/^refused \(409\): \S/m, 'which is said';
like $done->{out}, qr/^    description: /m, 'with what differs';
{
	local %server = (%server, MDASH_TOKEN => token(qw(--scope ingest:validate)));
	is publish('--dry-run', $one)->{status}, 0,
		'a token that may validate may try out';
	$done = publish($one);
	is $done->{status}, 1, 'but not publish';
	like $done->{err}, qr/^refused \(403\): /m, 'which is said';
	like $done->{err}, qr/^  needed: scope ingest:write$/m, 'with what it takes';
}
{
	local %server = (%server, MDASH_TOKEN => 'mdc_made_up');
	$done = publish($one);
	is $done->{status}, 1, 'a made-up token is refused';
	like $done->{err}, qr/^refused \(401\): /m, 'which is said';
}

# A server that is away, and one that is back in time.
{
	my $closed = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1);
	my $url = 'http://127.0.0.1:' . $closed->sockport;
	close $closed;
	$done = publish('--url', $url, '--tries', 2, $one);
	is $done->{status}, 3, 'without a server the status says: try again';
	like $done->{err}, qr/trying again in .* \(2 of 2\)/, 'it has tried twice';
	unlike $done->{err}, qr/nothing to do/, 'and does not say that all is well';
}

# A server that answers as it is told to, once each; heads of the requests.
sub answered (@answers) {
	my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 5,
		Timeout => 30) or die "listen: $!";
	my $heads = "$mdash->{dir}/heads";
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		open my $out, '>', $heads or POSIX::_exit(1);
		$out->autoflush; # it may be ended right after its last answer
		for my $answer (@answers) {
			my $peer = $socket->accept or last;
			my ($text, $length) = ('', 0);
			while (my $line = <$peer>) {
				$text .= $line;
				last if $line eq "\r\n";
			}
			($length) = $text =~ /^content-length: *(\d+)/im;
			read $peer, my $body, $length // 0;
			print {$out} $text;
			print {$peer} $answer;
			close $peer;
		}
		close $out;
		POSIX::_exit(0);
	}
	my $from = time;
	my $run = publish('--url', 'http://127.0.0.1:' . $socket->sockport, $one);
	kill TERM => $pid;
	waitpid $pid, 0;
	open my $in, '<', $heads or die "$heads: $!";
	my %keys = map { /^idempotency-key: *(\S+)/i ? ($1 => 1) : () } <$in>;
	return ($run, time - $from, scalar keys %keys);
}
my $json = "Content-Type: application/json\r\nConnection: close\r\n";
my $good = '{"created":1,"updated":0,"items":[],"warnings":[]}';
my $ok = "HTTP/1.1 200 OK\r\n${json}Content-Length: " . length($good)
	. "\r\n\r\n$good";
my ($patient, $seconds, $keys) = answered(
	"HTTP/1.1 429 Too Many\r\n${json}Retry-After: 3\r\nContent-Length: 2\r\n\r\n{}",
	"HTTP/1.1 503 Away\r\n${json}Content-Length: 2\r\n\r\n{}", '',
	"HTTP/1.1 200 OK\r\n${json}Content-Length: 100\r\n\r\n{", $ok);
is $patient->{status}, 0, 'busy, away, gone, cut off: it goes on until it is told'
	or diag $patient->{err};
cmp_ok $seconds, '>=', 3, 'not before the server wants';
is $keys, 1, 'and with one idempotency key';
for my $case (
	['an internal error', 3, "HTTP/1.1 500 Oops\r\n${json}Content-Length: 29\r\n\r\n"
		. '{"status":500,"detail":"oops"}'],
	['another site', 1, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
		. "Content-Length: 4\r\nConnection: close\r\n\r\n<p>x"],
	['a redirect', 1, "HTTP/1.1 301 Moved\r\nLocation: https://127.0.0.1:9/\r\n"
		. "Content-Length: 0\r\nConnection: close\r\n\r\n"],
	['no HTTP', 3, ("SSH-2.0-x\r\n") x 5],
) {
	my ($name, $status, @answers) = @$case;
	my ($run) = answered(@answers);
	is $run->{status}, $status, "$name: exit status $status" or diag $run->{err};
	unlike $run->{err}, qr/^\d+ created/m, '  and no success';
}
$mdash->stop('ingest');
my $pid = fork // die "fork: $!";
if ($pid == 0) {
	sleep 1;
	$mdash->start('ingest');
	# Its parent, not this process, is to stop it.
	POSIX::_exit(0);
}
$done = publish('-', \"serviceID: cli-patient\n");
waitpid $pid, 0;
is $done->{status}, 0, 'a server that comes back in time is no failure'
	or diag $done->{err};
like $done->{err}, qr/the server answers 50\d; trying again/, 'it was away';
like $done->{out}, qr/^created +cli-patient$/m, 'and did it once';
is $mdash->value("SELECT count(*) FROM service_version v JOIN service s
	ON s.id = v.service WHERE s.service_id = 'cli-patient'"), 1, 'and only once';

# Somebody else's server.
my $page = publish('--url', $mdash->origin . '/nothing', $one);
isnt $page->{status}, 0, 'a wrong path is no success';
like $page->{err}, qr/is .* the right address|refused/, 'and says so';

done_testing;
