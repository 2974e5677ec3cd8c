#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Atom feeds by the rules of RFC 4287.
use v5.36;
use utf8;
use FindBin qw($Bin);
use MIME::Base64 qw(encode_base64);
use lib "$Bin/..";
use Mdash;
use Mdash::Publish qw(publish publish_set spec);
use Test::More;
use XML::LibXML;
use XML::LibXML::XPathContext;

my $mdash = Mdash->new(areas => [qw(auth ingest services)]);
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $atom = 'http://www.w3.org/2005/Atom';

sub get ($path) { return $admin->get("/api/v1/$path") }

# The feed as a document, or nothing when it is not well-formed.
sub parsed ($answer) {
	my $document = eval { XML::LibXML->load_xml(string => $answer->{content},
		no_network => 1, load_ext_dtd => 0) } or return;
	my $path = XML::LibXML::XPathContext->new($document);
	$path->registerNs(a => $atom);
	return $path;
}

my $date = qr{^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$};
my $iri = qr{^https?://[^\s<>"{}|\\^`]+$};

# What RFC 4287 asks of a feed (4.1.1) or an entry (4.1.2), in words.
sub faults_of ($path, $node, $what) {
	my @found;
	for my $name (qw(id title updated)) {
		my $count = $path->findnodes("a:$name", $node)->size;
		push @found, "$what has $count $name" if $count != 1;
	}
	push @found, "$what has no author with a name"
		if !$path->findnodes('a:author/a:name', $node)->size;
	push @found, "$what: its id is no IRI"
		if $path->findvalue('a:id', $node) !~ $iri;
	push @found, "$what: updated is no time"
		if $path->findvalue('a:updated', $node) !~ $date;
	push @found, "$what: its title is empty"
		if $path->findvalue('a:title', $node) eq '';
	push @found, map { "$what: $_ is no address" } grep { $_ !~ $iri }
		map { $_->value } $path->findnodes('a:link/@href', $node);
	push @found, "$what has more than one alternate link"
		if $path->findnodes('a:link[@rel="alternate"]', $node)->size > 1;
	return @found;
}

sub faults ($answer) {
	return "status $answer->{status}" if $answer->{status} != 200;
	return $answer->{headers}{'content-type'}
		if $answer->{headers}{'content-type'} !~ m{^application/atom\+xml\b};
	my $path = parsed($answer) or return "not well-formed: $@";
	my ($feed) = $path->findnodes('/a:feed') or return 'no feed';
	my @found = faults_of($path, $feed, 'feed');
	push @found, 'feed has no link to itself'
		if $path->findvalue('a:link[@rel="self"]/@href', $feed)
			ne $path->findvalue('a:id', $feed);
	my (%ids, $before);
	for my $entry ($path->findnodes('a:entry', $feed)) {
		my $id = $path->findvalue('a:id', $entry);
		push @found, faults_of($path, $entry, "entry $id");
		push @found, "two entries are $id" if $ids{$id}++;
		push @found, "$id: content is no plain text"
			if $path->findvalue('a:content/@type', $entry) ne 'text'
			|| $path->findnodes('a:content/*', $entry)->size;
		my $time = $path->findvalue('a:updated', $entry);
		push @found, "$id is newer than the one before"
			if defined $before && $time gt $before;
		$before = $time;
	}
	push @found, 'feed is not as new as its newest entry'
		if %ids && $path->findvalue('a:updated', $feed)
			ne $path->findvalue('a:entry[1]/a:updated', $feed);
	return join "\n", @found;
}

# --- one service -------------------------------------------------------------

publish($ci, 'alpha', spec('alpha'), commit => '<b>&"\'', branch => 'x');
publish($ci, 'alpha', spec('alpha', '"odd <key>&"' => '"]]>"'),
	runUrl => 'https://ci.example/run?a=1&b=2');
publish($ci, 'alpha', "serviceID: alpha\ntier: 9\n");
my $answer = get('services/alpha/activity.atom');
is faults($answer), '', 'the feed of a service is valid';
my $path = parsed($answer);
is $path->findvalue('/a:feed/a:id'), $mdash->origin
	. '/api/v1/services/alpha/activity.atom', 'it is named by its address';
is $path->findvalue('/a:feed/a:link[@rel="alternate"]/@href'),
	$mdash->origin . '/services/alpha', 'and leads to the page';
is $path->findnodes('//a:entry')->size, 3, 'with an entry for each event';
is $path->findvalue('//a:entry[2]/a:title'),
	'alpha has changed: odd <key>&', 'whatever a spec may hold is only text';
is $path->findvalue('//a:entry[2]/a:link[@rel="related"]/@href'),
	'https://ci.example/run?a=1&b=2', 'an entry links to its CI run';
like $path->findvalue('//a:entry[3]/a:content'), qr{Commit: <b>&"'},
	'and names the commit';
like $path->findvalue('//a:entry[1]/a:title'), qr/refused/,
	'what was refused is told';
my @ids = map { $_->textContent } $path->findnodes('//a:entry/a:id');
publish($ci, 'alpha', spec('alpha', tier => 3));
is_deeply [map { $_->textContent } (parsed(get('services/alpha/activity.atom'))
	->findnodes('//a:entry/a:id'))[1 .. 3]], \@ids,
	'entries keep their names for ever';

# Characters that XML cannot hold, straight into the log.
$mdash->sql(q{SELECT event_append('service.updated', 'service', 'alpha', 'red',
	E'user:\u0001\uFFFE\u0008x', now(), '{"changed": ["a\\u0002b"]}')});
$answer = get('services/alpha/activity.atom');
is faults($answer), '', 'control characters do not break it';
like parsed($answer)->findvalue('//a:entry[1]/a:author/a:name'),
	qr/^user:\x{FFFD}\x{FFFD}\x{FFFD}x$/, 'they are replaced';

publish($ci, 'alpha', spec('alpha', tier => 1 + $_ % 4)) for 1 .. 60;
is parsed(get('services/alpha/activity.atom'))->findnodes('//a:entry')->size, 50,
	'a feed holds the newest 50';

publish($ci, 'alpha', spec('alpha', map { ("決済-$_-" . 'k' x 30 => $_) } 1 .. 9)
	=~ s/([^\x00-\x7f]+)/my $t = $1; utf8::encode($t); $t/ger);
my $long = parsed(get('services/alpha/activity.atom'));
like $long->findvalue('//a:entry[1]/a:title'), qr/^alpha has changed: 決済-1-k+, .{1,90}…$/,
	'of much that changed the title has the beginning';
like $long->findvalue('//a:entry[1]/a:content'), qr/決済-9-/, '  and the content all';

# --- one team --------------------------------------------------------------------

my $text = spec('beta', teamName => '決済&#1');
utf8::encode($text);
publish($ci, 'beta', $text);
publish($ci, 'gamma', spec('gamma', teamName => 'blue'));
publish($ci, 'delta', spec('delta', teamName => 'blue'));
$answer = get('teams/blue/activity.atom');
is faults($answer), '', 'the feed of a team is valid';
is_deeply [map { $_->textContent } parsed($answer)->findnodes(
	'//a:entry/a:title')], ['delta is new in the catalogue',
	'gamma is new in the catalogue'], 'with what happened to its services';
$answer = get('teams/%E6%B1%BA%E6%B8%88%26%231/activity.atom');
is faults($answer), '', 'any name of a team makes a valid feed';
is parsed($answer)->findvalue('/a:feed/a:title'), 'Activity of 決済&#1',
	'which is shown as it is';
is parsed($answer)->findvalue('/a:feed/a:id'), $mdash->origin
	. '/api/v1/teams/%E6%B1%BA%E6%B8%88%26%231/activity.atom',
	'and encoded in its address';

# A message that names neither a service nor a publisher, but the team.
$ci->post('/api/v1/ingest/pubsub', {subscription => 's', message => {messageId => '1',
	data => encode_base64("teamName: blue\n", '')}});
$answer = get('teams/blue/activity.atom');
is faults($answer), '', 'a refused message makes a valid entry';
is parsed($answer)->findvalue('//a:entry[1]/a:title'),
	'an unknown publisher has a publish that was refused', '  which says so';
is parsed($answer)->findvalue('//a:entry[1]/a:link[@rel="alternate"]/@href'),
	$mdash->origin . '/publishes', '  and leads to the failed publishes';

$mdash->user('aoi', teams => ['quiet']);
$answer = get('teams/quiet/activity.atom');
is faults($answer), '', 'nothing has happened: valid all the same';
is parsed($answer)->findnodes('//a:entry')->size, 0, 'without entries';

# --- the rest -----------------------------------------------------------------------

is get('teams/nobody/activity.atom')->{status}, 404, 'no team, no feed';
is get('services/nothing/activity.atom')->{status}, 404, 'no service, no feed';
is get('services/alpha/activity.atom?limit=3')->{status}, 422,
	'a feed takes no parameters';
my $etag = get('teams/blue/activity.atom')->{headers}{etag};
is $admin->get('/api/v1/teams/blue/activity.atom', 'if-none-match' => $etag)
	->{status}, 304, 'a feed that did not change is not sent again';

done_testing;
