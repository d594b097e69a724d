package dev.slipway.cli.shell;

import java.time.Duration;
import java.util.function.Supplier;

/** Asks again while Slipway does not answer: a service may be starting anew, and what is asked here may be asked twice. */
public final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Patience() {}

    public static <T> T with(Supplier<T> question) {
        Deadline deadline = Deadline.in(LIMIT);
        while (true) {
            try {
                return question.get();
            } catch (CommandFailed failed) {
                if (failed.exitCode() != ExitCode.UNREACHABLE || deadline.passed()) {
                    throw failed;
                }
                Deadline.pause(PAUSE);
            }
        }
    }

    public static void during(Runnable request) {
        with(() -> {
            request.run();
            return true;
        });
    }
}
