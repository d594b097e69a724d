package dev.slipway.platform;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The platform as a process of its own. It prints one line {@code READY {addresses}} when everything takes requests,
 * writes the same to {@code platform.json}, and runs until it is asked to end (SIGTERM). Exit code 1 with one line on
 * stderr that names the remedy when it cannot start or go on, 2 when the command line is wrong.
 */
public final class PlatformMain {
    private static final Duration STOP_MAX = Duration.ofSeconds(9);
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private PlatformMain() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.setOut(System.err); // READY is all that belongs to stdout
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "dev/slipway/platform/logback-platform.xml");
        }
        PlatformSettings settings;
        try {
            settings = PlatformArguments.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; " + PlatformArguments.USAGE);
            System.exit(USAGE);
            return;
        }
        try {
            run(settings, out);
        } catch (PlatformException e) {
            end(e.getMessage());
        } catch (RuntimeException e) { // threads that are left would keep the process alive
            LoggerFactory.getLogger(PlatformMain.class).error("The platform does not start", e);
            end("the platform does not start: see the lines above; `down --wipe` starts with an empty home");
        }
    }

    private static void run(PlatformSettings settings, PrintStream out) {
        CompletableFuture<String> broken = new CompletableFuture<>();
        Platform platform = Platform.start(settings, broken::complete);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(platform, settings)));
        platform.addresses().writeTo(settings.home());
        out.println("READY " + platform.addresses().toJson());
        out.flush();
        end(broken.join() + ": make sure that the disk of " + settings.home() + " has room, then start again");
    }

    private static void end(@Nullable String why) {
        System.err.println(why);
        System.exit(FAILED);
    }

    /** Whoever asks a process to end soon kills it; before that, what does not stop in time is left behind. */
    private static void stop(Platform platform, PlatformSettings settings) {
        Thread closing = Thread.ofPlatform().daemon().start(() -> {
            PlatformAddresses.removeFrom(settings.home());
            platform.close();
        });
        try {
            Duration limit = Pace.patience(STOP_MAX);
            if (!closing.join(limit)) {
                System.err.println("the platform did not stop within " + limit.toSeconds() + " s and is ended");
                Runtime.getRuntime().halt(FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
