package dev.slipway.cli.machine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts processes that outlive the command and its terminal: a session of their own where the system has {@code setsid}
 * (or Perl, as macOS has), no standard input, output into a file.
 */
final class Launcher {
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8");
    /** What a process of ours needs of the caller's environment; the rest, secrets among it, it does not get. */
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private final Home home;
    private final RunFolder folder;
    private final Map<String, String> callers;

    Launcher(Home home, RunFolder folder, Map<String, String> callers) {
        this.home = home;
        this.folder = folder;
        this.callers = callers;
    }

    /** Starts a program; what it prints goes to {@code logs/NAME.out}, the earlier run's is kept once. */
    ProcessRecord start(Program program, int port, Map<String, String> environment, List<String> arguments) {
        try {
            Path out = home.logs().resolve(program.processName() + ".out");
            if (Files.exists(out)) {
                Files.move(out, out.resolveSibling(out.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(command(program, arguments))
                    .directory(home.root().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(out.toFile())
                    .redirectErrorStream(true);
            builder.environment().keySet().retainAll(PASSED_ON);
            builder.environment().putAll(environment);
            Process process = builder.start();
            Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
            return new ProcessRecord(program.processName(), process.pid(), startedAt, port, folder.hash());
        } catch (IOException unstartable) {
            throw home.unwritable(unstartable);
        }
    }

    private List<String> command(Program program, List<String> arguments) throws IOException {
        Path argumentFile = folder.root().resolve(program.processName() + ".args");
        OwnerOnly.write(argumentFile, "-cp\n\"" + RunFolder.quoted(folder.classPath(program)) + "\"\n");
        List<String> command = new ArrayList<>(ownSession());
        command.add(java().toString());
        command.addAll(FLAGS);
        command.add("-Xmx" + program.heapMegabytes() + "m");
        if (!Program.services().contains(program)) { // the services have Spring Boot's own logging
            command.add("-Dlogback.configurationFile=dev/slipway/cli/logback-file.xml");
            command.add("-Dslipway.log=" + Wiring.logFile(home, program));
        }
        command.add("@" + argumentFile);
        command.add(program.mainClass());
        command.addAll(arguments);
        return command;
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
