package dev.slipway.contracts.policy;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names by which users reach an environment: DNS names (RFC 1123) in lower case, without port and wildcard. Those under
 * {@code .localhost} mean the machine of whoever asks (RFC 6761); {@code localhost} itself is page and API.
 */
public final class HostNames {
    public static final int NAMES_MAX = 20;
    private static final int CHARACTERS_MAX = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern LEGAL = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern NUMBER_LAST = Pattern.compile("(.*\\.)?\\d+");
    private static final String THIS_MACHINE = ".localhost";

    private HostNames() {}

    /** Requires at most {@value #NAMES_MAX} legal names, each once. */
    public static void require(List<String> hosts) {
        Ranges.require("hosts: number of names", hosts.size(), 0, NAMES_MAX);
        hosts.forEach(HostNames::require);
        Policy.requireOnce("hosts: each name", hosts);
    }

    /** Requires one legal name; the message says what is wrong with it. */
    public static void require(String host) {
        Texts.requireLength("hosts: a name", host, 1, CHARACTERS_MAX);
        String reason = fault(host);
        if (reason != null) {
            throw new IllegalArgumentException("hosts: " + Texts.shown(host) + " " + reason);
        }
    }

    private static @Nullable String fault(String host) {
        if (host.equals("localhost")) {
            return "is page and API themselves; name an own one, such as shop.localhost";
        }
        if (host.contains("*")) {
            return "is a wildcard; name each host";
        }
        if (host.contains("/")) {
            return "is an address; write the host's name alone, such as shop.example.test";
        }
        if (host.contains(":")) {
            return "has a port; write the name alone, the port is the front's";
        }
        if (!host.equals(host.toLowerCase(Locale.ROOT))) {
            return "must be lower case";
        }
        if (host.chars().anyMatch(letter -> letter > '~')) {
            return "must be written in ASCII, as DNS does (xn--...)";
        }
        if (NUMBER_LAST.matcher(host).matches()) {
            return "is an IP address or ends in a number; the front answers by DNS names, and by path at any address";
        }
        return LEGAL.matcher(host).matches()
                ? null
                : "must be a DNS name: labels of 1 to 63 letters, digits and inner hyphens, with dots between";
    }

    /** Requires that a name under {@code .localhost} is the application's: the others go to the others by default. */
    public static void requireOwn(ApplicationName application, String host) {
        String own = application.value() + THIS_MACHINE;
        if (host.endsWith(THIS_MACHINE) && !host.equals(own) && !host.endsWith("." + own)) {
            throw new IllegalArgumentException(
                    "hosts: %s belongs to another application by default; use %s or a name that"
                                    .formatted(Texts.shown(host), own)
                            + " ends in ." + own);
        }
    }

    /** The name of an environment whose policy names none. */
    public static String byDefault(EnvironmentId environment) {
        String application = environment.application().value() + THIS_MACHINE;
        return environment.isProduction() ? application : environment.environment() + "." + application;
    }

    /** By what names the front answers: those of the policy, or the one by default. */
    public static List<String> effective(EnvironmentId environment, List<String> hosts) {
        return hosts.isEmpty() ? List.of(byDefault(environment)) : hosts;
    }
}
