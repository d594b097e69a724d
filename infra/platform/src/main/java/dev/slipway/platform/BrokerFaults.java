package dev.slipway.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Kafka ends the whole process when its broker cannot go on. Here it shares the process with others, so the end is
 * raised as an exception in the thread that met it, and told to whoever runs the platform.
 */
final class BrokerFaults {
    private static volatile Consumer<String> listener = _ -> {};

    private BrokerFaults() {}

    /** Kafka knows one procedure per process, so with several brokers the listener hears of all of them. */
    static void raiseInsteadOfExit() {
        Exit.setExitProcedure(BrokerFaults::raise);
        Exit.setHaltProcedure(BrokerFaults::raise);
    }

    static void tell(Consumer<String> whoever) {
        listener = whoever;
    }

    static PlatformException asPlatformException(Path directory, Exception cause) {
        Throwable root = root(cause);
        String why = firstLine(root);
        String remedy = root instanceof IOException
                ? "make sure that " + directory + " is writable and its disk has room"
                : "see the log; `down --wipe` starts with an empty directory";
        return new PlatformException("the Kafka broker does not start (" + why + ")", remedy, cause);
    }

    static boolean portWasTaken(Exception cause) {
        String why = root(cause).toString();
        return why.contains("Address already in use") || why.contains("failed to bind");
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static void raise(int code, @Nullable String message) {
        String why = "the Kafka broker stopped with code " + code + (message == null ? "" : " (" + message + ")");
        listener.accept(why);
        throw new IllegalStateException(why);
    }

    private static String firstLine(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.lines().findFirst().orElse("");
    }
}
