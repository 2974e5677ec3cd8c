# SPDX-License-Identifier: Apache-2.0
package Bench::Hello;

# What everything is measured against: nginx and a FastCGI program that answers
# constant bytes, with as many workers as the handler it stands beside.
use v5.36;
use File::Basename qw(basename);
use Mdash::Check qw(program);
use Mdash::Process qw(wait_until);
use HTTP::Tiny;

# new(place => ..., name => 'detail', body => BYTES, workers => 4)
sub new ($class, %self) {
	my $place = $self{place};
	my $self = bless {%self, port => Mdash::free_port()}, $class;
	my $name = "hello-$self->{name}";
	$self->{dir} = $place->folder($name);
	open my $file, '>:raw', "$self->{dir}/body" or die $!;
	print $file $self->{body};
	close $file or die $!;
	$place->write("$name/nginx.conf", $self->_nginx_conf);
	$self->{fcgi} = Mdash::Process->new($place,
		log => "$self->{dir}/fcgi.log",
		command => [$place->as_server('spawn-fcgi', '-n', '-b', 1024, '-s',
			"$self->{dir}/sock", '--', program('multiwatch'), '-f',
			$self->{workers}, '-s', 'TERM', '--',
			$place->build . '/bench/hello', "$self->{dir}/body")]);
	$self->{nginx} = Mdash::Process->new($place,
		log => "$self->{dir}/nginx.log",
		signal => 'QUIT',
		command => [$place->as_server(program('nginx'), '-p', $self->{dir},
			'-c', "$self->{dir}/nginx.conf", '-e', 'stderr', '-g',
			'daemon off;')]);
	wait_until(10, sub { HTTP::Tiny->new->get($self->url)->{success} })
		or die "$name does not answer, see $self->{dir}\n";
	return $self;
}

sub url ($self) { return "http://127.0.0.1:$self->{port}/" }
sub pids ($self) { return map { $_->pid } @$self{qw(fcgi nginx)} }

sub stop ($self) {
	$_->stop for @$self{qw(nginx fcgi)};
	return;
}

sub _nginx_conf ($self) {
	my $dir = $self->{dir};
	my $temp = join '', map { "\t${_}_temp_path $dir/$_;\n" }
		qw(client_body proxy fastcgi uwsgi scgi);
	return <<~CONF;
		worker_processes auto;
		pid $dir/nginx.pid;
		events { worker_connections 2048; }
		http {
		$temp
			access_log off;
			keepalive_requests 1000000;
			server {
				listen 127.0.0.1:$self->{port} backlog=1024;
				location / {
					fastcgi_pass unix:$dir/sock;
					fastcgi_param REQUEST_METHOD \$request_method;
					fastcgi_param CONTENT_TYPE \$content_type;
					fastcgi_param CONTENT_LENGTH \$content_length;
				}
			}
		}
		CONF
}

1;
