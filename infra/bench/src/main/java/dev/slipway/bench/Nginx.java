package dev.slipway.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * nginx as the measure: one worker that draws the side of each request ({@code split_clients}), keeps its connections to
 * the version, and writes no log. It listens on 127.0.0.1 and keeps everything in a folder that is its own.
 */
final class Nginx implements AutoCloseable {
    private static final int START_TRIES_MAX = 100;
    private static final int PAUSE_MILLIS = 50;
    private static final int END_SECONDS_MAX = 5;
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Process process;
    private final Path folder;
    private final int port;

    private Nginx(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Where it is, if it is. */
    static Optional<Path> program() {
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(name -> !name.isBlank())
                .map(name -> Path.of(name, "nginx"));
        return Stream.concat(onPath, Stream.of(Path.of("/usr/sbin/nginx")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Nginx start(Path program, int versionPort) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("slipway-bench-nginx");
        int port = freePort();
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, configuration(folder, port, versionPort));
        Process process = new ProcessBuilder(List.of(
                        program.toString(), "-p", folder.toString(), "-e", "stderr", "-c", configuration.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        Nginx started = new Nginx(process, folder, port);
        for (int tries = 0; !started.answers(); tries++) {
            if (!process.isAlive() || tries == START_TRIES_MAX) {
                String said = Files.readString(folder.resolve("out"));
                started.close();
                throw new IOException("nginx does not start: " + said.strip());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    static String configuration(Path folder, int port, int versionPort) {
        return """
            daemon off;
            master_process off; # one process, which is its own worker and can be ended by its id
            pid %1$s/pid;
            error_log stderr crit;
            events { worker_connections 16384; }
            http {
              access_log off;
              server_tokens off;
              tcp_nodelay on;
              keepalive_requests 1000000000;
              client_max_body_size 0;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              split_clients $request_id $side { 10%% canary; * baseline; }
              upstream baseline { server 127.0.0.1:%3$d; keepalive 1000; keepalive_requests 1000000000; }
              upstream canary { server 127.0.0.1:%3$d; keepalive 1000; keepalive_requests 1000000000; }
              server {
                listen 127.0.0.1:%2$d backlog=8192;
                proxy_http_version 1.1;
                proxy_set_header Host $host;
                proxy_set_header Connection "";
                proxy_max_temp_file_size 0;
                location / { proxy_pass http://$side; }
                location /upload/ { proxy_pass http://$side; proxy_request_buffering off; }
                location /events/ { proxy_pass http://$side; proxy_buffering off; }
                location /echo {
                  proxy_pass http://$side;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection upgrade;
                }
              }
            }
            """.formatted(folder, port, versionPort);
    }

    Target target() {
        return new Target("nginx", "127.0.0.1:" + port, "bench.localhost", "", process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(File::delete);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException left) {
            throw new UncheckedIOException("left behind: " + folder, left);
        }
    }
}
