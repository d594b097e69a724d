package dev.slipway.deployment.target;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.Target;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A tiny HTTP program, built with the JDK that the test runs on. */
public final class SampleBuild {
    private static final String SOURCE = """
            import com.sun.net.httpserver.HttpServer;
            import java.io.File;
            import java.net.InetAddress;
            import java.net.InetSocketAddress;
            import java.nio.charset.StandardCharsets;

            public class Sample {
                private static volatile String mood = "ready";
                private static final java.util.List<byte[]> KEPT = new java.util.ArrayList<>();

                private static void keep(int megabytes) {
                    byte[] more = new byte[megabytes << 20];
                    java.util.Arrays.fill(more, (byte) 1);
                    KEPT.add(more);
                }

                private static void leak() {
                    try {
                        for (int i = 0; i < 40; i++) {
                            Thread.sleep(500);
                            keep(10);
                        }
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                }

                public static void main(String[] args) throws Exception {
                    String behaviour = args.length == 0 ? "good" : args[0];
                    System.out.println("sample " + behaviour);
                    if (behaviour.equals("ends")) {
                        System.exit(3);
                    }
                    if (behaviour.equals("eats")) {
                        keep(200);
                    }
                    if (behaviour.equals("leaks")) {
                        Thread.ofPlatform().daemon().start(Sample::leak);
                    }
                    if (behaviour.equals("slow")) {
                        Thread.sleep(4_000);
                    }
                    if (new File("loop").exists()) {
                        System.out.println("cannot go on, password=hunter2hunter2");
                        System.exit(3);
                    }
                    int port = Integer.parseInt(System.getenv("PORT"));
                    HttpServer server =
                            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
                    server.createContext("/health", exchange -> {
                        boolean well = mood.equals("ready") && !behaviour.equals("sick");
                        exchange.sendResponseHeaders(well ? 200 : 503, -1);
                        exchange.close();
                    });
                    server.createContext("/live", exchange -> {
                        exchange.sendResponseHeaders(mood.equals("hung") ? 500 : 200, -1);
                        exchange.close();
                    });
                    server.createContext("/become", exchange -> {
                        mood = exchange.getRequestURI().getQuery();
                        if (mood.equals("looping")) {
                            new File("loop").createNewFile();
                        }
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                        if (mood.equals("looping")) {
                            System.exit(3);
                        }
                    });
                    if (!behaviour.equals("mute")) {
                        long begun = System.nanoTime();
                        server.createContext("/metrics", exchange -> {
                            long requests = (System.nanoTime() - begun) / 20_000_000;
                            byte[] body = ("queue_depth{queue=\\"mail\\"} %d\\nqueue_depth{queue=\\"print\\"} 7\\n"
                                            + "misses_total %d\\nrequests_total %d\\n")
                                    .formatted(
                                            behaviour.equals("queues") ? 300 : 3,
                                            requests / (behaviour.equals("misses") ? 2 : 10),
                                            requests)
                                    .getBytes(StandardCharsets.UTF_8);
                            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
                            exchange.sendResponseHeaders(200, body.length);
                            exchange.getResponseBody().write(body);
                            exchange.close();
                        });
                    }
                    server.createContext("/environment", exchange -> {
                        byte[] body = String.join(",", System.getenv().keySet()).getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
                    server.start();
                }
            }
            """;

    private static final Map<String, byte[]> classes = new TreeMap<>();

    private SampleBuild() {}

    /** Builds a jar whose digest is its version's own. */
    public static Artifact jar(Path directory, String version) {
        try {
            Path jar = directory.resolve("sample-" + version + ".jar");
            pack(compiled(), jar, version);
            return new Artifact(jar.toUri(), digest(jar));
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    /** Compiled once in this JVM. */
    private static synchronized Map<String, byte[]> compiled() throws IOException {
        if (classes.isEmpty()) {
            Path work = Files.createTempDirectory("sample");
            Path source = Files.writeString(work.resolve("Sample.java"), SOURCE);
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-d", work.toString(), source.toString());
            if (result != 0) {
                throw new IllegalStateException("The sample does not compile");
            }
            try (Stream<Path> files = Files.list(work)) {
                for (Path file : files.toList()) {
                    if (file.toString().endsWith(".class")) {
                        classes.put(file.getFileName().toString(), Files.readAllBytes(file));
                    }
                    Files.delete(file);
                }
            }
            Files.delete(work);
        }
        return classes;
    }

    private static void pack(Map<String, byte[]> classes, Path jar, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Sample");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> each : classes.entrySet()) {
                entries.putNextEntry(new JarEntry(each.getKey()));
                entries.write(each.getValue());
                entries.closeEntry();
            }
        }
    }

    public static Digest digest(Path file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return new Digest("sha256:" + HexFormat.of().formatHex(hash));
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public static Target target(String behaviour) {
        return new Target(
                "process",
                List.of("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", "{artifact}", behaviour),
                "PORT",
                "/health");
    }

    /** The same, that tells its own metrics. */
    public static Target telling(String behaviour) {
        Target target = target(behaviour);
        return new Target(
                target.type(),
                target.command(),
                target.portEnv(),
                target.health(),
                false,
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                new MetricsAddress("/metrics", null));
    }

    /** The same, looked at often. */
    public static Target looked(String behaviour) {
        Target target = target(behaviour);
        return new Target(
                target.type(),
                target.command(),
                target.portEnv(),
                target.health(),
                false,
                null,
                Map.of(),
                Map.of(),
                new HealthChecks(
                        "/health",
                        "/live",
                        null,
                        null,
                        Duration.ofMillis(200),
                        Pace.patience(Duration.ofSeconds(2)),
                        1,
                        3),
                null,
                null,
                null,
                null);
    }

    /** An administrator's list that allows this JDK's java. */
    public static Path allowJava(Path directory) {
        try {
            return Files.writeString(
                    directory.resolve("programs.properties"),
                    "java=" + Path.of(System.getProperty("java.home"), "bin", "java") + "\n");
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }
}
