package dev.slipway.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The users of the sample as a process of their own: {@code --url FRONT[,FRONT] [--rate N] [--clients N] [--stats FILE]}. It
 * ends when it is told to (SIGTERM), or with 3 when the gateway has been silent for a minute.
 */
public final class LoadMain {
    private static final int USAGE = 2;
    private static final int UNREACHABLE = 3;
    private static final Duration SILENCE_MAX = Duration.ofMinutes(1);
    private static final Duration STATISTICS_EVERY = Duration.ofSeconds(2);
    private static final Duration END_MAX = Duration.ofSeconds(3);
    private static final List<String> OPTIONS = List.of("--url", "--rate", "--clients", "--stats");

    private LoadMain() {}

    /** @param statistics where the statistics are written every few seconds, as JSON; null for nowhere */
    record Options(LoadSettings load, @Nullable Path statistics) {}

    public static void main(String[] arguments) {
        Options options;
        try {
            options = parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(USAGE);
            return;
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, ended)));
        int status = run(options, SILENCE_MAX, stop);
        ended.countDown();
        System.exit(status);
    }

    /** The process goes on until its hooks are done, so this is the time that the last statistics have. */
    private static void end(CountDownLatch stop, CountDownLatch ended) {
        stop.countDown();
        try {
            if (!ended.await(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("ended before the last answers were counted");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static Options parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        "usage: --url FRONT[,FRONT] [--rate REQUESTS_A_SECOND] [--clients N] [--stats FILE], not "
                                + arguments[i]);
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        @Nullable String url = values.get("--url");
        if (url == null) {
            throw new IllegalArgumentException("--url is missing: the address of the gateway's front");
        }
        LoadSettings load = LoadSettings.behind(
                        Arrays.stream(url.split(",")).map(URI::create).toList())
                .withRate(Double.parseDouble(values.getOrDefault("--rate", "2")))
                .withClients(Integer.parseInt(values.getOrDefault("--clients", "2000")));
        @Nullable String statistics = values.get("--stats");
        return new Options(load, statistics == null ? null : Path.of(statistics).toAbsolutePath());
    }

    /** Runs until it is told to stop (0) or the gateway has been silent too long (3). */
    static int run(Options options, Duration silenceMax, CountDownLatch stop) {
        try (LiveLoad load = LiveLoad.start(options.load())) {
            while (!stop.await(waitMillis(silenceMax), TimeUnit.MILLISECONDS)) {
                write(load.statistics(), options.statistics());
                if (load.silentFor().compareTo(silenceMax) > 0) {
                    System.err.println("nothing answers at " + options.load().greets() + "; ending");
                    return UNREACHABLE;
                }
            }
            write(load.statistics(), options.statistics());
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static long waitMillis(Duration silenceMax) {
        return Math.min(STATISTICS_EVERY.toMillis(), silenceMax.toMillis());
    }

    /** Whoever reads sees the old statistics or the new, never half of them. */
    private static void write(LoadStatistics statistics, @Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Path unfinished = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(unfinished, JsonMapper.shared().writeValueAsString(statistics));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            System.err.println("statistics cannot be written to " + file + ": " + unwritable);
        }
    }
}
