package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Limits;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.contracts.policy.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program that behaves, or misbehaves, on order. It is a script for the system's Python, which says by its first line what
 * runs it. Arguments: {@code deaf} minds no TERM, {@code user} ends on USR1 alone, {@code child} leaves a process behind that
 * ends on TERM, {@code deaf-child} one that does not, {@code sick} is never healthy, {@code ends} ends at once, {@code mute} opens no port. Paths: {@code /health}, {@code /where} its folder and arguments,
 * {@code /slow} answers after two seconds, {@code /files} how many it could open, {@code /take?MB} takes memory,
 * {@code /rights} who it is, {@code /try?MODE=FILE} whether it may open a file, {@code /link?PATH} leaves a link and folders.
 */
public final class ServingProgram {
    public static final Path PYTHON = Path.of("/usr/bin/python3");

    private static final String SOURCE = """
            #!/usr/bin/python3
            import http.server, os, signal, subprocess, sys, threading, time

            kept = []
            order = sys.argv[-1]
            if order == "ends":
                sys.exit(3)
            if order == "mute":
                time.sleep(600)

            def stop(*_):
                threading.Thread(target=server.shutdown).start()

            class Serving(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    status, body = 200, "ok"
                    if self.path == "/where":
                        body = os.getcwd() + "\\n" + "\\n".join(sys.argv)
                    if self.path == "/slow":
                        kept.append("asked")
                        print("slow", flush=True)
                        time.sleep(2)
                    if self.path == "/rights":
                        wanted = ("Uid:", "Gid:", "CapEff:", "NoNewPrivs:")
                        told = [line.split() for line in open("/proc/self/status")]
                        body = "\\n".join(" ".join(line[:2]) for line in told if line[:1] and line[0] in wanted)
                    if self.path.startswith("/try?"):
                        mode, _, path = self.path[5:].partition("=")
                        try:
                            open(path, mode).close()
                        except OSError as refused:
                            status, body = 403, type(refused).__name__
                    if self.path.startswith("/link?"):
                        os.symlink(self.path[6:], "link")
                        os.makedirs("deep/deeper")
                        open("deep/deeper/file", "w").close()
                    if self.path == "/health" and order == "sick":
                        status = 503
                    if self.path == "/files":
                        import resource
                        body = str(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
                    if self.path.startswith("/take?"):
                        try:
                            kept.append(bytearray(int(self.path[6:]) << 20))
                        except MemoryError:
                            status, body = 507, "no memory"
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body.encode())

            class Server(http.server.ThreadingHTTPServer):
                daemon_threads = False

            server = Server(("127.0.0.1", int(os.environ["PORT"])), Serving)
            signal.signal(signal.SIGTERM, signal.SIG_IGN if order in ("deaf", "user") else stop)
            signal.signal(signal.SIGUSR1, stop)
            if order in ("child", "deaf-child"):
                left = "import signal, time; %s; time.sleep(600)"
                how = "signal.signal(signal.SIGTERM, signal.SIG_IGN)" if order == "deaf-child" else "pass"
                child = subprocess.Popen([sys.executable, "-c", left % how])
                print("child", child.pid, flush=True)
            server.serve_forever()
            server.server_close()
            print("ended", flush=True)
            """;

    private ServingProgram() {}

    /** Held to few open files, and given time to end. */
    public static Target target(String... command) {
        return new Target(
                "process",
                List.of(command),
                "PORT",
                "/health",
                false,
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                new Stop(Stop.Signal.TERM, Duration.ofSeconds(20)),
                new Limits(null, null, 64, null),
                null);
    }

    /** @return an executable file */
    public static Path write(Path file) throws IOException {
        Files.writeString(file, SOURCE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
