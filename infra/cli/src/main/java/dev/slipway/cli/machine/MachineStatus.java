package dev.slipway.cli.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How Slipway on this machine is.
 *
 * @param ready whether every needed process is ready
 * @param url of the gateway, empty while it does not run
 * @param bytes size of the home folder
 */
public record MachineStatus(boolean ready, String url, String home, long bytes, List<OfProcess> processes) {
    public MachineStatus {
        processes = List.copyOf(processes);
    }

    /**
     * How one process is.
     *
     * @param state {@code ready}, {@code up} (it runs and is not ready), {@code down}
     * @param pid 0 while down
     * @param port 0 for none
     * @param residentBytes memory that it holds, 0 if unknown
     * @param uptimeSeconds 0 while down
     */
    public record OfProcess(String name, String state, long pid, int port, long residentBytes, long uptimeSeconds) {}

    public static MachineStatus of(Home home, Instant now) {
        ProcessTable table = ProcessTable.load(home);
        List<OfProcess> processes = new ArrayList<>();
        for (Program program : Program.needed()) {
            processes.add(of(home, table, program, now));
        }
        boolean ready = processes.stream().allMatch(process -> process.state().equals("ready"));
        table.alive(Program.LOAD.processName())
                .ifPresent(load -> processes.add(running(load, "ready", load.port(), now)));
        TargetRecords.alive(home).forEach(target -> processes.add(running(target, "up", target.port(), now)));
        String url = table.alive(Program.GATEWAY.processName())
                .map(gateway -> "http://127.0.0.1:" + gateway.port())
                .orElse("");
        return new MachineStatus(ready, url, home.root().toString(), home.sizeBytes(), processes);
    }

    private static OfProcess of(Home home, ProcessTable table, Program program, Instant now) {
        Optional<ProcessRecord> alive = table.alive(program.processName());
        PlatformPorts ports = table.platform();
        if (alive.isEmpty() || ports == null) {
            return new OfProcess(program.processName(), "down", 0, 0, 0, 0);
        }
        ProcessRecord process = alive.get();
        boolean platform = program == Program.PLATFORM;
        boolean ready = platform ? Readiness.ofPlatform(home, process, ports) : Readiness.ofService(process.port());
        return running(process, ready ? "ready" : "up", platform ? ports.kafka() : process.port(), now);
    }

    private static OfProcess running(ProcessRecord process, String state, int port, Instant now) {
        return new OfProcess(
                process.name(),
                state,
                process.pid(),
                port,
                Memory.residentBytes(process.pid()),
                Math.max(0, Duration.between(process.startedAt(), now).toSeconds()));
    }

    /** Lines for a person. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%-22s %-6s %8s %6s %8s %9s".formatted("process", "state", "pid", "port", "memory", "up"));
        for (OfProcess process : processes) {
            boolean down = process.pid() == 0;
            lines.add("%-22s %-6s %8s %6s %8s %9s"
                    .formatted(
                            process.name(),
                            process.state(),
                            down ? "-" : process.pid(),
                            process.port() == 0 ? "-" : process.port(),
                            process.residentBytes() == 0 ? "-" : (process.residentBytes() >> 20) + " MB",
                            down ? "-" : uptime(process.uptimeSeconds())));
        }
        lines.add("");
        lines.add("%s holds %d MB".formatted(home, bytes >> 20));
        lines.add(ready ? "ready at " + url : "not all is ready: ./slipway up starts what does not run");
        return lines;
    }

    private static String uptime(long seconds) {
        Duration up = Duration.ofSeconds(seconds);
        return up.toHours() > 0
                ? "%dh%02dm".formatted(up.toHours(), up.toMinutesPart())
                : "%dm%02ds".formatted(up.toMinutes(), up.toSecondsPart());
    }
}
