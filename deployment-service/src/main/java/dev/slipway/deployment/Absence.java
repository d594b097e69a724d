package dev.slipway.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long nobody looked after the environments of this machine: a file whose time of change is the last look of any
 * instance. Not safe for several threads.
 */
final class Absence {
    private static final Logger log = LoggerFactory.getLogger(Absence.class);

    private final Path looked;
    private final Duration from;

    /** @param from a shorter time is none */
    Absence(Path looked, Duration from) {
        this.looked = looked;
        this.from = from;
    }

    /** Notes this look. How long ago the last one was, if that is long; the first one of all is after none. */
    Optional<Duration> since(Instant now) {
        try {
            if (!Files.exists(looked)) {
                Files.createDirectories(looked.resolveSibling("."));
                Files.createFile(looked);
                return Optional.empty();
            }
            Duration away = Duration.between(Files.getLastModifiedTime(looked).toInstant(), now);
            Files.setLastModifiedTime(looked, FileTime.from(now));
            return Optional.of(away).filter(time -> time.compareTo(from) >= 0);
        } catch (IOException unwritable) {
            log.warn("It is not noted that environments are looked after: {}", unwritable.toString());
            return Optional.empty();
        }
    }
}
