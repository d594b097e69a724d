package dev.slipway.deployment.target;

import dev.slipway.deployment.target.Outfit.Dressed;
import dev.slipway.deployment.target.TargetPort.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a program its ports and its outfit together before it is started. What is refused has touched nothing. */
final class Provisioning {
    private static final Logger log = LoggerFactory.getLogger(Provisioning.class);
    /** Of two that are started at once the second sees the ports of the first. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final Path directory;
    private final Secrets secrets;
    private final Fingerprints fingerprints;
    private final InstantSource clock;

    Provisioning(Path directory, Secrets secrets, InstantSource clock) {
        this.directory = directory;
        this.secrets = secrets;
        this.fingerprints = new Fingerprints(directory);
        this.clock = clock;
    }

    /** What a program got. */
    sealed interface Provided {
        /** @param starting the record, written already */
        record Ready(ProcessRecord starting, Outfit outfit) implements Provided {}

        /** @param why in words for a person, with the remedy */
        record Refused(String why) implements Provided {}
    }

    Provided provide(Launch launch, KeyFolder folder, ProcessRecord seen) throws IOException {
        ONE_AT_A_TIME.lock();
        try {
            return switch (PortFinder.find(launch.target(), directory, launch.key(), seen.ports())) {
                case PortFinder.Found.Taken(String why) -> new Provided.Refused(why);
                case PortFinder.Found.Free(Ports ports) -> dressed(launch, folder, seen, ports);
            };
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private Provided dressed(Launch launch, KeyFolder folder, ProcessRecord seen, Ports ports) throws IOException {
        Layout layout = Layout.of(launch.parts(), folder.workDirectory());
        return switch (Outfit.of(launch, ports, layout, secrets, fingerprints)) {
            case Dressed.Refused(String why) -> new Provided.Refused(why);
            case Dressed.Ready(Outfit outfit) -> {
                if (OwnProgram.isMeant(launch.target().command().getFirst())) {
                    Path own = Path.of(outfit.command().getFirst());
                    Optional<String> fault = OwnProgram.fault(own, layout);
                    if (fault.isPresent()) {
                        yield new Provided.Refused(fault.get());
                    }
                }
                tellChanged(seen.secrets(), outfit.fingerprints(), launch.key());
                yield new Provided.Ready(
                        folder.write(seen.starting(ports, outfit.fingerprints(), clock.instant())), outfit);
            }
        };
    }

    private static void tellChanged(Map<String, String> before, Map<String, String> now, String key) {
        now.forEach((name, fingerprint) -> {
            String was = before.get(name);
            if (was != null && !was.equals(fingerprint)) {
                log.warn(
                        "{} is started with another value of the secret {} than the last time: fingerprint {}, was {}",
                        key,
                        name,
                        fingerprint,
                        was);
            }
        });
    }
}
