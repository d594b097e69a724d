package dev.slipway.cli;

import dev.slipway.cli.first.AllowedPrograms;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway allow} */
@Command(
        name = "allow",
        description = "Let releases be started with a program of this machine; nothing else is ever started.",
        footer = {
            "",
            "Example:",
            "  slipway allow python3",
            "  slipway allow .venv/bin/python --as hello-python",
            "  slipway allow --list"
        })
final class AllowCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "PROGRAM", description = "A path, or a name on the PATH.")
    private @Nullable String program;

    @Option(names = "--as", paramLabel = "NAME", description = "What policies call it (the program's own name).")
    private @Nullable String name;

    @Option(names = "--list", description = "Only show what is allowed.")
    private boolean list;

    @Option(names = "--remove", paramLabel = "NAME", description = "Take one off the list; what runs goes on running.")
    private @Nullable String removed;

    AllowCommand(CommandContext context) {
        this.context = context;
    }

    private record Allowed(String file, SortedMap<String, String> programs) {
        Allowed {
            programs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(programs));
        }
    }

    @Override
    public Integer call() {
        long wishes = java.util.stream.Stream.of(program != null, list, removed != null)
                .filter(wish -> wish)
                .count();
        if (wishes != 1 || (name != null && program == null)) {
            throw new CommandFailed(ExitCode.USAGE, "say one of PROGRAM, --list and --remove NAME");
        }
        Path file = context.home().allowedPrograms();
        AllowedPrograms allowed = new AllowedPrograms(file);
        List<String> lines = new ArrayList<>();
        if (program != null) {
            Path resolved = AllowedPrograms.resolve(
                    program, context.answers().variable("PATH").orElse(""));
            String called = name == null ? String.valueOf(resolved.getFileName()) : name;
            allowed.allow(called, resolved);
            lines.add("%s is allowed: %s".formatted(called, resolved));
            if (AllowedPrograms.isScript(resolved)) {
                lines.add("note  it is a script, and releases start with an empty environment: "
                        + "allow the program itself if it does not start");
            }
        } else if (removed != null) {
            allowed.remove(removed);
            lines.add("%s is no longer allowed".formatted(removed));
        }
        SortedMap<String, String> shown = new TreeMap<>();
        allowed.list().forEach((each, path) -> {
            shown.put(each, path.toString());
            if (list) {
                lines.add("%-16s %s%s".formatted(each, path, Files.isExecutable(path) ? "" : "  (is not there)"));
            }
        });
        context.answer(new Allowed(file.toString(), shown), lines);
        return ExitCode.OK.code();
    }
}
