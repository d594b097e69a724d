package dev.slipway.deployment.target;

import dev.slipway.contracts.ApplicationName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users that programs run as: the one that the administrator's list names for the application, or for all, else this
 * service's own. setpriv(1) turns into another user and then becomes the program, so that the pid stays. Whether it may is
 * tried, not concluded from who this service is: capabilities and user namespaces have their own mind. Where there is
 * setpriv no program gains rights by starting another one that has more (prctl(2), no_new_privs).
 */
final class Users {
    private static final Logger log = LoggerFactory.getLogger(Users.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}[$]?");
    private static final Path ID = Path.of("/usr/bin/id");
    private static final String ROOT = "root";
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 4096;

    private static final AtomicBoolean WARNED = new AtomicBoolean(); // once is enough

    private final Path setpriv;
    private final AllowedPrograms programs;

    /** @param setpriv need not be there */
    Users(Path setpriv, AllowedPrograms programs) {
        this.setpriv = setpriv;
        this.programs = programs;
    }

    /** Whom an application's programs run as. */
    sealed interface Chosen {
        /** This service's own user. */
        record Own() implements Chosen {}

        record Other(Account account) implements Chosen {}

        /** @param why in words for a person, with the remedy */
        record Refused(String why) implements Chosen {}
    }

    Chosen of(ApplicationName application) throws InterruptedException {
        Optional<String> named = programs.userOf(application);
        if (named.isEmpty()) {
            warnOfRoot();
            return new Chosen.Own();
        }
        String name = named.get();
        if (name.equals(ourName())) {
            return new Chosen.Own();
        }
        String programsOf = "Programs of %s are to run as the user %s".formatted(application, name);
        if (!Files.isExecutable(setpriv)) {
            return new Chosen.Refused(
                    "%s, and there is no program %s that could start them so (slipway.targets.user-program): install util-linux"
                            .formatted(programsOf, setpriv));
        }
        Optional<Account> account = account(name);
        if (account.isEmpty()) {
            return new Chosen.Refused(
                    "%s, and there is no such user on this machine: useradd --system %s, or have the administrator name another, ./slipway allow --user USER"
                            .formatted(programsOf, name));
        }
        return ran(account.get(), "/bin/true")
                ? new Chosen.Other(account.get())
                : new Chosen.Refused(
                        "%s, and deployment-service runs as %s, who may not start programs as others: run it as root, or have the administrator take the user off the list, ./slipway allow --no-user"
                                .formatted(programsOf, ourName()));
    }

    /** What stands before a program; each becomes what stands after it. */
    List<String> before(@Nullable Account account) {
        if (!Files.isExecutable(setpriv)) {
            return List.of();
        }
        List<String> before = new ArrayList<>(List.of(setpriv.toString()));
        if (account != null) {
            before.addAll(List.of("--reuid=" + account.user(), "--regid=" + account.group(), "--init-groups"));
        }
        before.addAll(List.of("--no-new-privs", "--"));
        return before;
    }

    /** Why a user cannot work in a folder and read a file, in words; empty if it can. Tried as that user. */
    Optional<String> closedTo(Account account, Path folder, Path file) throws InterruptedException {
        String look = "cd \"$0\" && test -r \"$1\"";
        if (ran(account, "/bin/sh", "-c", look, folder.toString(), file.toString())) {
            return Optional.empty();
        }
        Optional<Path> closed =
                above(folder).stream().filter(Users::keepsOthersOut).findFirst();
        return Optional.of(
                closed.map(path -> "The user %s cannot reach %s, as %s lets nobody but its owner pass: chmod o+x %s"
                                .formatted(account.name(), folder, path, path))
                        .orElseGet(() ->
                                "The user %s cannot work in %s and read %s: have the administrator look what keeps it out, namei -l %s"
                                        .formatted(account.name(), folder, file, file)));
    }

    private static List<Path> above(Path folder) {
        List<Path> all = new ArrayList<>();
        for (Path path = folder.toAbsolutePath().getParent(); path != null; path = path.getParent()) {
            all.addFirst(path);
        }
        return all;
    }

    private static boolean keepsOthersOut(Path folder) {
        try {
            return !Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private void warnOfRoot() {
        if (ROOT.equals(ourName()) && !WARNED.getAndSet(true)) {
            log.warn("Programs run as root, as deployment-service does: name a user for them with"
                    + " ./slipway allow --user USER, or for one application with --for APP");
        }
    }

    private static String ourName() {
        return System.getProperty("user.name", "");
    }

    /** As the machine's own directories of users say, whatever they are; not from /etc/passwd alone. */
    private static Optional<Account> account(String name) throws InterruptedException {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<Integer> user = number("-u", name);
        Optional<Integer> group = number("-g", name);
        return user.flatMap(uid -> group.map(gid -> new Account(name, uid, gid)));
    }

    private static Optional<Integer> number(String which, String name) throws InterruptedException {
        return output(List.of(ID.toString(), which, name))
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }

    private boolean ran(Account account, String... command) throws InterruptedException {
        List<String> whole = new ArrayList<>(before(account));
        whole.addAll(List.of(command));
        return output(whole).isPresent();
    }

    /** What a program says that ends well; it is told nothing of this service's environment, which holds secrets. */
    private static Optional<String> output(List<String> command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            if (!process.waitFor(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(said.strip()) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
