package dev.slipway.gateway.routes;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Where the services are, and how long one is waited for.
 *
 * @param release addresses of the instances of release-service, separated by commas, 1 or more; the others alike
 * @param connectWithin limit of making a connection
 * @param answerWithin limit of a whole answer
 * @param keepAlive how long an idle connection is kept
 * @param bodyMax largest request body but for evidence and files
 * @param evidenceMax largest report, and largest file that stands with an answer
 * @param repeatMax largest body that is kept while it is sent, so that another instance can be asked the same; a larger
 *     one is sent once
 * @param inFlightMax requests that wait for one service at the same time; more are answered 503
 * @param steeringInFlightMax room of their own for approvals and for what steers a release, rollback and abort above all
 * @param badgesInFlightMax room of their own for drawn badges, which may be public: whoever asks for them takes no room from others
 * @param breaker when an instance is left alone
 */
@ConfigurationProperties("slipway.routes")
record RouteSettings(
        List<URI> release,
        List<URI> validation,
        List<URI> deployment,
        List<URI> notification,
        Duration connectWithin,
        Duration answerWithin,
        Duration keepAlive,
        DataSize bodyMax,
        DataSize evidenceMax,
        DataSize repeatMax,
        int inFlightMax,
        int steeringInFlightMax,
        int badgesInFlightMax,
        Breaker breaker) {
    RouteSettings {
        release = addresses("release", release);
        validation = addresses("validation", validation);
        deployment = addresses("deployment", deployment);
        notification = addresses("notification", notification);
    }

    private static List<URI> addresses(String service, List<URI> addresses) {
        List<URI> distinct = addresses.stream().distinct().toList();
        if (distinct.isEmpty()) {
            throw new IllegalArgumentException(
                    "slipway.routes.%s: 1 or more addresses are needed, separated by commas".formatted(service));
        }
        distinct.stream()
                .filter(address -> address.getScheme() == null
                        || !address.getScheme().startsWith("http")
                        || address.getRawAuthority() == null)
                .findFirst()
                .ifPresent(address -> {
                    throw new IllegalArgumentException("slipway.routes.%s: %s is no address like http://127.0.0.1:8081"
                            .formatted(service, address));
                });
        return distinct;
    }

    /**
     * A circuit breaker that opens when too many of the last calls got no answer.
     *
     * @param calls how many of the last calls are looked at
     * @param callsMin below so many nothing is concluded
     * @param failedPercent at or above this it opens
     * @param openFor how long an instance is left alone before a few calls try it again; what a 503 tells the caller
     * @param trials how many
     */
    record Breaker(int calls, int callsMin, float failedPercent, Duration openFor, int trials) {}
}
