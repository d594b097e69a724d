package dev.slipway.validation.arrival;

import dev.slipway.contracts.policy.Arrival;
import dev.slipway.validation.arrival.Fetching.Fetched;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a registry for the manifest of an image, as the OCI distribution specification has it (version 1.1, pulling manifests).
 * Its digest is made of its bytes, not taken from a header. Where the registry wants a token it is asked for one as anybody.
 */
final class Registry {
    private static final String ACCEPTED = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
    private static final Pattern OF_THIS_MACHINE = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int OK = 200;

    private final Fetching fetching;
    private final JsonMapper json;

    Registry(Fetching fetching, JsonMapper json) {
        this.fetching = fetching;
        this.json = json;
    }

    /** What it answers for the tag of the image, whatever the status is. */
    Fetched manifest(Arrival arrival) throws InterruptedException {
        Optional<URI> address = address(arrival);
        if (address.isEmpty()) {
            return new Fetched.Untold("It is no address of an image");
        }
        Fetched fetched = fetching.get(address.get(), Map.of("Accept", ACCEPTED));
        if (!(fetched instanceof Fetched.Answer answer) || answer.status() != UNAUTHORIZED) {
            return fetched;
        }
        Optional<String> token = token(answer);
        return token.isEmpty()
                ? fetched
                : fetching.get(address.get(), Map.of("Accept", ACCEPTED, "Authorization", "Bearer " + token.get()));
    }

    /** Why there is no manifest. */
    static String refused(Arrival arrival, int status) {
        return status == UNAUTHORIZED || status == FORBIDDEN
                ? "%s: the registry answers %d: it lets nobody read this image without a login, and Slipway has none"
                        .formatted(arrival.where(), status)
                : "%s is not there so far: the registry answers %d".formatted(arrival.where(), status);
    }

    private static Optional<URI> address(Arrival arrival) {
        List<String> reference = arrival.reference();
        String host = arrival.host().orElse("");
        if (reference.size() != 2) {
            return Optional.empty();
        }
        String scheme = OF_THIS_MACHINE.matcher(host).matches() ? "http" : "https";
        try {
            return Optional.of(URI.create(
                    "%s://%s/v2/%s/manifests/%s".formatted(scheme, host, reference.getFirst(), reference.getLast())));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private Optional<String> token(Fetched.Answer refused) throws InterruptedException {
        Optional<URI> address = refused.headers()
                .firstValue("WWW-Authenticate")
                .filter(asked -> asked.toLowerCase(Locale.ROOT).startsWith("bearer "))
                .flatMap(Registry::realm);
        if (address.isPresent()
                && fetching.get(address.get(), Map.of()) instanceof Fetched.Answer answer
                && answer.status() == OK) {
            try {
                JsonNode told = json.readTree(answer.body().beginning());
                return Stream.of("token", "access_token")
                        .map(name -> told.path(name).asString(""))
                        .filter(text -> text.matches("[!-~]{1,10000}"))
                        .findFirst();
            } catch (JacksonException noJson) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<URI> realm(String asked) {
        Map<String, String> parameters = new HashMap<>();
        PARAMETER.matcher(asked).results().forEach(found -> parameters.put(found.group(1), found.group(2)));
        String query = Stream.of("service", "scope")
                .filter(parameters::containsKey)
                .map(name -> name + "=" + URLEncoder.encode(parameters.getOrDefault(name, ""), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            URI realm = URI.create(parameters.getOrDefault("realm", ""));
            boolean clear = "http".equals(realm.getScheme())
                    && OF_THIS_MACHINE.matcher(String.valueOf(realm.getHost())).matches();
            return clear || "https".equals(realm.getScheme())
                    ? Optional.of(URI.create(realm + (realm.getQuery() == null ? "?" : "&") + query))
                    : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
