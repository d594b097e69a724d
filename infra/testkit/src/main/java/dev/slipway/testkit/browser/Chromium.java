package dev.slipway.testkit.browser;

import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.WireJson;
import dev.slipway.platform.Pace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** A headless Chromium with an empty profile. It resolves no name but those of this machine, so nothing else is within its reach. */
public final class Chromium implements AutoCloseable {
    public static final String MISSING =
            "The page was not tried in a browser: Chromium is not installed (apt-get install chromium)";

    private static final Duration START_WITHIN = Pace.patience(Duration.ofSeconds(30));
    private static final Duration END_WITHIN = Pace.patience(Duration.ofSeconds(10));
    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox", // CI runs as root, and what is visited is our own
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost",
            "--remote-debugging-address=127.0.0.1",
            "--remote-debugging-port=0");

    private final Process process;
    private final Path profile;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private Chromium(Process process, Path profile, int port) {
        this.process = process;
        this.profile = profile;
        this.port = port;
    }

    /** Where Chromium is, if it is installed. */
    public static Optional<Path> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return PROGRAMS.stream()
                .flatMap(program ->
                        Arrays.stream(path.split(File.pathSeparator)).map(folder -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** For JUnit's conditions; says so where there is none, because reports hide the reason of what was skipped. */
    public static boolean installed() {
        boolean found = program().isPresent();
        if (!found) {
            LoggerFactory.getLogger(Chromium.class).warn(MISSING);
        }
        return found;
    }

    public static Chromium start(Path program) {
        try {
            Path profile = Files.createTempDirectory("slipway-chromium");
            List<String> command = new ArrayList<>(List.of(program.toString()));
            command.addAll(FLAGS);
            command.add("--user-data-dir=" + profile);
            command.add("about:blank");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Path told = profile.resolve("DevToolsActivePort");
            await().atMost(START_WITHIN)
                    .until(() -> Files.exists(told) && !Files.readString(told).isBlank());
            return new Chromium(
                    process, profile, Integer.parseInt(Files.readAllLines(told).getFirst()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new empty tab in a session of its own, which shares nothing with other tabs. */
    public Tab tab() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(BodyPublishers.noBody())
                .build();
        try {
            String answer = client.send(request, BodyHandlers.ofString()).body();
            URI socket = URI.create(WireJson.mapper()
                    .readTree(answer)
                    .path("webSocketDebuggerUrl")
                    .asString());
            return Tab.connect(client, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        await().atMost(END_WITHIN)
                .ignoreExceptions()
                .until(() -> FileSystemUtils.deleteRecursively(profile) || Files.notExists(profile));
    }
}
