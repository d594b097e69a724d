package dev.slipway.deployment.target;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.policy.Placeholders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A version whose program is what was released itself, {@code command: ["{artifact}"]}: a native binary of this machine, or
 * a script that says by {@code #!} what runs it. Anything else is refused before it is started: a kernel runs no other file,
 * and what starts programs would then have a shell read it, line by line.
 */
final class OwnProgram {
    private static final int HEAD_BYTES = 256;
    private static final int MACHINE_AT = 18; // e_machine, elf(5)
    private static final int BYTE_ORDER_AT = 5;
    private static final int BIG_ENDIAN = 2;
    private static final int BYTE = 0xff;
    private static final Path OTHER_MACHINES = Path.of("/proc/sys/fs/binfmt_misc");
    private static final int ITS_OWN_FILES = 2; // register, status

    /** Numbers of elf(5), and what Java calls the machines. */
    private static final Map<Integer, String> MACHINES =
            Map.of(3, "x86", 21, "ppc64le", 22, "s390x", 40, "arm", 62, "amd64", 183, "aarch64", 243, "riscv64");

    private OwnProgram() {}

    /** Whether a command begins with what is released. */
    static boolean isMeant(String first) {
        return Placeholders.used(first).stream()
                .anyMatch(name -> name.equals(Placeholders.ARTIFACT)
                        || name.equals(Placeholders.FOLDER)
                        || name.startsWith(Placeholders.ARTIFACTS_PREFIX));
    }

    static String notAllowed(ApplicationName application) {
        return "The policy runs what is released of %s itself, and that is not on the administrator's list. Run ./slipway allow --artifact %s, or add the line @%s=artifacts to the file that slipway.targets.allowed-programs names"
                .formatted(application, application, application);
    }

    /** Why the file at the command's beginning is not started, in words; empty if it is. */
    static Optional<String> fault(Path program, Layout layout) throws IOException {
        if (!program.isAbsolute() || !layout.holds(program)) {
            return Optional.of(
                    "The program %s is none of what was released: the command begins with {artifact}, {artifacts.NAME} or a path below {folder}"
                            .formatted(program));
        }
        String name = program.getFileName().toString();
        if (!Files.isRegularFile(program)) {
            return Optional.of(
                    "There is no program %s in what was released: the command names a path that the archive holds, from its top"
                            .formatted(program));
        }
        if (!Files.isExecutable(program)) {
            return Optional.of(
                    "%s is not executable: pack it as a program (chmod +x before it is packed)".formatted(name));
        }
        return fault(name, head(program));
    }

    private static Optional<String> fault(String name, byte[] head) throws IOException {
        if (startsWith(head, "\u007fELF")) {
            return otherMachine(name, head);
        }
        if (startsWith(head, "#!")) {
            return missingInterpreter(name, head);
        }
        return Optional.of(
                startsWith(head, "PK")
                        ? "%s is a jar or another archive, which runs by a program: command: [java, -jar, \"{artifact}\"]"
                                .formatted(name)
                        : "%s is neither a program of this machine (ELF) nor a script that begins with #!: say in the command what runs it"
                                .formatted(name));
    }

    private static Optional<String> otherMachine(String name, byte[] head) throws IOException {
        if (head.length < MACHINE_AT + 2 || runsOtherMachines()) {
            return Optional.empty();
        }
        int low = head[MACHINE_AT] & BYTE;
        int high = head[MACHINE_AT + 1] & BYTE;
        int number = head[BYTE_ORDER_AT] == BIG_ENDIAN ? low << Byte.SIZE | high : high << Byte.SIZE | low;
        String built = MACHINES.getOrDefault(number, "machine " + number);
        String here = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean runs = built.equals(here) || (built.equals("x86") && here.equals("amd64"));
        return runs
                ? Optional.empty()
                : Optional.of("%s is a program for %s, and this machine is %s: build it for this one"
                        .formatted(name, built, here));
    }

    /** Where an administrator has registered an emulator it may be any machine's. */
    private static boolean runsOtherMachines() throws IOException {
        if (!Files.isDirectory(OTHER_MACHINES)) {
            return false;
        }
        try (Stream<Path> registered = Files.list(OTHER_MACHINES)) {
            return registered.count() > ITS_OWN_FILES;
        }
    }

    private static Optional<String> missingInterpreter(String name, byte[] head) {
        String line =
                new String(head, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        String interpreter = line.substring(2).strip().split("\\s+", 2)[0];
        return interpreter.startsWith("/") && Files.isExecutable(Path.of(interpreter))
                ? Optional.empty()
                : Optional.of("%s says that %s runs it, and there is no such program on this machine: install it"
                        .formatted(name, interpreter));
    }

    private static boolean startsWith(byte[] head, String magic) {
        return new String(head, StandardCharsets.ISO_8859_1).startsWith(magic);
    }

    private static byte[] head(Path program) throws IOException {
        try (InputStream content = Files.newInputStream(program)) {
            return content.readNBytes(HEAD_BYTES);
        }
    }
}
