package dev.slipway.cli.machine;

import dev.slipway.platform.Ports;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the platform's parts listen, for as long as their data lives. */
public record PlatformPorts(int kafka, int controller, int mongodb, int smtp, int slack) {
    public static PlatformPorts free() {
        List<Integer> ports = Ports.free(5);
        return new PlatformPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
    }

    /** Those of a home; null before its first start and after it was ended. */
    public static @Nullable PlatformPorts of(Home home) {
        return Plan.load(home).map(Plan::platform).orElse(null);
    }

    List<Integer> all() {
        return List.of(kafka, controller, mongodb, smtp, slack);
    }

    public boolean allFree() {
        return all().stream().allMatch(Ports::isFree);
    }
}
