package dev.slipway.cli.first;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ApplicationName;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs that releases may be started with, by name: the administrator's list, which deployment-service reads each
 * time it starts something. Changed as a whole and at once, so that a reader sees the old list or the new.
 */
public final class AllowedPrograms {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");
    private static final String COMMENT =
            "Programs that releases may run, by name, and @APPLICATION=artifacts where what is released may itself be run."
                    + " Only what stands here is ever started. @APPLICATION/user=USER says as whom, @*/user=USER for all others.";

    /** Lines {@code @hello=artifacts}; no program's name begins so. */
    private static final String OF_APPLICATION = "@";
    /** And lines {@code @hello/user=svc-hello}; no application's name holds a slash. */
    private static final String USER = "/user";
    /** In the place of an application: all that have no line of their own. */
    public static final String EVERY_OTHER = "*";

    private final Path file;

    public AllowedPrograms(Path file) {
        this.file = file;
    }

    /** By name. Where there is no list yet: what the first start puts on it. */
    public SortedMap<String, Path> list() {
        SortedMap<String, Path> programs = new TreeMap<>();
        if (!Files.exists(file)) {
            programs.put("java", Path.of(System.getProperty("java.home"), "bin", "java"));
            return programs;
        }
        Properties stored = stored();
        stored.stringPropertyNames().stream()
                .filter(name -> !name.startsWith(OF_APPLICATION))
                .forEach(name ->
                        programs.put(name, Path.of(stored.getProperty(name).strip())));
        return Collections.unmodifiableSortedMap(programs);
    }

    /** Applications of which what is released may itself be run. */
    public SortedSet<String> artifacts() {
        return stored().stringPropertyNames().stream()
                .filter(name -> name.startsWith(OF_APPLICATION) && !name.endsWith(USER))
                .map(name -> name.substring(OF_APPLICATION.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Users that programs run as, by application, or {@link #EVERY_OTHER}. */
    public SortedMap<String, String> users() {
        Properties stored = stored();
        SortedMap<String, String> users = new TreeMap<>();
        stored.stringPropertyNames().stream()
                .filter(name -> name.startsWith(OF_APPLICATION) && name.endsWith(USER))
                .forEach(name -> users.put(
                        name.substring(OF_APPLICATION.length(), name.length() - USER.length()),
                        stored.getProperty(name).strip()));
        return Collections.unmodifiableSortedMap(users);
    }

    /**
     * Says as whom programs run from their next start on.
     *
     * @param application or {@link #EVERY_OTHER}
     */
    public void runAs(String application, String user) {
        SortedMap<String, String> users = new TreeMap<>(users());
        users.put(application, user);
        write(list(), artifacts(), users);
    }

    /** From their next start on programs run as deployment-service does; whether a user was named. */
    public boolean runAsOurselves(String application) {
        SortedMap<String, String> users = new TreeMap<>(users());
        boolean named = users.remove(application) != null;
        write(list(), artifacts(), users);
        return named;
    }

    /** Lets what is released of an application be run. */
    public void allowArtifacts(ApplicationName application) {
        SortedSet<String> applications = artifacts();
        applications.add(application.value());
        write(list(), applications, users());
    }

    /** Lets it be run no longer; what runs goes on running. */
    public void removeArtifacts(String application) {
        SortedSet<String> applications = artifacts();
        applications.remove(application);
        write(list(), applications, users());
    }

    /** What to tell whoever allows a program; empty if there is nothing to tell. */
    public static Optional<String> warning(Path program) {
        return RunsAnything.note(program);
    }

    private Properties stored() {
        Properties stored = new Properties();
        if (!Files.exists(file)) {
            return stored;
        }
        try {
            stored.load(new StringReader(Files.readString(file)));
            return stored;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "cannot read %s: each line must be NAME=/absolute/path, @APPLICATION=artifacts or @APPLICATION/user=USER"
                            .formatted(file),
                    unreadable);
        }
    }

    /** Puts a program on the list, in place of another one of that name. */
    public void allow(String name, Path program) {
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "'%s' is no name for a program: letters, digits, dots, hyphens and underscores, at most 100; say --as NAME"
                            .formatted(name));
        }
        SortedMap<String, Path> programs = new TreeMap<>(list());
        programs.put(name, program);
        write(programs, artifacts(), users());
    }

    /** Takes a program off the list. What runs goes on running; what it would start anew no longer starts. */
    public void remove(String name) {
        SortedMap<String, Path> programs = new TreeMap<>(list());
        if (programs.remove(name) == null) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "'%s' is not on the list: there are %s".formatted(name, String.join(", ", programs.keySet())));
        }
        write(programs, artifacts(), users());
    }

    /**
     * Where a program is. Its folder is followed to where it really is; the program's own name is kept, because what many
     * links lead to (a virtual environment's python, busybox) goes by the name that it was called with.
     *
     * @param program a path, or a name to look for on the PATH
     * @param path the PATH of whoever asks
     */
    public static Path resolve(String program, String path) {
        Path found = program.contains("/")
                ? Path.of(program)
                : onPath(program, path)
                        .orElseThrow(() -> new CommandFailed(
                                ExitCode.USAGE,
                                "no program '%s' is on the PATH: install it, or give its path".formatted(program)));
        if (Files.isDirectory(found) || !Files.exists(found)) {
            throw new CommandFailed(ExitCode.USAGE, "there is no program at %s: give the path of one".formatted(found));
        }
        if (!Files.isExecutable(found)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s cannot be executed: chmod +x it, or allow the program that runs it (python3, sh)"
                            .formatted(found));
        }
        try {
            Path absolute = found.toAbsolutePath().normalize();
            return absolute.resolveSibling(".").toRealPath().resolve(absolute.getFileName());
        } catch (IOException gone) {
            throw new CommandFailed(ExitCode.USAGE, "cannot follow %s: give its absolute path".formatted(found), gone);
        }
    }

    /** A script on the PATH is often a stand-in (pyenv, asdf, nvm) that needs its caller's environment: later, if at all. */
    private static Optional<Path> onPath(String program, String path) {
        List<Path> found = Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(program))
                .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                .toList();
        return found.stream()
                .filter(candidate -> !isScript(candidate))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    /** Whether it is started by another program, which must be found in an environment that is empty. */
    public static boolean isScript(Path program) {
        try (InputStream content = Files.newInputStream(program)) {
            return content.read() == '#' && content.read() == '!';
        } catch (IOException unreadable) {
            return false; // executable, though: it is for whoever starts it to find out
        }
    }

    private void write(Map<String, Path> programs, Set<String> applications, Map<String, String> users) {
        Properties stored = new Properties();
        programs.forEach((name, program) -> stored.setProperty(name, program.toString()));
        applications.forEach(application -> stored.setProperty(OF_APPLICATION + application, "artifacts"));
        users.forEach((application, user) -> stored.setProperty(OF_APPLICATION + application + USER, user));
        StringWriter text = new StringWriter();
        try {
            stored.store(text, COMMENT);
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path unfinished = Files.createTempFile(folder, "allowed-programs", ".part"); // its owner's alone
            try {
                Files.writeString(unfinished, text.toString());
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException unwritable) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "cannot write %s (%s): make its folder writable".formatted(file, unwritable.getMessage()),
                    unwritable);
        }
    }
}
