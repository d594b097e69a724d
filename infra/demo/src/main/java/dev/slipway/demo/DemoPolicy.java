package dev.slipway.demo;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The release guide of the sample as code. */
public final class DemoPolicy {
    /** The application that the policy is for. */
    public static final String APPLICATION = "hello";

    private static final String REPOSITORY = "\"file:.slipway/demo/hello.git\"";

    private DemoPolicy() {}

    /** The policy with the repository's absolute address in place of the relative one that a reader sees. */
    public static String yaml(Path repository) {
        String policy = SampleSources.resource("policy.yaml");
        if (!policy.contains(REPOSITORY)) {
            throw new IllegalStateException("sample/policy.yaml no longer names " + REPOSITORY);
        }
        return policy.replace(REPOSITORY, "\"" + fileUri(repository) + "\"");
    }

    private static URI fileUri(Path repository) {
        try {
            return new URI("file", null, repository.toAbsolutePath().normalize().toString(), null);
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException("no address for " + repository, impossible);
        }
    }
}
