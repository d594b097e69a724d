package dev.slipway.deployment.target;

import dev.slipway.deployment.target.Outfit.Dressed;
import dev.slipway.deployment.target.TargetPort.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a program its ports and its outfit together before it is started. What is refused has touched nothing. */
final class Provisioning {
    private static final Logger log = LoggerFactory.getLogger(Provisioning.class);
    /** Of two that are started at once the second sees the ports of the first. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final Path directory;
    private final Secrets secrets;
    private final Users users;
    private final Fingerprints fingerprints;
    private final InstantSource clock;

    Provisioning(Path directory, Secrets secrets, Users users, InstantSource clock) {
        this.directory = directory;
        this.secrets = secrets;
        this.users = users;
        this.fingerprints = new Fingerprints(directory);
        this.clock = clock;
    }

    /** What a program got. */
    sealed interface Provided {
        /**
         * @param starting the record, written already
         * @param account the user that it runs as; null for this service's own
         */
        record Ready(
                ProcessRecord starting,
                Outfit outfit,
                @Nullable Account account) implements Provided {}

        /** @param why in words for a person, with the remedy */
        record Refused(String why) implements Provided {}
    }

    Provided provide(Launch launch, KeyFolder folder, ProcessRecord seen) throws IOException, InterruptedException {
        return switch (users.of(launch.facts().environment().application())) {
            case Users.Chosen.Refused(String why) -> new Provided.Refused(why);
            case Users.Chosen.Own() -> provide(launch, folder, seen, null);
            case Users.Chosen.Other(Account account) -> provide(launch, folder, seen, account);
        };
    }

    private Provided provide(Launch launch, KeyFolder folder, ProcessRecord seen, @Nullable Account account)
            throws IOException, InterruptedException {
        ONE_AT_A_TIME.lock();
        try {
            return switch (PortFinder.find(launch.target(), directory, launch.key(), seen.ports())) {
                case PortFinder.Found.Taken(String why) -> new Provided.Refused(why);
                case PortFinder.Found.Free(Ports ports) -> dressed(launch, folder, seen, ports, account);
            };
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private Provided dressed(
            Launch launch, KeyFolder folder, ProcessRecord seen, Ports ports, @Nullable Account account)
            throws IOException, InterruptedException {
        Handover.takeBack(folder.workDirectory());
        Layout layout = Layout.of(launch.parts(), folder.workDirectory(), account != null);
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
                Optional<String> closed = handOver(folder, layout, account);
                if (closed.isPresent()) {
                    yield new Provided.Refused(closed.get());
                }
                tellChanged(seen.secrets(), outfit.fingerprints(), launch.key());
                ProcessRecord starting =
                        seen.starting(ports, outfit.fingerprints(), layout.placeholders(), clock.instant());
                yield new Provided.Ready(folder.write(starting), outfit, account);
            }
        };
    }

    private Optional<String> handOver(KeyFolder folder, Layout layout, @Nullable Account account)
            throws IOException, InterruptedException {
        if (account == null) {
            return Optional.empty();
        }
        Handover.give(directory, folder, layout, account);
        return users.closedTo(account, layout.folder(), layout.artifact());
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
