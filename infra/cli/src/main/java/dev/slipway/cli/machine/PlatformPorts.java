package dev.slipway.cli.machine;

import java.util.List;

/** Where the platform's parts listen, for as long as their data lives. */
public record PlatformPorts(int kafka, int controller, int mongodb, int smtp, int slack) {
    public static PlatformPorts free() {
        List<Integer> ports = Ports.free(5);
        return new PlatformPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
    }

    public boolean allFree() {
        return List.of(kafka, controller, mongodb, smtp, slack).stream().allMatch(Ports::isFree);
    }
}
