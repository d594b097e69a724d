package dev.slipway.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was started in a home, kept in {@code processes.json}. Records of dead processes stay until they are replaced:
 * their port is taken again.
 *
 * @param platform ports of the platform; null before its first start
 */
public record ProcessTable(@Nullable PlatformPorts platform, List<ProcessRecord> processes) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
            .build();

    public ProcessTable {
        processes = List.copyOf(processes);
    }

    public static ProcessTable empty() {
        return new ProcessTable(null, List.of());
    }

    public static ProcessTable load(Home home) {
        return load(home.processes());
    }

    static ProcessTable load(Path file) {
        if (!Files.exists(file)) {
            return empty();
        }
        try {
            return JSON.readValue(Files.readString(file), ProcessTable.class);
        } catch (IOException | JacksonException unreadable) {
            throw new dev.slipway.cli.shell.CommandFailed(
                    dev.slipway.cli.shell.ExitCode.FAILED,
                    "%s cannot be read: end what it names, remove it, and start again with ./slipway up"
                            .formatted(file),
                    unreadable);
        }
    }

    public void save(Home home) {
        try {
            OwnerOnly.write(home.processes(), JSON.writeValueAsString(this) + "\n");
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    public Optional<ProcessRecord> of(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    public Optional<ProcessRecord> alive(String name) {
        return of(name).filter(ProcessRecord::alive);
    }

    public boolean anyAlive() {
        return processes.stream().anyMatch(ProcessRecord::alive);
    }

    public ProcessTable with(PlatformPorts ports) {
        return new ProcessTable(ports, processes);
    }

    /** The table with this record in place of the one of the same name. */
    public ProcessTable with(ProcessRecord record) {
        List<ProcessRecord> all = new ArrayList<>(without(record.name()).processes);
        all.add(record);
        return new ProcessTable(platform, all);
    }

    public ProcessTable without(String name) {
        return new ProcessTable(
                platform,
                processes.stream()
                        .filter(process -> !process.name().equals(name))
                        .toList());
    }
}
