package dev.slipway.cli.release;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A policy as a file holds it. Only two things of it are looked at here, so that line and column in what Slipway says
 * about the rest are those of the file.
 *
 * @param application what it is for
 * @param yaml with a relative {@code file:} repository made absolute
 */
public record PolicyFile(String application, String yaml) {
    private static final long BYTES_MAX = 1L << 20;
    private static final Pattern APPLICATION = Pattern.compile("(?m)^application:\\s*[\"']?([^\\s\"'#]+)");
    private static final Pattern RELATIVE = Pattern.compile("(repository:\\s*)([\"']?)file:(?!/)([^\"',}\\s]+)\\2");

    /** A relative repository counts from the file's own folder, so that it means the same wherever this is run. */
    public static PolicyFile read(Path file) {
        return of(text(file), folder(file));
    }

    static Path folder(Path file) {
        return file.toAbsolutePath().normalize().resolveSibling(".").normalize();
    }

    /** What stands in it. */
    public static String text(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new CommandFailed(ExitCode.USAGE, "%s is larger than 1 MiB: no policy is".formatted(file));
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot read %s as UTF-8 text: is the path right?".formatted(file), unreadable);
        }
    }

    static PolicyFile of(String yaml, Path from) {
        Matcher application = APPLICATION.matcher(yaml);
        if (!application.find()) {
            throw new CommandFailed(ExitCode.USAGE, "the policy names no application: add a line application: NAME");
        }
        String absolute = RELATIVE.matcher(yaml)
                .replaceAll(match -> Matcher.quoteReplacement("%s\"%s\""
                        .formatted(
                                match.group(1),
                                "file:"
                                        + from.resolve(match.group(3))
                                                .normalize()
                                                .toUri()
                                                .getRawPath())));
        return new PolicyFile(application.group(1), absolute);
    }
}
