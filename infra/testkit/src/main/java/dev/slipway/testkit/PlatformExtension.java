package dev.slipway.testkit;

import dev.slipway.platform.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.util.FileSystemUtils;

/**
 * A real broker and store for {@code *IT}: one platform per JVM, on free ports, in a folder of its own that is deleted
 * at the end; inside this JVM or in containers, see {@link PlatformChoice}, and it prints which. Use it as {@code @ExtendWith(PlatformExtension.class)}, or as a static field with
 * {@code @RegisterExtension} to have topics created, and hand {@link #properties} to {@code @DynamicPropertySource}.
 */
public final class PlatformExtension implements BeforeAllCallback {
    private static final int PARTITIONS = 2;
    private static final AtomicInteger databases = new AtomicInteger();
    private static @Nullable TestPlatform platform;

    private final List<TopicSpec> topics;

    public PlatformExtension() {
        this(List.of());
    }

    private PlatformExtension(List<TopicSpec> topics) {
        this.topics = List.copyOf(topics);
    }

    /** Creates these topics, and a dead letter topic beside each. */
    public static PlatformExtension withTopics(String... names) {
        List<TopicSpec> topics = new ArrayList<>();
        Arrays.stream(names).forEach(name -> {
            topics.add(new TopicSpec(name, PARTITIONS, false));
            topics.add(new TopicSpec(name + "-dlt", PARTITIONS, false));
        });
        return new PlatformExtension(topics);
    }

    public static PlatformExtension with(List<TopicSpec> topics) {
        return new PlatformExtension(topics);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        platform().createTopics(topics);
    }

    /** Spring properties that lead a service to this platform, with a database of its own. */
    public static void properties(DynamicPropertyRegistry registry) {
        String mongodb = mongodb(freshDatabase());
        registry.add("spring.kafka.bootstrap-servers", PlatformExtension::kafka);
        registry.add("spring.mongodb.uri", () -> mongodb);
    }

    /** A database name that no test of this JVM used before. */
    public static String freshDatabase() {
        return "test" + databases.incrementAndGet();
    }

    public static String kafka() {
        return platform().kafka();
    }

    public static String mongodb(String database) {
        return platform().mongodb(database);
    }

    public static int smtpPort() {
        return platform().smtpPort();
    }

    /** Base of the Slack-compatible API; {@code GET /inbox} of the same server shows what arrived. */
    public static String slackUrl() {
        return platform().slackUrl();
    }

    private static synchronized TestPlatform platform() {
        TestPlatform running = platform;
        if (running == null) {
            running = start();
            platform = running;
        }
        return running;
    }

    private static TestPlatform start() {
        try {
            Path home = Files.createTempDirectory("slipway-test");
            PlatformChoice choice = PlatformChoice.of(System.getenv(PlatformChoice.VARIABLE), Engine::images);
            TestPlatform started = choice.embedded()
                    ? new EmbeddedTestPlatform(home)
                    : ContainerTestPlatform.start(choice.images(), home);
            System.out.printf("Slipway's tests run on %s (%s)%n", started.description(), choice.why());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, home)));
            return started;
        } catch (IOException noFolder) {
            throw new UncheckedIOException(noFolder);
        }
    }

    private static void end(TestPlatform started, Path home) {
        try {
            started.close();
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
