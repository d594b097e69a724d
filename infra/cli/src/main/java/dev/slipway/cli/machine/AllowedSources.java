package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where repositories and artifacts may come from: folders of this machine, and hosts for {@code https:}, which gates and waits
 * may ask and announcements may be put at as well. The
 * administrator's list, a line each; services are told of it when they start. Where there is no list yet, the home, the
 * folder in which its project lies and the user's own folder are on it, and no host.
 *
 * @param folders absolute
 * @param hosts with their port where it is not 443
 */
public record AllowedSources(List<Path> folders, List<String> hosts) {
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?");
    private static final String FOLDER = "folder ";
    private static final String OF_HOST = "host ";
    private static final String COMMENT =
            "# Where repositories and artifacts may come from: lines of \"folder /absolute/path\" or \"host name\".\n";

    public AllowedSources {
        folders = List.copyOf(folders);
        hosts = List.copyOf(hosts);
    }

    /** The list of a home, or what is allowed where there is none. */
    public static AllowedSources of(Home home) {
        Path file = home.allowedSources();
        if (!Files.exists(file)) {
            return untold(home);
        }
        List<Path> folders = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(FOLDER)) {
                    folders.add(Path.of(line.substring(FOLDER.length()).strip()));
                } else if (line.startsWith(OF_HOST)) {
                    hosts.add(line.substring(OF_HOST.length()).strip());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    throw new CommandFailed(
                            ExitCode.FAILED,
                            "cannot read %s: '%s' is neither \"folder /absolute/path\" nor \"host name\""
                                    .formatted(file, line));
                }
            }
        } catch (IOException unreadable) {
            throw new CommandFailed(ExitCode.FAILED, "cannot read %s: make it readable".formatted(file), unreadable);
        }
        return new AllowedSources(folders, hosts);
    }

    private static AllowedSources untold(Home home) {
        Path own = Path.of(System.getProperty("user.home", "/")).toAbsolutePath();
        Stream<Path> folders = Stream.concat(Stream.of(home.root()), besideTheProject(home).stream());
        return new AllowedSources(
                Stream.concat(folders, Stream.of(own))
                        .filter(folder -> folder.getNameCount() > 0)
                        .distinct()
                        .toList(),
                List.of());
    }

    /** A home that lies in a project as usual has the project's neighbours beside it. */
    private static Optional<Path> besideTheProject(Home home) {
        Path project = home.root().getParent();
        return project == null || !home.root().endsWith(".slipway")
                ? Optional.empty()
                : Optional.of(Objects.requireNonNullElse(project.getParent(), project));
    }

    /** @throws CommandFailed if there is no such folder */
    public AllowedSources withFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(ExitCode.USAGE, "there is no folder %s: give the path of one".formatted(folder));
        }
        try {
            Path real = folder.toRealPath();
            return new AllowedSources(
                    Stream.concat(folders.stream(), Stream.of(real)).distinct().toList(), hosts);
        } catch (IOException gone) {
            throw new CommandFailed(ExitCode.USAGE, "cannot follow %s: give its absolute path".formatted(folder), gone);
        }
    }

    /** @throws CommandFailed if that is no name of a host */
    public AllowedSources withHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(name).matches()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "'%s' is no host: give its name, with its port where it is not 443, such as git.example.test"
                            .formatted(host));
        }
        return new AllowedSources(
                folders,
                Stream.concat(hosts.stream(), Stream.of(name)).distinct().toList());
    }

    /** @throws CommandFailed if it is not on the list */
    public AllowedSources without(String folderOrHost) {
        Path folder = Path.of(folderOrHost).toAbsolutePath().normalize();
        AllowedSources less = new AllowedSources(
                folders.stream().filter(each -> !each.equals(folder)).toList(),
                hosts.stream().filter(each -> !each.equals(folderOrHost)).toList());
        if (less.equals(this)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "'%s' is not on the list: see ./slipway allow --list".formatted(folderOrHost));
        }
        return less;
    }

    public void save(Home home) {
        StringBuilder text = new StringBuilder(COMMENT);
        folders.forEach(folder -> text.append(FOLDER).append(folder).append('\n'));
        hosts.forEach(host -> text.append(OF_HOST).append(host).append('\n'));
        try {
            OwnerOnly.directories(home.root());
            OwnerOnly.write(home.allowedSources(), text.toString());
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    /** The settings of a service, as environment variables. */
    Map<String, String> asSettings(String rootsVariable, String hostsVariable) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < folders.size(); i++) {
            settings.put(rootsVariable + "_" + i, folders.get(i).toString());
        }
        settings.putAll(hostsAs(hostsVariable));
        return settings;
    }

    /** Of a service that reads from hosts alone. */
    Map<String, String> hostsAs(String hostsVariable) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < hosts.size(); i++) {
            settings.put(hostsVariable + "_" + i, hosts.get(i));
        }
        return settings;
    }
}
