package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives programs the signals that whoever started this service had it ignore: a shell without job control does that to INT
 * and QUIT of what it puts in the background, {@code nohup} to HUP, and it is inherited (POSIX, Shell Command Language,
 * 2.11). A policy's {@code stop: {signal: INT}} would not be heard.
 */
final class Signals {
    private static final Logger log = LoggerFactory.getLogger(Signals.class);
    private static final String GIVEN_BACK = "--default-signal=INT,QUIT,HUP";
    private static final int ANSWERS_WITHIN_SECONDS = 10;

    private final Path program;
    private @Nullable List<String> before;

    /** @param program env(1) of GNU coreutils 8.31 or later; another one, or none, leaves things as they are */
    Signals(Path program) {
        this.program = program;
    }

    /** What stands before a program's command; it turns into the program, so that the pid stays. Asked of it once. */
    synchronized List<String> before() {
        if (before == null) {
            List<String> words = List.of(program.toString(), GIVEN_BACK);
            before = Files.isExecutable(program) && understands(words) ? words : List.of();
        }
        return before;
    }

    /** Without a command it prints the environment, which is empty. */
    private static boolean understands(List<String> words) {
        ProcessBuilder asked = new ProcessBuilder(words).redirectErrorStream(true);
        asked.redirectOutput(ProcessBuilder.Redirect.DISCARD).environment().clear();
        try {
            Process process = asked.start();
            if (process.waitFor(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return true;
            }
            process.destroyForcibly();
        } catch (IOException refused) {
            log.debug("{} cannot be started", words.getFirst(), refused);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        log.info(
                "{} gives no signals back: programs ignore those that this service was started without",
                words.getFirst());
        return false;
    }
}
