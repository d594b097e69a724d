package dev.slipway.cli.machine;

import dev.slipway.cli.gateway.Role;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code .slipway/env}: where Slipway is, and a token for each role, for shells that source it. */
final class EnvironmentFile {
    private static final Duration TTL = Duration.ofHours(12);

    private EnvironmentFile() {}

    static void write(Home home, List<URI> urls, Instant now) {
        try {
            OwnerOnly.write(home.environment(), content(urls, new Tokens(IssuerKey.load(home)), now));
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    /** @param urls of the gateways, the first first */
    static String content(List<URI> urls, Tokens tokens, Instant now) {
        StringBuilder text = new StringBuilder("SLIPWAY_URL=")
                .append(urls.getFirst())
                .append("\nSLIPWAY_URLS=")
                .append(urls.stream().map(URI::toString).collect(Collectors.joining(",")))
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
