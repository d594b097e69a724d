package dev.slipway.cli.machine;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A status for people. */
public final class StatusText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final String ROW = "%-24s %-6s %8s %6s %8s %9s %8s  %s";

    private final ZoneId zone;

    public StatusText(ZoneId zone) {
        this.zone = zone;
    }

    public List<String> lines(MachineStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("process", "state", "pid", "port", "memory", "up", "restarts", "last exit")
                .strip());
        status.processes().forEach(process -> lines.add(row(process)));
        lines.add("");
        lines.add("memory in all: %d MB%s".formatted(status.residentBytes() >> 20, lastUp(status)));
        lines.add("%s: %d MB (%s)".formatted(status.home(), status.bytes() >> 20, parts(status)));
        lines.addAll(ProgramTable.lines(status.environments()));
        status.addresses().forEach(address -> lines.add("%-24s %s".formatted(address.environment(), address.first())));
        status.troubles().forEach(trouble -> lines.add("! " + trouble));
        new IncidentText(zone).brief(status.environments()).forEach(incident -> lines.add("! " + incident));
        lines.add(status.ready() ? "ready at " + status.url() : notReady(status));
        return lines;
    }

    private static String notReady(MachineStatus status) {
        boolean supervised = status.processes().stream()
                .anyMatch(process -> process.name().equals(Program.SUPERVISOR.processName()) && process.pid() != 0);
        return supervised
                ? "not all is ready: the supervisor starts what does not run"
                : "not all is ready: ./slipway up starts what does not run";
    }

    private String row(MachineStatus.OfProcess process) {
        boolean down = process.pid() == 0;
        String exit = process.lastExit() == null || process.lastExitAt() == null
                ? ""
                : process.lastExit() + " at " + TIME.format(process.lastExitAt().atZone(zone));
        return ROW.formatted(
                        process.name(),
                        process.state(),
                        down ? "-" : process.pid(),
                        process.port() == 0 ? "-" : process.port(),
                        process.residentBytes() == 0 ? "-" : (process.residentBytes() >> 20) + " MB",
                        down ? "-" : uptime(process.uptimeSeconds()),
                        process.restarts(),
                        exit)
                .stripTrailing();
    }

    private static String lastUp(MachineStatus status) {
        Plan.LastUp up = status.lastUp();
        return up == null ? "" : String.format(Locale.ROOT, "; the last start took %.1f s", up.millis() / 1000.0);
    }

    private static String parts(MachineStatus status) {
        return status.parts().stream()
                .filter(part -> part.bytes() >= 1 << 20)
                .map(part -> part.bytesMax() == 0
                        ? "%s %d".formatted(part.name(), part.bytes() >> 20)
                        : "%s %d of at most %d".formatted(part.name(), part.bytes() >> 20, part.bytesMax() >> 20))
                .collect(Collectors.joining(", "));
    }

    private static String uptime(long seconds) {
        Duration up = Duration.ofSeconds(seconds);
        return up.toHours() > 0
                ? "%dh%02dm".formatted(up.toHours(), up.toMinutesPart())
                : "%dm%02ds".formatted(up.toMinutes(), up.toSecondsPart());
    }
}
