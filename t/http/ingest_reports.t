#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Reports of CI: taken as bytes, read by the worker, kept as facts.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Compress::Gzip ();
use JSON::PP;
use Mdash;
use Mdash::OpenApi;
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(gzip marks moved publish spec);
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

my $mdash = Mdash->new(areas => [qw(auth ingest jobs)], worker => 1, settings => {job_poll_ms => '20ms'});
my $api = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => ['ingest:write']);
my %xml = ('content-type' => 'application/xml');
my %json = ('content-type' => 'application/json');
publish($ci, $_, spec($_)) for qw(cart pay);

sub report ($format, $body, %with) {
	return ($with{who} // $ci)->request('POST',
		"/api/v1/ingest/reports/" . ($with{to} // 'cart') . "/$format" . ($with{query} // ''),
		body => $body, headers => {%xml, ($with{headers} // {})->%*});
}

# The job of a report when it has ended: its state, and its error if any.
sub ended ($number) {
	my $end = time + 60;
	while (time < $end) {
		my ($row) = $mdash->sql("SELECT state, coalesce(error, '') FROM job
			WHERE id = $number AND ended_at IS NOT NULL");
		return join ' ', grep { $_ ne '' } @$row if $row;
		sleep 0.05;
	}
	return 'still waits';
}
sub read_to_end ($format, $body, %with) {
	my $answer = report($format, $body, %with);
	return "$answer->{status} $answer->{content}" if $answer->{status} != 202;
	return ended($answer->{json}{job});
}
sub known ($family, $service = 'cart') {
	return join ' ', map { "$_->[0]=$_->[1]" } $mdash->sql(
		"SELECT split_part(f.key, '.', 2), f.value FROM fact f JOIN service s ON s.id = f.service
		  WHERE f.valid_to IS NULL AND f.key LIKE '$family.%' AND f.key NOT LIKE '%.reportedAt'
		    AND s.service_id = '$service' ORDER BY 1");
}
sub blobs () {
	return $mdash->value('SELECT count(*) FROM blob b WHERE NOT EXISTS (
		SELECT FROM service_version v WHERE v.source_sha256 = b.sha256)');
}

# --- each format -------------------------------------------------------------------

my $answer = report('junit', '<testsuite tests="3" failures="1" time="1.5"/>',
	query => '?commit=c1&branch=main&runUrl=https://ci.example/1');
is $answer->{status}, 202, 'a report is taken';
is join('', $api->faults('receiveReport', $answer)), '', '  as documented';
is ended($answer->{json}{job}), 'done', '  and read';
is known('junit'), 'errors=0 failures=1 passed=false seconds=1.5 skipped=0 tests=3',
	'  to facts';
is $mdash->value(q{SELECT string_agg(DISTINCT source ~ '^token:' || ' ' || commit || ' '
	|| round(extract(epoch FROM expires_at - valid_from) / 86400), ',') FROM fact
	WHERE key LIKE 'junit.%'}), 'true c1 30', '  with source, commit and an end in 30 days';
is $mdash->value(q{SELECT abs(extract(epoch FROM (value #>> '{}')::timestamptz - now())) < 60
	FROM fact WHERE key = 'junit.reportedAt'}), 't', '  and when it came';
is $mdash->value(q{SELECT count(*) FROM audit WHERE action = 'report.read' AND object = 'cart'}),
	1, '  as the audit log says';
is blobs(), 0, '  its bytes are gone';

is read_to_end('junit', '<testsuite tests="3"/>', query => '?ttlSeconds=60'), 'done',
	'another one';
is known('junit'), 'errors=0 failures=0 passed=true seconds=0 skipped=0 tests=3',
	'  takes its place';
is read_to_end('cobertura', '<coverage line-rate="0.875" branch-rate="0.5"/>'), 'done',
	'coverage';
is known('coverage'), 'branches=50 lines=87.5', '  in per cent';
is known('junit'), 'errors=0 failures=0 passed=true seconds=0 skipped=0 tests=3',
	'  leaves tests as they are';

my %bill = (bomFormat => 'CycloneDX', specVersion => '1.5', components => [
	{type => 'library', name => 'left-pad', version => '1.3.0', purl => 'pkg:npm/left-pad@1.3.0'}]);
my $components = 'count=1 items={"pkg:npm/left-pad": "1.3.0"} types={"library": 1}';
is read_to_end('cyclonedx', encode_json(\%bill), headers => \%json), 'done', 'components';
is known('components'), $components, '  by package URL';
is read_to_end('cyclonedx', '<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components>'
	. '<component type="library"><name>left-pad</name><version>1.3.0</version>'
	. '<purl>pkg:npm/left-pad@1.3.0</purl></component></components></bom>',
	to => 'pay'), 'done', 'components in XML';
is known('components', 'pay'), $components, '  are the same';
is read_to_end('junit', gzip('<testsuite tests="4"/>'),
	headers => {'content-encoding' => 'gzip'}), 'done', 'a packed report';
is known('junit'), 'errors=0 failures=0 passed=true seconds=0 skipped=0 tests=4', '  is read';

# --- what cannot be read -------------------------------------------------------------

my @broken = (
	['a DOCTYPE', "<?xml version='1.0'?>\n<!DOCTYPE testsuite>\n<testsuite/>",
		'line 2, column 1: has a DOCTYPE, which is not taken: leave it out'],
	['many laughs', '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>',
		'line 1, column 1: has a DOCTYPE, which is not taken: leave it out'],
	['a file', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
		'line 1, column 1: has a DOCTYPE, which is not taken: leave it out'],
	['a text of 10 MB', "<testsuite>\n<system-out>" . 'x' x (10 << 20) . '</system-out></testsuite>',
		'line 2, column 13: a text is longer than 4 MiB'],
	['10,000 levels', '<testsuite>' x 10_000,
		'line 1, column 705: is nested deeper than 64 levels'],
	['a character NUL', "<testsuite>\n\0</testsuite>",
		'line 2, column 1: has a character NUL: send UTF-8'],
	['Latin 1', "<testsuite name='\xe9'/>", 'line 1, column 18: is not UTF-8'],
	['another encoding', "<?xml version='1.0' encoding='UTF-16'?><testsuite/>",
		'line 1, column 31: declares another encoding than UTF-8'],
	['a broken end', "<testsuite>\n<testcase>\n</testsuite>",
		'line 3, column 13: this end tag is not that of the element that is open'],
	['an end in a tag', '<testsuite><testcase name="', 'line 1, column 28: this value is not closed'],
	['an end in a suite', '<testsuite><testcase/>', 'line 1, column 23: the XML ends too early'],
	['UTF-16', "\xff\xfe<\0a\0/\0>\0", 'line 1, column 1: is not UTF-8'],
	['an overlong character', "<testsuite name='\xc0\xaf'/>", 'line 1, column 18: is not UTF-8'],
	['an entity', '<testsuite>&laugh;</testsuite>', 'line 1, column 19: an entity is not declared'],
	['257 attributes', '<testsuite ' . join(' ', map { "a$_='1'" } 1 .. 257) . '/>',
		'line 1, column 1: an element has more than 256 attributes'],
	['a tag of 2 MB', "<testsuite name='" . 'x' x (2 << 20) . "'/>", 'line 1, column 1: a tag is longer than 1 MiB'],
	(map { ["failures=$_", "<testsuite><testsuite tests='3' failures='$_'/></testsuite>",
		'line 1, column 12: failures and errors of a suite must be numbers'] } qw(many -1 1,024 99999999999999999999)),
	['errors that are no number', "<testsuite errors='NaN'/>",
		'line 1, column 1: failures and errors of a suite must be numbers'],
	['another report', "<coverage line-rate='1'/>",
		'line 1, column 1: is no JUnit report: it is neither <testsuites> nor <testsuite>'],
);
my $rate = 'line 1, column 1: a rate must be a number from 0 to 1, and no more can be covered than there is';
my @broken_rates = map { ["a rate of $_", "<coverage line-rate='0.5' branch-rate='$_'/>", $rate] }
	qw(NaN inf -0.1 1.01 1e999 0x1 0.5.5);
sub bill (%with) {
	return encode_json({bomFormat => 'CycloneDX', specVersion => '1.5', components => [], %with});
}
my $version = '#/specVersion: versions 1.2 to 1.6 of CycloneDX are read';
my @broken_bills = (
	['a component without a name', bill(components => [{}]), '#/components/0: a component has no name'],
	['100,000 components', bill(components => [map { {name => "c$_"} } 1 .. 100_000]),
		'#/components/20000: there are more than 20000 components'],
	['a key that is there twice', '{"bomFormat":"CycloneDX","specVersion":"1.5","specVersion":"1.4"}', 'line 1, column 46: this member is given twice in its object'],
	['another version', bill(specVersion => '9.9'), $version],
	['a number as version', bill(specVersion => 1.5), $version],
	['another bill', bill(bomFormat => 'SPDX'),
		'#/bomFormat: is no CycloneDX bill of materials: bomFormat must be CycloneDX'],
	['components that are no list', bill(components => {}), '#/components: must be a list'],
	['a version that is no text', bill(components => [{name => 'a', version => 1}]),
		'#/components/0/version: must be a text'],
	['a long name', bill(components => [{name => 'a' x 1001}]),
		'#/components/0: a text of a component is longer than 1000 bytes'],
	['a list', '[]', 'line 1, column 1: is no XML: it does not begin with <'],
	['deep JSON', '[' x 10_000, 'line 1, column 1: is no XML: it does not begin with <'],
	['JSON that is cut', '{"bomFormat":"CycloneDX","specVer', 'line 1, column 34: the JSON ends too early'],
	['a DOCTYPE in XML', '<!DOCTYPE bom><bom/>',
		'line 1, column 1: has a DOCTYPE, which is not taken: leave it out'],
);
# What the sender sees of it, by where the answer leads; and who looks at the page.
my $sender = $mdash->token(scopes => ['ingest:write', 'catalog:read']);
my $viewer = $mdash->sign_in('vera');
my $report = report('junit', '<testsuite/>')->{json};
ended($report->{job});
is $ci->get($report->{url})->{status}, 403, 'who may publish alone does not see jobs';
sub shown ($format, $body, %with) {
	my $answer = report($format, $body, who => $sender, %with);
	return "$answer->{status} $answer->{content}" if $answer->{status} != 202;
	ended($answer->{json}{job});
	return join ' | ', map { join ' ', map { $_ // '' } $_->get($answer->{json}{url})->{json}{job}->@{qw(state error)} } $sender, $viewer;
}
my $before = marks($mdash);
for my $case ((map { ['junit', \%xml, @$_] } @broken), (map { ['cobertura', \%xml, @$_] } @broken_rates),
	map { ['cyclonedx', $_->[1] =~ /^</ ? \%xml : \%json, @$_] } @broken_bills) {
	my ($format, $headers, $name, $body, $error) = @$case;
	is shown($format, $body, headers => $headers), "dead $error | dead $error", "$format: $name is told";
}
# The job itself is what is written, and other work of the worker.
is moved($before, marks($mdash)) =~ s/\b(?:job|job_failure|schedule)\b ?//gr, '',
	'of what cannot be read nothing is kept, nor are the bytes';
is read_to_end('junit', "<testsuite tests='1000000000'/>"), 'done', 'a thousand million tests';
like known('junit'), qr/tests=1000000000$/, '  are as many';

# --- what is not taken at all ----------------------------------------------------------

my $suite = '<testsuite/>';
sub is_refused ($answer, $status, $name) {
	is $answer->{status}, $status, $name;
	is join('', $api->faults('receiveReport', $answer)), '', '  as documented';
}
# Those of schedules come by themselves.
sub jobs () { return $mdash->value(q{SELECT count(*) FROM job WHERE kind = 'report'}) }
my $jobs = jobs();
my $blue = $mdash->token(scopes => ['ingest:write'], team => 'blue');
my $bound = $mdash->token(scopes => ['ingest:write'], services => ['pay*']);
$before = marks($mdash);
is_refused(report('junit', $suite, headers => {'content-type' => 'text/plain'}), 415, 'plain text');
is_refused(report('junit', ''), 400, 'nothing');
is_refused(report('sarif', $suite), 404, 'an unknown format');
is_refused(report('junit', $suite, to => 'cartt'), 404, 'an unknown service');
is_deeply report('junit', $suite, to => 'cartt')->{json}{nearest}, ['cart'], '  with the nearest name';
is_refused(report('junit', '{}', headers => \%json), 415, 'JSON of another format');
is_refused(report('junit', $suite, headers => {'content-encoding' => 'br'}), 415, 'another coding');
is_refused(report('junit', 'x', headers => {'content-encoding' => 'gzip'}), 400, 'no gzip');
is_refused(report('junit', gzip('<testsuite>' . ' ' x (10 << 20) . '</testsuite>'),
	headers => {'content-encoding' => 'gzip'}), 413, 'a gzip bomb');
my $most = '<testsuite>' . '<a/>' x (4 << 20);
is_refused(report('junit', $most), 413, 'more than 16 MiB');
is_refused(report('junit', $suite, query => '?runUrl=javascript:1'), 422, 'no web address');
is_refused(report('junit', $suite, query => '?dryRun=1'), 422, 'an unknown parameter');
is_refused(report('junit', $suite, who => $blue), 403, 'of another team');
is_refused(report('junit', $suite, who => $bound), 403, 'outside of the globs');
is moved($before, marks($mdash)) =~ s/\b(?:job|schedule)\b ?//gr, '', 'what is refused writes nothing';
is read_to_end('junit', $suite, who => $bound, to => 'pay'), 'done', '  but inside';
is jobs() - $jobs, 1, 'what is refused makes no job';

# --- the newest counts -------------------------------------------------------------------

$mdash->stop('worker');
my %key = (headers => {'idempotency-key' => 'one'});
my $first = report('junit', '<testsuite tests="1"/>', %key);
my $again = report('junit', '<testsuite tests="1"/>', %key);
is $again->{content}, $first->{content}, 'a repetition is answered as before';
is $again->{headers}{'idempotent-replayed'}, 'true', '  and says so';
is report('junit', '<testsuite tests="2"/>', %key)->{status}, 422, 'a key is for one report';
my $second = report('junit', '<testsuite tests="2"/>');
is $second->{json}{job}, $first->{json}{job}, 'a newer one takes the place of one that waits';
report('junit', '<testsuite tests="1"/>', to => 'pay');
report('cobertura', '<coverage line-rate="1"/>');
is $mdash->value(q{SELECT count(*) FROM job WHERE kind = 'report' AND state = 'ready'}), 3,
	'others stay beside it';
is blobs(), 3, 'bytes are kept once';
$mdash->start('worker');
is ended($second->{json}{job}), 'done', 'it is read';
like known('junit'), qr/tests=2/, '  the newest';
is ended($mdash->value(q{SELECT max(id) FROM job WHERE kind = 'report'})), 'done', 'so are the others';
is ended($mdash->value(q{SELECT max(id) FROM job WHERE key = 'pay/junit'})), 'done',
	'also the one with the bytes of one that gave way';
like known('junit', 'pay'), qr/tests=1/, '  to its facts';
is blobs(), 0, 'no bytes stay';

# --- bytes that nobody reads ---------------------------------------------------------------

$mdash->stop('worker');
my $take = sub ($tests, $then) { return "BEGIN; SELECT report_take('cart', 'junit', '<testsuite tests=\"$tests\"/>', 3600, '{}',
	'{\"subject\": \"user:a\", \"kind\": \"session\", \"admin\": true, \"teams\": [], \"services\": []}'); $then COMMIT" };
my $pid = fork // die "fork: $!";
if (!$pid) {
	$mdash->sql($take->(1, 'SELECT pg_sleep(1);'));
	POSIX::_exit(0);
}
wait_until(10, sub { $mdash->value(q{SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()}) });
$mdash->sql($take->(2, ''));
waitpid $pid, 0;
is blobs(), 2, 'two reports come together';
$mdash->start('worker');
is ended($mdash->value(q{SELECT max(id) FROM job WHERE kind = 'report'})), 'done', '  and the newest is read';
ok wait_until(10, sub { blobs() == 0 }), '  of neither the bytes stay';
$mdash->stop('worker');
my $left = report('junit', '<testsuite tests="5"/>')->{json}{job};
is $mdash->sign_in('admin')->post("/api/v1/jobs/$left/cancel")->{status}, 200, 'a report that nobody is to read';
is blobs(), 1, '  has its bytes, should somebody change his mind';
$mdash->sql("UPDATE job SET ended_at = now() - interval '15 days' WHERE id = $left");
$mdash->start('worker');
ok wait_until(20, sub { !$mdash->value("SELECT count(*) FROM job WHERE id = $left") }), 'in two weeks it is gone';
is blobs(), 0, '  and so are they';
is $viewer->get("/api/v1/jobs/$report->{job}")->{json}{payload}{who}{subject}, 'token:' . $mdash->value(
	'SELECT name FROM api_token ORDER BY id LIMIT 1'), 'who looks at a job sees no number of a token';

done_testing;
