package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder that holds everything Slipway keeps on this machine, {@code .slipway} unless chosen otherwise.
 *
 * @param root absolute
 */
public record Home(Path root) {
    private static final long FREE_BYTES_MIN = 512L << 20;

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    public Path data() {
        return root.resolve("platform");
    }

    public Path runs() {
        return root.resolve("run");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path targets() {
        return root.resolve("targets");
    }

    /** What programs may be told in secret: a file each, as the administrator puts it there. */
    public Path secrets() {
        return root.resolve("secrets");
    }

    /** Copies of repositories. */
    public Path git() {
        return root.resolve("git");
    }

    public Path demo() {
        return root.resolve("demo");
    }

    public Path processes() {
        return root.resolve("processes.json");
    }

    /** What the commands started by themselves. */
    Path started() {
        return root.resolve("started.json");
    }

    /** What should run. */
    Path plan() {
        return root.resolve("plan.json");
    }

    /** How often what was started again, and why. */
    Path standing() {
        return root.resolve("supervision.json");
    }

    public Path environment() {
        return root.resolve("env");
    }

    public Path issuerKey() {
        return root.resolve("issuer.pem");
    }

    public Path issuerPublicKey() {
        return root.resolve("issuer.pub.pem");
    }

    /** Keys that close the records of releases: nothing that a program could be told. */
    public Path proofKeys() {
        return root.resolve("proof");
    }

    public Path allowedPrograms() {
        return root.resolve("allowed-programs.properties");
    }

    public Path allowedSources() {
        return root.resolve("allowed-sources");
    }

    public boolean exists() {
        return Files.isDirectory(root);
    }

    /** Makes the folders, only for their owner, and sees to it that there is room. */
    public void prepare() {
        try {
            OwnerOnly.directories(root);
            for (Path folder : List.of(runs(), logs(), targets(), data(), secrets(), git(), demo())) {
                OwnerOnly.directories(folder);
            }
            Path probe = Files.createTempFile(root, "probe", "");
            Files.delete(probe);
            long freeBytes = Files.getFileStore(root).getUsableSpace();
            if (freeBytes < FREE_BYTES_MIN) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "only %d MB are free on the disk of %s, %d are needed: make room, or choose another disk with --home"
                                .formatted(freeBytes >> 20, root, FREE_BYTES_MIN >> 20));
            }
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }

    /**
     * Lets programs of other users pass to what is theirs below {@link #targets}, and nobody else to anything else: what
     * lies beside it is closed first.
     */
    public void letOthersPass() {
        try {
            prepare();
            OwnerOnly.closeAllBut(root, targets());
            OwnerOnly.letPass(root);
        } catch (IOException undone) {
            throw unwritable(undone);
        }
    }

    /** The one line for a home that cannot be written to. */
    public CommandFailed unwritable(IOException why) {
        return new CommandFailed(
                ExitCode.FAILED,
                "cannot write to %s (%s): make it writable and make room on its disk, or choose another with --home"
                        .formatted(root, why.getMessage()),
                why);
    }

    /** Size of everything in it, bytes. */
    public long sizeBytes() {
        try {
            return exists() ? Folders.bytes(root) : 0;
        } catch (IOException unreadable) {
            throw unwritable(unreadable);
        }
    }

    /** Removes all data; nothing of Slipway may run. */
    public void wipe() {
        try {
            Folders.delete(root);
        } catch (IOException undeletable) {
            throw unwritable(undeletable);
        }
    }
}
