package dev.slipway.cli.first;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.git.GitMissing;
import dev.slipway.git.GitProgram;
import dev.slipway.git.OwnRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a folder tells about the program in it, so that a person is asked for little.
 *
 * @param application from the folder's name
 * @param repository {@code file:} address of the repository, from the policy's folder; empty without one
 * @param from the branch that is checked out
 * @param to where releases are merged to
 * @param author as Git knows them; empty without a repository or a name
 * @param program what seems to be released; empty if nothing is known
 * @param saysVersion whether it is a text that speaks of the address {@code /version}
 */
public record Surroundings(
        String application,
        Optional<String> repository,
        String from,
        String to,
        Optional<PolicyDraft.Contact> author,
        Optional<Program> program,
        boolean saysVersion) {
    /** Of a program that is not known to say its version. */
    Surroundings(
            String application,
            Optional<String> repository,
            String from,
            String to,
            Optional<PolicyDraft.Contact> author,
            Optional<Program> program) {
        this(application, repository, from, to, author, program, false);
    }

    /** The branch that is made for what was released where there is no other. */
    private static final String RELEASED = "released";

    private static final int ENTRIES_MAX = 1_000;
    private static final int NAME_MAX = 63;
    private static final long SCRIPT_BYTES_MAX = 1 << 20;
    private static final Pattern SCRIPT = Pattern.compile("(?i).*\\.(py|js|mjs|cjs|sh)");
    private static final List<String> NODE = List.of("js", "mjs", "cjs");
    /** Of programs, the likelier one first. */
    private static final List<String> ENDINGS = List.of("py", "pyz", "jar", "js", "mjs", "cjs", "sh");
    /** What a native binary beside it is usually built of. */
    private static final List<String> SOURCES = List.of("main.go", "src/main.rs");

    private static final Pattern SAYS_VERSION = Pattern.compile("[\"']/version[\"']");
    private static final String ARTIFACT = "{artifact}";

    /**
     * How something is started.
     *
     * @param artifact the file that is released, from the folder; null if it is not built yet
     */
    public record Program(List<String> command, @Nullable String artifact) {
        public Program {
            command = List.copyOf(command);
        }

        /**
         * Goes by the file's name, else by what it holds; empty if neither says anything. The command is empty where it is
         * an archive: only its maker knows what in it is started.
         */
        public static Optional<Program> of(String file) {
            return FileKind.of(Path.of(file)).map(kind -> new Program(kind.command(), file));
        }
    }

    /** Looks around; finding nothing is fine. */
    public static Surroundings of(Path folder) {
        Path here = folder.toAbsolutePath().normalize();
        Optional<Program> program = program(here);
        String application = name(here);
        Surroundings nowhere = new Surroundings(
                application, Optional.empty(), "main", RELEASED, Optional.empty(), program, saysVersion(here, program));
        try {
            Optional<OwnRepository> around = OwnRepository.around(GitProgram.find(), here);
            if (around.isEmpty()) {
                return nowhere;
            }
            OwnRepository repository = around.get();
            String from =
                    repository.ask("symbolic-ref", "--quiet", "--short", "HEAD").orElse("main");
            return new Surroundings(
                    application,
                    Optional.of(address(repository, here)),
                    from,
                    to(repository, from),
                    author(repository),
                    program,
                    nowhere.saysVersion());
        } catch (IOException | GitMissing noRepository) {
            return nowhere;
        }
    }

    /** Goes by the script, or by what a binary is built of: in the binary itself the text may be a library's. */
    private static boolean saysVersion(Path folder, Optional<Program> program) {
        Optional<String> script = program.map(Program::artifact)
                .filter(file -> SCRIPT.matcher(file).matches());
        boolean itself =
                program.map(Program::command).filter(List.of(ARTIFACT)::equals).isPresent();
        return script.map(Stream::of)
                .orElseGet(() -> itself ? SOURCES.stream() : Stream.empty())
                .map(folder::resolve)
                .anyMatch(source -> Files.isRegularFile(source) && mentionsVersion(source));
    }

    private static boolean mentionsVersion(Path script) {
        try {
            return Files.size(script) <= SCRIPT_BYTES_MAX
                    && SAYS_VERSION.matcher(Files.readString(script)).find();
        } catch (IOException noText) {
            return false;
        }
    }

    /** A branch that is checked out is not merged into: its working tree would be behind it. */
    private static String to(OwnRepository repository, String from) throws IOException {
        for (String usual : List.of("main", "master")) {
            if (!from.equals(usual) && repository.head(usual).isPresent()) {
                return usual;
            }
        }
        return RELEASED;
    }

    private static String address(OwnRepository repository, Path here) throws IOException {
        String relative =
                here.toRealPath().relativize(repository.root().toRealPath()).toString();
        return "file:" + (relative.isEmpty() ? "." : relative);
    }

    private static Optional<PolicyDraft.Contact> author(OwnRepository repository) throws IOException {
        String email = repository.ask("config", "--get", "user.email").orElse("");
        if (!email.contains("@")) {
            return Optional.empty();
        }
        String name = repository
                .ask("config", "--get", "user.name")
                .orElse("")
                .replace(":", " ")
                .strip();
        return Optional.of(new PolicyDraft.Contact("technical-lead", name.isEmpty() ? email : name, email, null));
    }

    private static String name(Path folder) {
        Path last = folder.getFileName();
        String name = (last == null ? "" : last.toString())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\.git$", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+", "");
        name = name.substring(0, Math.min(name.length(), NAME_MAX)).replaceAll("-+$", "");
        return name.isEmpty() ? "app" : name;
    }

    private static Optional<Program> program(Path folder) {
        if (Files.isRegularFile(folder.resolve("pom.xml")) || exists(folder, "build.gradle", "build.gradle.kts")) {
            return Optional.of(jar(folder));
        }
        if (Files.isRegularFile(folder.resolve("package.json"))) {
            Optional<String> script = NODE.stream()
                    .flatMap(ending -> only(folder, ending).stream())
                    .findFirst();
            return Optional.of(new Program(List.of("node", ARTIFACT), script.orElse(null)));
        }
        Optional<String> built = FileKind.built(folder, FileKind.NATIVE);
        if (built.isPresent() || exists(folder, "go.mod", "Cargo.toml")) {
            return Optional.of(new Program(List.of(ARTIFACT), built.orElse(null)));
        }
        for (String ending : ENDINGS) {
            Optional<Program> found = only(folder, ending).flatMap(Program::of);
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<String> script = FileKind.built(folder, FileKind.SCRIPT);
        if (script.isPresent()) {
            return Optional.of(new Program(List.of(ARTIFACT), script.get()));
        }
        return exists(folder, "pyproject.toml", "setup.py", "requirements.txt")
                ? Optional.of(new Program(List.of("python3", ARTIFACT), null))
                : Optional.empty();
    }

    private static Program jar(Path folder) {
        Optional<String> built = only(folder.resolve("target"), "jar")
                .map(jar -> "target/" + jar)
                .or(() -> only(folder.resolve("build/libs"), "jar").map(jar -> "build/libs/" + jar));
        return new Program(List.of("java", "-jar", ARTIFACT), built.orElse(null));
    }

    private static boolean exists(Path folder, String... names) {
        return Stream.of(names).anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /** The program among the files of that ending: the only one that is no test, or the one with a usual name. */
    private static Optional<String> only(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = entries.limit(ENTRIES_MAX)
                    .filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("." + ending) && !isTest(name))
                    .sorted()
                    .toList();
            return names.size() == 1
                    ? Optional.of(names.getFirst())
                    : names.stream().filter(Surroundings::isUsual).findFirst();
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot look into %s: is it yours to read?".formatted(folder), unreadable);
        }
    }

    private static boolean isTest(String name) {
        return name.matches(
                "(?i)(tests?|conftest|setup|run[-_]?tests?|check)\\..*|.*[-_.](tests?|sources|javadoc|plain)\\..*|tests?[-_].*");
    }

    private static boolean isUsual(String name) {
        return name.matches("(?i)(app|main|server|service|index|serve)\\..*");
    }
}
