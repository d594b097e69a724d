package dev.slipway.platform;

import dev.slipway.platform.inbox.Inbox;
import dev.slipway.platform.inbox.InboxSettings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Broker, store and inbox, started side by side in this JVM. {@code Platform.start(PlatformSettings.in(directory))} is a
 * complete platform on free ports.
 */
public final class Platform implements AutoCloseable {
    private final Deque<Runnable> closers;
    private final EmbeddedBroker broker;
    private final EmbeddedStore store;
    private final Inbox inbox;

    private Platform(Deque<Runnable> closers, EmbeddedBroker broker, EmbeddedStore store, Inbox inbox) {
        this.closers = closers;
        this.broker = broker;
        this.store = store;
        this.inbox = inbox;
    }

    /** @throws PlatformException if a part cannot start; none is left running then */
    public static Platform start(PlatformSettings settings) {
        return start(settings, _ -> {});
    }

    /** @param onFailure hears when a part breaks later on and cannot go on; the platform should be ended then */
    public static Platform start(PlatformSettings settings, Consumer<String> onFailure) {
        QuietLogs.keep();
        Deque<Runnable> closers = new ConcurrentLinkedDeque<>();
        closers.push(HomeLock.take(settings.home())::close);
        try {
            Platform platform = startParts(settings, onFailure, closers);
            platform.createTopics(settings.topics());
            return platform;
        } catch (CompletionException e) {
            closeAll(closers);
            throw e.getCause() instanceof PlatformException known ? known : e;
        } catch (RuntimeException e) {
            closeAll(closers);
            throw e;
        }
    }

    private static Platform startParts(PlatformSettings settings, Consumer<String> onFailure, Deque<Runnable> closers) {
        BrokerFaults.tell(onFailure);
        Path home = settings.home();
        try (ExecutorService starters =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var broker = starting(
                    starters,
                    closers,
                    EmbeddedBroker::close,
                    () -> EmbeddedBroker.start(
                            home.resolve("kafka"),
                            settings.kafkaPort(),
                            settings.controllerPort(),
                            settings.listening()));
            var store = starting(
                    starters,
                    closers,
                    EmbeddedStore::close,
                    () -> EmbeddedStore.start(
                            home.resolve("mongodb"),
                            settings.mongoPort(),
                            settings.listening(),
                            e -> onFailure.accept("the store does not commit (" + e.getMessage() + ")")));
            var inbox = starting(starters, closers, Inbox::close, () -> startInbox(settings));
            return new Platform(closers, broker.join(), store.join(), inbox.join());
        }
    }

    private static Inbox startInbox(PlatformSettings settings) {
        Ports.requireFree(settings.smtpPort(), "--smtp-port");
        Ports.requireFree(settings.slackPort(), "--slack-port");
        Path directory = settings.home().resolve("inbox");
        try {
            return Inbox.start(
                    InboxSettings.in(directory, settings.smtpPort(), settings.slackPort()),
                    Clock.systemUTC(),
                    settings.listening().address());
        } catch (UncheckedIOException e) {
            throw PlatformException.notWritable(directory, e);
        }
    }

    /** What has started is noted for closing at once, because another part may fail. */
    private static <T> CompletableFuture<T> starting(
            Executor executor, Deque<Runnable> closers, Consumer<T> close, Supplier<T> start) {
        return CompletableFuture.supplyAsync(
                () -> {
                    T part = start.get();
                    closers.push(() -> close.accept(part));
                    return part;
                },
                executor);
    }

    /** Address for {@code bootstrap.servers}. */
    public String kafka() {
        return broker.bootstrapServers();
    }

    /** Connection string without a database, such as {@code mongodb://127.0.0.1:27017}. */
    public String mongodb() {
        return store.connectionString();
    }

    /** Connection string for one database, with the options that the embedded store needs. */
    public String mongodb(String database) {
        return mongodb() + "/" + database + "?retryWrites=false";
    }

    /** Port of the inbox's mail server on 127.0.0.1. */
    public int smtpPort() {
        return inbox.smtpPort();
    }

    /** Base address of the inbox: Slack's methods are under {@code /api/}, {@code GET /inbox} shows what came in. */
    public String slackUrl() {
        return inbox.slackUrl();
    }

    public PlatformAddresses addresses() {
        return new PlatformAddresses(kafka(), mongodb(), Ports.HOST + ":" + smtpPort(), slackUrl());
    }

    /** Creates the topics that are missing; those that exist stay as they are. */
    public void createTopics(Collection<TopicSpec> topics) {
        Topics.create(kafka(), topics);
    }

    /** Stops the parts, the latest first; what one of them throws does not keep the others running. */
    @Override
    public void close() {
        closeAll(closers);
    }

    private static void closeAll(Deque<Runnable> closers) {
        RuntimeException first = null;
        while (!closers.isEmpty()) {
            try {
                closers.pop().run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
