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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of this machine as an artifact: its absolute address, and the digest of what it is now. */
public final class ArtifactFile {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,99})=(.+)");

    private ArtifactFile() {}

    /** Reads {@code FILE}, or {@code NAME=FILE} where no file is called just that. */
    public static Artifact named(String text) {
        Artifact file = of(path(text));
        Matcher named = NAMED.matcher(text);
        return named.matches() && !Files.exists(Path.of(text))
                ? new Artifact(file.uri(), file.digest(), named.group(1))
                : file;
    }

    /** The file of the same. */
    public static Path path(String text) {
        Matcher named = NAMED.matcher(text);
        return named.matches() && !Files.exists(Path.of(text)) ? Path.of(named.group(2)) : Path.of(text);
    }

    public static Artifact of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    Files.isDirectory(file)
                            ? "%s is a folder: pack it (tar czf app.tar.gz -C %1$s .) and release the archive"
                                    .formatted(file)
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
