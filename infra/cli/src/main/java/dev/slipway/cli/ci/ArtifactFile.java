package dev.slipway.cli.ci;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file of this machine as an artifact: its absolute address, and the digest of what it is now. */
public final class ArtifactFile {
    private ArtifactFile() {}

    public static Artifact of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    Files.isDirectory(file)
                            ? "%s is a folder: an artifact is one file, such as an archive".formatted(file)
                            : "there is no file %s: build it first, or give the right path".formatted(file));
        }
        try (InputStream content = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            String hex = HexFormat.of().formatHex(digested.getMessageDigest().digest());
            return new Artifact(file.toRealPath().toUri(), new Digest("sha256:" + hex));
        } catch (IOException unreadable) {
            throw new CommandFailed(ExitCode.USAGE, "cannot read %s: is it yours to read?".formatted(file), unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
