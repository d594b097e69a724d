package dev.slipway.deployment.target;

import dev.slipway.contracts.ApplicationName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets of the machine's administrator: one file each, {@code <folder>/<application>/<name>}, or {@code <folder>/<name>}
 * for those that every application may have. A policy names one; its value is read when a program starts, and goes
 * nowhere but into that program's environment. The file's last line break is no part of it.
 *
 * <p>What others than its owner may read or write is refused, with the remedy.
 */
public final class Secrets {
    static final int BYTES_MAX = 64 * 1024;
    private static final int FILES_MAX = 1_000;
    private static final int DEPTH = 2;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Logger log = LoggerFactory.getLogger(Secrets.class);

    private final @Nullable Path folder;
    private final AtomicBoolean told = new AtomicBoolean();
    /** Values that were handed out since this service began: what a program writes may show one that is replaced by now. */
    private final Set<String> handedOut = ConcurrentHashMap.newKeySet();

    /** @param folder null where there are no secrets */
    public Secrets(@Nullable Path folder) {
        this.folder = folder;
    }

    /** What came of asking for a secret. */
    sealed interface Secret {
        /** Nothing shows its value. */
        record Value(String text) implements Secret {
            @Override
            public String toString() {
                return "Value[...]";
            }
        }

        /** @param why in words for a person, with the remedy, without any value */
        record Refused(String why) implements Secret {}
    }

    Secret read(ApplicationName application, String name) {
        if (folder == null) {
            return new Secret.Refused("The secret " + name
                    + " cannot be read: this machine has no folder of secrets (slipway.deployment.secrets-folder)");
        }
        Path own = folder.resolve(application.value()).resolve(name);
        Path common = folder.resolve(name);
        Path file = Files.isRegularFile(own) || !Files.isRegularFile(common) ? own : common;
        try {
            Optional<String> fault = fault(file, name);
            return fault.<Secret>map(Secret.Refused::new).orElseGet(() -> value(file, name));
        } catch (IOException unreadable) {
            return new Secret.Refused("The secret %s cannot be read from %s: %s"
                    .formatted(name, file, unreadable.getClass().getSimpleName()));
        }
    }

    /** Why a program could not be started with it now, with the remedy; empty where it could. */
    public Optional<String> refusal(ApplicationName application, String name) {
        return read(application, name) instanceof Secret.Refused(String why) ? Optional.of(why) : Optional.empty();
    }

    private Optional<String> fault(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of(
                    "The secret %s is not on this machine. Have the administrator write it to %s, readable by its owner alone: (umask 077; mkdir -p %s; cat > %s)"
                            .formatted(name, file, file.getParent(), file));
        }
        Path root = java.util.Objects.requireNonNull(folder).toRealPath();
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            return Optional.of(
                    "The secret %s is a link that leads out of %s: put the file itself there".formatted(name, root));
        }
        for (Path above = real.getParent(); above != null && above.startsWith(root); above = above.getParent()) {
            if (open(above, OTHERS_WRITE)) {
                return Optional.of("The folder %s of the secret %s may be written by others: chmod 700 %s"
                        .formatted(above, name, above));
            }
        }
        if (open(real, OTHERS)) {
            return Optional.of("The secret %s may be read or written by others than its owner: chmod 600 %s"
                    .formatted(name, real));
        }
        return Files.size(real) > BYTES_MAX
                ? Optional.of("The secret %s has more than %d bytes: %s".formatted(name, BYTES_MAX, real))
                : Optional.empty();
    }

    private static boolean open(Path path, Set<PosixFilePermission> refused) throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
            return false;
        }
        Set<PosixFilePermission> granted =
                new HashSet<>(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        granted.retainAll(refused);
        return !granted.isEmpty();
    }

    private Secret value(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String value = text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            if (value.isEmpty() || value.indexOf('\0') >= 0) {
                return new Secret.Refused("The secret %s is %s: %s"
                        .formatted(name, value.isEmpty() ? "empty" : "no text, as it holds the character NUL", file));
            }
            handedOut.add(value);
            return new Secret.Value(value);
        } catch (CharacterCodingException binary) {
            return new Secret.Refused(
                    "The secret %s is no text in UTF-8; write it in base64: %s".formatted(name, file));
        } catch (IOException unreadable) {
            return new Secret.Refused("The secret %s cannot be read from %s by the user that deployment-service runs as"
                    .formatted(name, file));
        }
    }

    /**
     * Takes out of what a program wrote every value that a program of this machine may know, and each line of it. Where there
     * are more than are read, nobody knows all of them, and nothing is shown.
     */
    Masking masking() {
        Reading read = new Reading();
        if (folder != null && Files.isDirectory(folder)) {
            try {
                Files.walkFileTree(folder, Set.of(), DEPTH, read);
            } catch (IOException never) {
                throw new UncheckedIOException(never); // each file and folder is passed over by itself
            }
        }
        if (read.files > FILES_MAX) {
            String why =
                    "more than %,d secrets are in %s, too many to take them all out of what is shown: keep those of applications that are gone elsewhere"
                            .formatted(FILES_MAX, folder);
            if (!told.getAndSet(true)) {
                log.warn("No line of a program's log is shown: {}", why);
            }
            return Masking.ofAll(why);
        }
        told.set(false);
        read.values.addAll(handedOut);
        return new Masking(lines(read.values));
    }

    /** Reads each file; what cannot be read was never handed out. */
    private static final class Reading extends SimpleFileVisitor<Path> {
        private final Set<String> values = new HashSet<>();
        private int files;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!Files.isRegularFile(file)) {
                return FileVisitResult.CONTINUE;
            }
            files++;
            if (files > FILES_MAX) {
                return FileVisitResult.TERMINATE;
            }
            values.add(text(file));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static List<String> lines(Set<String> values) {
        return values.stream()
                .flatMap(value -> Stream.concat(Stream.of(value), value.lines()))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
