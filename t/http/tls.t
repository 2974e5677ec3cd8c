#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# nginx/render: where it listens without TLS and where it will not, what it does
# not let into nginx's configuration; and TLS itself, on loopback.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use File::Temp qw(tempdir);
use Mdash;
use Mdash::Check qw(program skip_or_fail);
use Mdash::Process qw(wait_until);
use Mdash::Raw qw(exchange);
use POSIX ();
use Test::More;

for my $tool (qw(openssl curl)) {
	program($tool) or skip_or_fail("$tool is not installed");
}

# Runs a program: {status, out, err}.
my $dir = tempdir(CLEANUP => 1);
sub run (@command) {
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', "$dir/out";
		open STDERR, '>', "$dir/err";
		exec { $command[0] } @command or POSIX::_exit(127);
	}
	waitpid $pid, 0;
	my %result = (status => $? >> 8);
	for my $name (qw(out err)) {
		open my $in, '<', "$dir/$name" or die $!;
		local $/;
		$result{$name} = <$in> // '';
	}
	return \%result;
}

for my $name ('tls', 'other') {
	is run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
		'-nodes', '-days', '2', '-subj', "/CN=$name", '-addext',
		'subjectAltName=IP:127.0.0.1,DNS:localhost', '-keyout', "$dir/$name.key", '-out',
		"$dir/$name.crt")->{status}, 0, "a certificate, $name";
}
chmod 0755, $dir;
chmod 0644, glob "$dir/*.key"; # nginx is somebody else here

# --- what render makes and what it refuses -----------------------------------------

my $render = "$Bin/../../nginx/render";
my $made = 0;
sub render (%option) {
	my $out = "$dir/made-" . ++$made;
	my %all = (out => $out, listen => '127.0.0.1:8080', run => '/run/mdash', page => '/p',
		schemas => '/s', state => '/var/lib/x', origin => 'http://127.0.0.1:8080', %option);
	my $result = run($render, map { ("--$_", $all{$_}) }
		grep { defined $all{$_} } sort keys %all);
	if (open my $in, '<', "$out/nginx.conf") {
		local $/;
		$result->{conf} = <$in>;
	}
	return $result;
}

my @tls = ('tls-cert' => "$dir/tls.crt", 'tls-key' => "$dir/tls.key");
for my $address (qw(127.0.0.1:8080 127.1.2.3:80 [::1]:8080 localhost:8080)) {
	my $result = render(listen => $address);
	is $result->{status}, 0, "on $address without TLS" or diag $result->{err};
	like $result->{conf}, qr/^        listen \Q$address\E;$/m, '  as asked for';
}
for my $address (qw(0.0.0.0:80 [::]:80 10.0.0.1:80 192.0.2.1:8080 0127.0.0.1:80 128.0.0.1:80
	[::ffff:127.0.0.1]:80 [2001:db8::1]:80)) {
	my $result = render(listen => $address);
	is $result->{status}, 1, "not on $address without TLS";
	like $result->{err}, qr/not a loopback address.*session cookie.*--tls-cert/s,
		'  with the reason, and what to do';
	is $result->{conf}, undef, '  and nothing is made';
	$result = render(listen => $address, @tls, origin => 'https://mdash.example');
	is $result->{status}, 0, '  but with it' or diag $result->{err};
	like $result->{conf}, qr/listen \Q$address\E ssl http2 default_server;/, '  for all names';
}
for my $case (
	['no port', {listen => '127.0.0.1'}, qr/ADDR:PORT/],
	['a port alone', {listen => '8080'}, qr/ADDR:PORT/],
	['all addresses by a star', {listen => '*:80'}, qr/ADDR:PORT/],
	['a name', {listen => 'mdash.example:80'}, qr/ADDR:PORT/],
	['port 0', {listen => '127.0.0.1:0'}, qr/from 1 to 65535/],
	['port 65536', {listen => '127.0.0.1:65536'}, qr/from 1 to 65535/],
	['more after the port', {listen => '127.0.0.1:80 default_server'}, qr/ADDR:PORT/],
	['a certificate without its key', {'tls-cert' => "$dir/tls.crt",
		origin => 'https://x'}, qr/--tls-key/],
	['a key without its certificate', {'tls-key' => "$dir/tls.key",
		origin => 'https://x'}, qr/--tls-cert/],
	['a certificate that is not there', {@tls, 'tls-cert' => "$dir/none",
		origin => 'https://x'}, qr/cannot read/],
	['TLS and an origin without', {@tls}, qr/https:/],
	['an origin with a path', {origin => 'http://x/y'}, qr/scheme, host and port/],
	['an origin of another scheme', {origin => 'ftp://x'}, qr/scheme, host and port/],
	['an origin with a user', {origin => 'http://u@x'}, qr/scheme, host and port/],
	['no origin', {origin => undef}, qr/--origin is missing/],
	['a folder that is relative', {run => 'run'}, qr/absolute/],
	['a folder with a colon', {run => '/a:b'}, qr/colon/],
	['a folder that is too long', {run => '/' . 'a' x 92}, qr/too long/],
	['no rate', {'api-rate' => 0}, qr/number/],
	['a rate that is none', {'api-rate' => '1r/s; x'}, qr/cannot/],
	['a length that is none', {'stream-seconds' => '-1'}, qr/number/],
	map({ my $text = $_; ["a folder with " . ($text =~ s/\n/a line end/r),
		{page => "/x$text"}, qr/character that nginx/] } '"', "'", ';', '{', '}', '$', '\\', "\n"),
) {
	my ($what, $option, $reason) = @$case;
	my $result = render(%$option);
	isnt $result->{status}, 0, "$what is refused";
	like $result->{err}, $reason, '  with the reason';
	is $result->{conf}, undef, '  and nothing is made';
}

my %same = (out => "$dir/same");
render(%same);
utime 1, 1, glob "$dir/same/*";
render(%same, 'api-rate' => 7);
is join(' ', map { s{.*/}{}r } grep { (stat)[9] != 1 } glob "$dir/same/*"), 'gate.conf limits.conf server.conf',
	'files that do not change keep their time';

my $left = run('grep', '-rlE', '@[A-Z_]+@', "$dir/same");
is $left->{out}, '', 'every value is filled in';

# What this nginx was built with, in place of which others can be.
my $built = run(program('nginx'), '-V')->{err};
mkdir "$dir/bin";
sub render_with ($text) {
	open my $out, '>', "$dir/bin/nginx" or die $!;
	print $out "#!/bin/sh\ncat >&2 <<'TXT'\n$text\nTXT\n";
	close $out;
	chmod 0755, "$dir/bin/nginx";
	local $ENV{PATH} = "$dir/bin:$ENV{PATH}";
	return render();
}
for my $module (qw(http_auth_request http_gzip_static http_ssl http_v2)) {
	my $result = render_with($built =~ s/--with-${module}_module//r);
	like $result->{err}, qr/built without ${module}_module/, "nginx without $module is refused";
}
is render_with($built =~ s{(client-body-temp-path=)\S+}{$1$dir/made/bodies}r)->{status}, 0,
	'the folder that nchan wants';
ok -d "$dir/made/bodies", '  is made';
like render_with($built =~ s{(client-body-temp-path=)\S+}{$1/proc/none}r)->{err},
	qr{needs the folder /proc/none; as root: mkdir}, '  or asked for';

# --- TLS -------------------------------------------------------------------------------

my $port = Mdash::free_port();
my $origin = "https://127.0.0.1:$port";
my $mdash = Mdash->new(areas => [qw(auth services)], port => $port, origin => $origin,
	render => ['--tls-cert', "$dir/tls.crt", '--tls-key', "$dir/tls.key"]);
sub curl (@arguments) {
	my $result = run('curl', '-sS', '-i', '--max-time', '10', '--noproxy', '*', '--cacert',
		"$dir/tls.crt", '-w', '%{stderr}%{http_version}', @arguments);
	my ($status) = $result->{out} =~ m{^HTTP/\S+ (\d+)};
	return {%$result, code => $status // 0};
}

my $answer = curl("$origin/healthz");
is $answer->{code}, 200, 'it is served by TLS' or diag $answer->{err};
is $answer->{err}, '2', 'and HTTP/2';
like $answer->{out}, qr/^strict-transport-security: max-age=31536000\r$/m,
	'browsers are told to stay with it';
is curl('--http1.1', "$origin/healthz")->{code}, 200, 'HTTP/1.1 is spoken, too';
is curl('--tls-max', '1.2', "$origin/healthz")->{code}, 200, 'by TLS 1.2 at least';
isnt curl('--tls-max', '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0', "$origin/healthz")->{status}, 0,
	'not by TLS 1.1';
isnt run('curl', '-sS', '--max-time', '10', '--noproxy', '*', '--cacert', "$dir/other.crt",
	"$origin/healthz")->{status}, 0, 'under the certificate that was given and no other';
{
	local $mdash->{environment} = {MDASH_DATABASE => $mdash->conninfo};
	like $mdash->mdash('doctor')->{out},
		qr/^FAIL  nginx outside .*\n +-> .*trust who signed it/m,
		'the doctor says what a machine lacks that does not know who signed it';
}
is curl('-H', 'Host: evil.example', "$origin/")->{code}, 421, 'another name is nobody\'s';

my ($plain) = exchange($mdash, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:$port\r\n\r\n")
	->{answers}->@*;
is $plain->{status}, 400, 'plain HTTP at this port is refused';
is $plain->{json}{type}, '/problems/bad-request', '  by a problem document';

my $password = $mdash->user('anna');
sub sign_in ($from) {
	return curl('-X', 'POST', '-H', 'Content-Type: application/json', '-H', "Origin: $from",
		'-d', qq({"username":"anna","password":"$password"}), "$origin/auth/login");
}
$answer = sign_in($origin);
is $answer->{code}, 200, 'signing in';
my ($cookie) = $answer->{out} =~ /^set-cookie: (__Host-md_sid=\w+);.* Secure;/mi;
ok $cookie, '  gives a cookie that is for TLS alone';
is curl('-H', "Cookie: $cookie", "$origin/api/v1/services")->{code}, 200, '  which lets in';
is sign_in("http://127.0.0.1:$port")->{code}, 403, 'the page without TLS is another site';

done_testing;
