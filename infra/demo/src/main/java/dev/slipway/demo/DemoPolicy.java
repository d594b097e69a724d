package dev.slipway.demo;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The release guide of the sample as code. */
public final class DemoPolicy {
    /** The application that the policy is for. */
    public static final String APPLICATION = "hello";

    private static final String REPOSITORY = "\"file:.slipway/demo/hello.git\"";

    private static final Map<String, Duration> LATENCIES =
            Map.of("latency: 500ms", Duration.ofMillis(500), "p95: \"< 1s\"", Duration.ofSeconds(1));

    private DemoPolicy() {}

    /**
     * The policy with the repository's absolute address in place of the relative one that a reader sees.
     *
     * @param factor how many times slower than a quiet one the machine is, 1 or more: its limits of latency are so many
     *     times as long, as the sample is not to be found slow for what is busy beside it
     */
    public static String yaml(Path repository, double factor) {
        return yaml(shipped(), repository, factor);
    }

    /** What the demo goes by: the sample's policy with the default guide, answered line by line, and its duties. */
    public static String shipped() {
        return sample() + SampleSources.resource("guide.yaml");
    }

    /** The same without a guide and its duties, for whoever starts from it with one of their own. */
    public static String sample() {
        return SampleSources.resource("policy.yaml");
    }

    /**
     * The same for one that somebody made of it.
     *
     * @throws IllegalArgumentException if it releases something else, or by other limits; the message says what it must keep
     */
    public static String yaml(String policy, Path repository, double factor) {
        if (!policy.contains(REPOSITORY)) {
            throw new IllegalArgumentException(
                    "the sample's policy keeps its repository: source: {repository: %s, ...}".formatted(REPOSITORY));
        }
        return stretched(policy.replace(REPOSITORY, "\"" + fileUri(repository) + "\""), factor);
    }

    private static String stretched(String policy, double factor) {
        String stretched = policy;
        for (Map.Entry<String, Duration> latency : LATENCIES.entrySet()) {
            if (!policy.contains(latency.getKey())) {
                throw new IllegalArgumentException("the sample's policy keeps its limit " + latency.getKey());
            }
            String limit = Stretching.of(latency.getValue(), factor).toMillis() + "ms";
            stretched = stretched.replace(latency.getKey(), latency.getKey().replaceFirst("\\d+m?s", limit));
        }
        return stretched;
    }

    private static URI fileUri(Path repository) {
        try {
            return new URI("file", null, repository.toAbsolutePath().normalize().toString(), null);
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException("no address for " + repository, impossible);
        }
    }
}
