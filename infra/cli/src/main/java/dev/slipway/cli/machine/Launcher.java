package dev.slipway.cli.machine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts processes that outlive the command and its terminal: a session of their own where the system has {@code setsid}
 * (or Perl, as macOS has), no standard input, output into a file. Each bears its home and name as a system property, so
 * that one whose record was never written is found again.
 */
final class Launcher {
    /** What a process of ours needs of the caller's environment; the rest, secrets among it, it does not get. */
    static final List<String> PASSED_ON = List.of(
            "PATH",
            "HOME",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "OTEL_EXPORTER_OTLP_HEADERS");

    private static final String MARK = "-Dslipway.process=";

    private final Home home;
    private final RunFolder folder;
    private final Map<String, String> callers;

    Launcher(Home home, RunFolder folder, Map<String, String> callers) {
        this.home = home;
        this.folder = folder;
        this.callers = callers;
    }

    /** What was started, and its record. */
    record Started(Process process, ProcessRecord record) {}

    /**
     * What is to be started.
     *
     * @param wiring see {@link ProcessRecord}
     */
    record Order(Instance instance, int port, Map<String, String> environment, List<String> arguments, String wiring) {
        static Order of(Program program, Map<String, String> environment, List<String> arguments) {
            return new Order(Instance.only(program), 0, environment, arguments, "");
        }
    }

    /** Starts a program; what it prints goes to {@code logs/NAME.out}, the earlier run's is kept once. */
    Started start(Order order) {
        String name = order.instance().name();
        try {
            Path out = home.logs().resolve(name + ".out");
            if (Files.exists(out)) {
                Files.move(out, out.resolveSibling(out.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            List<String> command = new ArrayList<>(ownSession());
            command.addAll(java(
                    name,
                    order.instance().program(),
                    home.logs(),
                    using(order.instance().program())));
            command.addAll(order.arguments());
            Process process = start(command, order.environment(), out);
            Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
            return new Started(
                    process,
                    new ProcessRecord(name, process.pid(), startedAt, order.port(), folder.hash(), order.wiring()));
        } catch (IOException unstartable) {
            throw home.unwritable(unstartable);
        }
    }

    Process start(List<String> command, Map<String, String> environment, Path out) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> using(Program program) {
        Path cache = folder.cache(program);
        return program == Program.SUPERVISOR || !Files.exists(cache) ? List.of() : JvmFlags.using(cache);
    }

    /**
     * The command line of a program, up to its arguments.
     *
     * @param name by which the process is found again
     */
    List<String> java(String name, Program program, Path logs, List<String> extra) throws IOException {
        Path argumentFile = folder.root().resolve(program.processName() + ".args");
        if (!Files.exists(argumentFile)) {
            OwnerOnly.write(argumentFile, "-cp\n\"" + RunFolder.quoted(folder.classPath(program)) + "\"\n");
        }
        List<String> command = new ArrayList<>(List.of(java().toString(), mark(home, name)));
        command.addAll(JvmFlags.of(program));
        command.addAll(extra);
        if (!Program.services().contains(program)) { // the services have Spring Boot's own logging
            command.add("-Dlogback.configurationFile=dev/slipway/cli/logback-file.xml");
            command.add("-Dslipway.log=" + logs.resolve(name + ".log"));
        }
        command.add("@" + argumentFile);
        command.add(program.mainClass());
        return command;
    }

    /** Processes of this home that say so themselves, by name; a system that hides arguments shows none. */
    static List<ProcessRecord> marked(Home home) {
        String mark = mark(home, "");
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.flatMap(process -> Arrays.stream(
                                    process.info().arguments().orElse(new String[0]))
                            .filter(argument -> argument.startsWith(mark))
                            .map(argument -> new ProcessRecord(
                                    argument.substring(mark.length()),
                                    process.pid(),
                                    process.info().startInstant().orElse(Instant.EPOCH),
                                    0,
                                    "",
                                    ""))
                            .limit(1))
                    .filter(ProcessRecord::alive)
                    .toList();
        }
    }

    private static String mark(Home home, String name) {
        return MARK + home.root() + "#" + name;
    }

    /** This command's own Java, which is 25 or newer. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private List<String> ownSession() {
        Optional<Path> setsid = onPath("setsid");
        if (setsid.isPresent()) {
            return List.of(setsid.get().toString());
        }
        return onPath("perl")
                .map(perl -> List.of(perl.toString(), "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die;"))
                .orElse(List.of());
    }

    private Optional<Path> onPath(String program) {
        return List.of(callers.getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator)).stream()
                .filter(folderName -> !folderName.isBlank())
                .map(folderName -> Path.of(folderName, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
