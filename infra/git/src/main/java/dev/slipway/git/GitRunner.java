package dev.slipway.git;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs git: arguments as a list, an environment of nothing but what is given, time and output bounded. What runs too long,
 * says too much, or is no longer wanted is killed with all that it started.
 */
final class GitRunner {
    private static final int ERROR_BYTES_KEPT = 16_384;
    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(2);

    private final Path program;
    private final int outputBytesMax;

    GitRunner(Path program, int outputBytesMax) {
        this.program = program;
        this.outputBytesMax = outputBytesMax;
    }

    /**
     * What is run.
     *
     * @param folder where
     * @param input on its standard input
     */
    record Call(List<String> arguments, Path folder, Map<String, String> environment, byte[] input, Duration within) {}

    /**
     * How it ended.
     *
     * @param out all of its output
     * @param err the first 16 KB of what it said besides
     */
    record Ran(int exit, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        /** Each byte a character, so that names in any encoding go back as they came. */
        String raw() {
            return new String(out, StandardCharsets.ISO_8859_1);
        }
    }

    /** @throws GitTrouble if it could not be started, or did not end within its bounds */
    Ran run(Call call) throws GitTrouble {
        Process process = start(call);
        Reading out = new Reading(process.getInputStream(), outputBytesMax, process);
        Reading err = new Reading(process.getErrorStream(), ERROR_BYTES_KEPT, null);
        try {
            out.thread.start();
            err.thread.start();
            feed(process, call.input());
            if (!process.waitFor(call.within().toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
                throw new GitTrouble("git %s took longer than %d s"
                        .formatted(verb(call), call.within().toSeconds()));
            }
            out.thread.join(LAST_WORDS_WITHIN);
            err.thread.join(LAST_WORDS_WITHIN);
            if (out.over) {
                throw new GitTrouble("git %s said more than %d bytes".formatted(verb(call), outputBytesMax));
            }
            return new Ran(process.exitValue(), out.bytes(), new String(err.bytes(), StandardCharsets.UTF_8));
        } catch (InterruptedException unwanted) {
            Thread.currentThread().interrupt();
            throw new GitTrouble("git %s was stopped".formatted(verb(call)), unwanted);
        } finally {
            if (process.isAlive()) {
                kill(process);
            }
        }
    }

    private Process start(Call call) throws GitTrouble {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(call.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(call.folder().toFile());
        if (call.input().length == 0) {
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        }
        builder.environment().clear();
        builder.environment().putAll(call.environment());
        try {
            return builder.start();
        } catch (IOException unstartable) {
            throw new GitTrouble("git could not be started: " + unstartable.getMessage(), unstartable);
        }
    }

    /** Beside the readers, so that neither side waits for the other. */
    private static void feed(Process process, byte[] input) {
        if (input.length == 0) {
            return;
        }
        Thread.ofPlatform().daemon().name("git-in").start(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException _) {
                // it wants no more; its exit status says why
            }
        });
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String verb(Call call) {
        return call.arguments().stream()
                .filter(argument -> !argument.startsWith("-") && !argument.contains("="))
                .findFirst()
                .orElse("");
    }

    /** Takes in what a process says, up to a bound; past it the process is killed, or the rest is dropped. */
    private static final class Reading {
        private final InputStream from;
        private final int bytesMax;
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final Thread thread;
        private volatile boolean over;

        Reading(InputStream from, int bytesMax, @org.jspecify.annotations.Nullable Process killed) {
            this.from = from;
            this.bytesMax = bytesMax;
            this.thread = Thread.ofPlatform().daemon().name("git-out").unstarted(() -> read(killed));
        }

        private void read(@org.jspecify.annotations.Nullable Process killed) {
            byte[] buffer = new byte[16_384];
            try {
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    synchronized (taken) {
                        int room = Math.min(read, bytesMax - taken.size());
                        taken.write(buffer, 0, room);
                        over |= room < read;
                    }
                    if (over && killed != null) {
                        kill(killed);
                        return;
                    }
                }
            } catch (IOException _) {
                // it was killed
            }
        }

        byte[] bytes() {
            synchronized (taken) {
                return taken.toByteArray();
            }
        }
    }
}
