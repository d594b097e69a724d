package dev.slipway.release.wiring;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Retention;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.release.application.ApplicationLimits;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.SagaLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values that several tests share. */
public final class Examples {
    public static final String ADA = "ada@example.test";
    public static final String BEN = "ben@example.test";
    public static final String AUTHOR = "author@example.test";
    public static final String PUBLISHER = "ci@example.test";
    public static final Sha SHA = new Sha("1".repeat(40));
    public static final ApplicationLimits APPLICATION_LIMITS = new ApplicationLimits(8, 8, 8, 5, 8);

    public static final SagaLimits SAGA_LIMITS = new SagaLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Duration.ofSeconds(30),
            200,
            100,
            50);

    private Examples() {}

    /** The policy of the design. */
    public static PolicyReading.Accepted demoPolicy() {
        return (PolicyReading.Accepted)
                new PolicyReader(100_000).read(demoYaml().getBytes(StandardCharsets.UTF_8));
    }

    /** The demo's policy with other waivers, retention or duties. */
    public static Policy demoPolicy(List<WaiverRule> waivers, @Nullable Retention retention, List<Duty> duties) {
        Policy demo = demoPolicy().policy();
        return asked(demo, demo.contacts(), demo.approvals(), waivers, retention, duties);
    }

    /** The demo's policy with other people, who are asked for duties. */
    public static Policy demoPolicy(List<Policy.Contact> contacts, Policy.Approvals approvals, List<Duty> duties) {
        Policy demo = demoPolicy().policy();
        return asked(demo, contacts, approvals, demo.waivers(), demo.retention(), duties);
    }

    /** The demo's policy with other people, who may waive and are asked for duties. */
    public static Policy demoPolicy(List<Policy.Contact> contacts, List<WaiverRule> waivers, List<Duty> duties) {
        Policy demo = demoPolicy().policy();
        return asked(demo, contacts, demo.approvals(), waivers, demo.retention(), duties);
    }

    /** One that says nothing of what a policy may leave out, but freezes. */
    public static Policy policy(
            ApplicationName application,
            Policy.Source source,
            List<Policy.Contact> contacts,
            Policy.Approvals approvals,
            List<String> checks,
            List<Gate> gates,
            Policy.Environments environments,
            Policy.@Nullable Merge merge,
            Policy.OnPush onPush,
            List<Policy.Freeze> freeze) {
        return new Policy(
                application,
                source,
                contacts,
                approvals,
                checks,
                gates,
                environments,
                merge,
                onPush,
                freeze,
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                null);
    }

    private static Policy asked(
            Policy demo,
            List<Policy.Contact> contacts,
            Policy.Approvals approvals,
            List<WaiverRule> waivers,
            @Nullable Retention retention,
            List<Duty> duties) {
        return new Policy(
                demo.application(),
                demo.source(),
                contacts,
                approvals,
                demo.checks(),
                demo.gates(),
                demo.environments(),
                demo.merge(),
                demo.onPush(),
                demo.freeze(),
                demo.weekly(),
                waivers,
                retention,
                demo.guide(),
                duties,
                demo.staffing(),
                List.of(),
                List.of(),
                null);
    }

    /** The same, with this environment variable in production. */
    public static PolicyReading.Accepted greeting(String text) {
        String target =
                "{type: process, command: [java, -jar, \"{artifact}\"], portEnv: PORT, health: /health}\n    strategy";
        String yaml = demoYaml().replace(target, target.replace("}\n", ", env: {GREETING: %s}}\n".formatted(text)));
        return (PolicyReading.Accepted) new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** The same as it is written. */
    public static String demoYaml() {
        try (InputStream resource = Examples.class.getResourceAsStream("/policies/demo.yaml")) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public static Proposal proposal(String version) {
        return proposal(version, "a");
    }

    /** @param digit of which the digest consists, to tell contents apart */
    public static Proposal proposal(String version, String digit) {
        return new Proposal(
                new ApplicationName("hello"),
                version,
                SHA,
                List.of(new Artifact(URI.create("file:/srv/hello.jar"), new Digest("sha256:" + digit.repeat(64)))),
                null);
    }
}
