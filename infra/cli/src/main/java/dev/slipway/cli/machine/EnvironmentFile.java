package dev.slipway.cli.machine;

import dev.slipway.cli.gateway.Role;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code .slipway/env}: where Slipway is, where its applications are, and a token for each role, for shells that source it. */
final class EnvironmentFile {
    private static final Duration TTL = Duration.ofHours(12);

    private EnvironmentFile() {}

    static void write(Home home, List<URI> urls, List<URI> fronts, Instant now) {
        try {
            OwnerOnly.write(home.environment(), content(urls, fronts, new Tokens(IssuerKey.load(home)), now));
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    /**
     * @param urls of the gateways, the first first
     * @param fronts of the gateways, where applications are reached
     */
    static String content(List<URI> urls, List<URI> fronts, Tokens tokens, Instant now) {
        StringBuilder text = new StringBuilder("SLIPWAY_URL=")
                .append(urls.getFirst())
                .append("\nSLIPWAY_URLS=")
                .append(urls.stream().map(URI::toString).collect(Collectors.joining(",")))
                .append("\nSLIPWAY_FRONT_URL=")
                .append(fronts.getFirst())
                .append('\n');
        for (Role role : Role.values()) {
            String name = role.name().toLowerCase(Locale.ROOT);
            Tokens.Bearer bearer = new Tokens.Bearer(name, name + "@example.test");
            text.append("SLIPWAY_TOKEN_")
                    .append(role.name())
                    .append('=')
                    .append(tokens.issue(bearer, List.of(role), now, TTL))
                    .append('\n');
        }
        return text.toString();
    }
}
