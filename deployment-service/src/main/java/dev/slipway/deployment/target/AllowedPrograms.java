package dev.slipway.deployment.target;

import dev.slipway.contracts.ApplicationName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The administrator's list of programs that policies may name. Read each time, so that a change counts at once. */
public final class AllowedPrograms {
    private static final int FILE_BYTES_MAX = 64 * 1024;
    /** A line {@code @hello=artifacts}; no program's name begins so. */
    private static final String OF_APPLICATION = "@";

    private static final String ARTIFACTS = "artifacts";
    /** A line {@code @hello/user=svc-hello}, or {@code @*}{@code /user=svc} for all others; no application's name holds such. */
    private static final String USER = "/user";

    private static final String EVERY_OTHER = "*";

    private final @Nullable Path list;

    public AllowedPrograms(@Nullable Path list) {
        this.list = list;
    }

    /** The program of this name; empty if it is not allowed, not absolute or not executable. */
    public Optional<Path> find(String name) {
        if (list == null || !Files.isRegularFile(list)) {
            return Optional.empty();
        }
        return Optional.ofNullable(read(list).getProperty(name))
                .map(value -> Path.of(value.strip()))
                .filter(Path::isAbsolute)
                .filter(Files::isExecutable);
    }

    /** Whether what is released of this application may itself be run as a program. */
    public boolean artifactsMayRun(ApplicationName application) {
        return list != null
                && Files.isRegularFile(list)
                && ARTIFACTS.equals(
                        read(list).getProperty(OF_APPLICATION + application, "").strip());
    }

    /** The user that programs of this application run as; empty where none is named. */
    public Optional<String> userOf(ApplicationName application) {
        if (list == null || !Files.isRegularFile(list)) {
            return Optional.empty();
        }
        Properties stored = read(list);
        String every = stored.getProperty(OF_APPLICATION + EVERY_OTHER + USER, "");
        return Optional.of(stored.getProperty(OF_APPLICATION + application + USER, every)
                        .strip())
                .filter(user -> !user.isEmpty());
    }

    private static Properties read(Path list) {
        Properties programs = new Properties();
        try {
            if (Files.size(list) <= FILE_BYTES_MAX) {
                programs.load(new StringReader(Files.readString(list)));
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            return new Properties(); // what cannot be read allows nothing
        }
        return programs;
    }
}
