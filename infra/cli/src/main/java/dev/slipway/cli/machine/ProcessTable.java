package dev.slipway.cli.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was started in a home. Two files hold it, so that each has one writer: {@code processes.json} is the supervisor's
 * and names platform and services, {@code started.json} is the commands' and names the supervisor and the load.
 * Records of dead processes stay until they are replaced.
 */
public record ProcessTable(List<ProcessRecord> processes) {
    public ProcessTable {
        processes = List.copyOf(processes);
    }

    public static ProcessTable empty() {
        return new ProcessTable(List.of());
    }

    /** Everything that is on record in the home. */
    public static ProcessTable load(Home home) {
        List<ProcessRecord> all = new ArrayList<>(load(home.processes()).processes);
        all.addAll(load(home.started()).processes);
        return new ProcessTable(all);
    }

    static ProcessTable load(Path file) {
        return JsonFile.read(file, ProcessTable.class).orElseGet(ProcessTable::empty);
    }

    void save(Home home, Path file) {
        JsonFile.write(home, file, this);
    }

    public Optional<ProcessRecord> of(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    public Optional<ProcessRecord> alive(String name) {
        return of(name).filter(ProcessRecord::alive);
    }

    /** Every instance of a program that runs, the first first. */
    public List<ProcessRecord> alive(Program program) {
        return processes.stream()
                .filter(process -> Instance.named(process.name())
                        .map(Instance::program)
                        .filter(program::equals)
                        .isPresent())
                .filter(ProcessRecord::alive)
                .sorted(java.util.Comparator.comparing(ProcessRecord::name))
                .toList();
    }

    public boolean anyAlive() {
        return processes.stream().anyMatch(ProcessRecord::alive);
    }

    /** The table with this record in place of the one of the same name. */
    public ProcessTable with(ProcessRecord record) {
        List<ProcessRecord> all = new ArrayList<>(without(record.name()).processes);
        all.add(record);
        return new ProcessTable(all);
    }

    public ProcessTable without(String name) {
        return new ProcessTable(processes.stream()
                .filter(process -> !process.name().equals(name))
                .toList());
    }
}
