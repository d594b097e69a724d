package dev.slipway.validation.issues;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which trackers may be asked, {@code slipway.validation.tracker.*}.
 *
 * @param hosts names and addresses, with their port where it is not that of the scheme; 0 to {@value #MAX}
 * @param connectWithin longest time to a connection
 * @param answerWithin longest time to a whole answer
 * @param askWithin longest time to all answers to one question, after which no further one is asked for
 * @param answerBytesMax longest answer that is read
 * @param pageSize issues of one answer, 1 to 100, as neither server gives more
 * @param pagesMax answers that one list is put together of; a longer list is not counted
 * @param pauseMax longest pause for which a server that asks for one is left alone
 * @param credentials whose token is given at which host, 0 to {@value #MAX}
 */
@ConfigurationProperties("slipway.validation.tracker")
public record TrackerSettings(
        @DefaultValue List<String> hosts,
        @DefaultValue("5s") Duration connectWithin,
        @DefaultValue("15s") Duration answerWithin,
        @DefaultValue("2m") Duration askWithin,
        @DefaultValue("8MB") DataSize answerBytesMax,
        @DefaultValue("100") int pageSize,
        @DefaultValue("20") int pagesMax,
        @DefaultValue("1h") Duration pauseMax,
        @DefaultValue List<Credential> credentials) {
    private static final int MAX = 100;
    private static final int PAGE_SIZE_MAX = 100;
    private static final int PAGES_MAX = 1_000;

    /**
     * A token, which is read from its file for each question.
     *
     * @param host as in the list of hosts
     * @param tokenFile whose first line is the token
     */
    public record Credential(String host, Path tokenFile) {
        public Credential {
            host = host.strip().toLowerCase(Locale.ROOT);
        }
    }

    public TrackerSettings {
        hosts = hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .distinct()
                .toList();
        credentials = List.copyOf(credentials);
        if (hosts.size() > MAX || credentials.size() > MAX) {
            throw new IllegalArgumentException(
                    "slipway.validation.tracker: at most %d hosts and as many credentials".formatted(MAX));
        }
        if (pageSize < 1 || pageSize > PAGE_SIZE_MAX || pagesMax < 1 || pagesMax > PAGES_MAX) {
            throw new IllegalArgumentException(
                    "slipway.validation.tracker: page-size must be 1 to %d and pages-max 1 to %,d"
                            .formatted(PAGE_SIZE_MAX, PAGES_MAX));
        }
    }

    Optional<Path> tokenFile(String host) {
        return credentials.stream()
                .filter(each -> each.host().equals(host))
                .map(Credential::tokenFile)
                .findFirst();
    }
}
