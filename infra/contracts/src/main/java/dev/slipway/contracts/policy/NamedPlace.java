package dev.slipway.contracts.policy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a text that a program is given names: an address somewhere, or a place on the disk. Two texts name the same place if
 * these say so, whoever asks for it and with whatever options.
 *
 * @param addresses host and port of each machine that it names, in lower case; port 0 where neither it nor its scheme says one
 * @param url scheme, addresses and path; empty for a place on the disk
 * @param folder the place, without dots; empty for an address
 */
record NamedPlace(List<String> addresses, Optional<String> url, Optional<String> folder) {
    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:|r2dbc:)?([A-Za-z][A-Za-z0-9+.:-]*)://([^/?#;\\s]+)([^?#;\\s]*).*", Pattern.DOTALL);
    private static final Pattern LAST_PORT = Pattern.compile("(.+?):(\\d{1,5}|\\{[A-Za-z0-9._-]+})");
    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?|0\\.0\\.0\\.0");
    private static final String LOOPBACK = "127.0.0.1";
    private static final Map<String, Integer> PORTS = Map.ofEntries(
            Map.entry("http", 80),
            Map.entry("https", 443),
            Map.entry("postgres", 5432),
            Map.entry("postgresql", 5432),
            Map.entry("mysql", 3306),
            Map.entry("mariadb", 3306),
            Map.entry("mongodb", 27_017),
            Map.entry("redis", 6379),
            Map.entry("amqp", 5672),
            Map.entry("nats", 4222));

    NamedPlace {
        addresses = List.copyOf(addresses);
    }

    static Optional<NamedPlace> of(String text) {
        String said = text.strip();
        Matcher url = URL.matcher(said);
        if (url.matches()) {
            return Optional.of(at(part(url, 1).toLowerCase(Locale.ROOT), part(url, 2), part(url, 3)));
        }
        String path = said.startsWith("file:") ? said.substring("file:".length()) : said;
        return folder(path).map(folder -> new NamedPlace(List.of(), Optional.empty(), Optional.of(folder)));
    }

    /** The address of a port of this machine. */
    static String ofThisMachine(String port) {
        return LOOPBACK + ":" + port;
    }

    private static String part(Matcher url, int group) {
        String part = url.group(group);
        return part == null ? "" : part;
    }

    private static NamedPlace at(String scheme, String authority, String path) {
        String hosts = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        int ofScheme = PORTS.getOrDefault(scheme, 0);
        List<String> addresses = Stream.of(hosts.split(",", -1))
                .filter(host -> !host.isEmpty())
                .map(host -> address(host, ofScheme))
                .sorted()
                .distinct()
                .toList();
        String where = path.replaceAll("/+$", "");
        return new NamedPlace(
                addresses, Optional.of(scheme + "://" + String.join(",", addresses) + where), Optional.empty());
    }

    private static String address(String host, int portOfScheme) {
        Matcher named = LAST_PORT.matcher(host);
        boolean says = named.matches();
        String name = says ? part(named, 1) : host;
        String port = says ? part(named, 2) : Integer.toString(portOfScheme);
        return (THIS_MACHINE.matcher(name).matches() ? LOOPBACK : name) + ":" + port;
    }

    /** A whole path; what is relative lies in the working folder, which each version has for itself. */
    private static Optional<String> folder(String text) {
        if (!text.startsWith("/") || text.indexOf('\n') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text).normalize().toString());
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
