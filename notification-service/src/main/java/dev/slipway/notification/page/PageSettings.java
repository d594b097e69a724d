package dev.slipway.notification.page;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where announcements may be put by an API, {@code slipway.pages.*}.
 *
 * @param hosts names and addresses, with their port where it is not 443; 0 to 100
 * @param connectWithin longest time to a connection
 * @param answerWithin longest time to an answer
 * @param answerBytesMax longest answer that is read
 * @param credentials whose token is given at which host, 0 to 100
 */
@ConfigurationProperties("slipway.pages")
public record PageSettings(
        @DefaultValue List<String> hosts,
        @DefaultValue("3s") Duration connectWithin,
        @DefaultValue("10s") Duration answerWithin,
        @DefaultValue("4194304") int answerBytesMax,
        @DefaultValue List<Credential> credentials) {
    private static final int MAX = 100;

    /**
     * A token, which is read from its file for each call.
     *
     * @param host as in the list of hosts
     * @param tokenFile whose first line is the token
     */
    public record Credential(String host, Path tokenFile) {
        public Credential {
            host = host.strip().toLowerCase(Locale.ROOT);
        }
    }

    public PageSettings {
        hosts = hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .distinct()
                .toList();
        credentials = List.copyOf(credentials);
        if (hosts.size() > MAX || credentials.size() > MAX) {
            throw new IllegalArgumentException(
                    "slipway.pages: at most %d hosts and as many credentials".formatted(MAX));
        }
    }

    Optional<Path> tokenFile(String host) {
        return credentials.stream()
                .filter(each -> each.host().equals(host))
                .map(Credential::tokenFile)
                .findFirst();
    }
}
