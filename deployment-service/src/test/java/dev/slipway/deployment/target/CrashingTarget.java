package dev.slipway.deployment.target;

import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.platform.Pace;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The target in a JVM of its own that dies, as by kill -9, at its n-th look at the clock: it looks before and after each
 * thing that it does to the machine.
 */
final class CrashingTarget {
    static final int CRASHED = 9;

    private CrashingTarget() {}

    public static void main(String[] args) throws InterruptedException {
        Path directory = Path.of(args[0]);
        int last = Integer.parseInt(args[2]);
        AtomicInteger looks = new AtomicInteger();
        InstantSource clock = () -> {
            if (looks.incrementAndGet() == last) {
                Runtime.getRuntime().halt(CRASHED);
            }
            return Instant.now();
        };
        TargetSettings settings = ProcessTargetTest.settings(directory);
        ProcessTarget target = new ProcessTarget(
                settings,
                new AllowedPrograms(directory.resolve("programs.properties")),
                new Secrets(null),
                new VersionClient(settings, Bulkhead.ofDefaults("versions")),
                clock);
        long fence = Long.parseLong(args[3]);
        if (args[1].equals("stop")) {
            target.stop(TargetContract.KEY, fence);
        } else {
            target.start(
                    new Launch(
                            TargetContract.KEY,
                            Path.of(args[4]),
                            SampleBuild.target("good"),
                            Pace.patience(Duration.ofSeconds(30)),
                            null),
                    fence,
                    () -> false);
        }
        System.exit(0);
    }
}
