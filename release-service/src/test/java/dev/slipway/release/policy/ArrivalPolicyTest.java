package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a policy says of what has to be found where it was published. */
final class ArrivalPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        gates:
          - {id: tests, evidence: junit, rule: {tests.failed: 0}}
          - {id: download, arrival: {url: "https://downloads.example.test/{version}.tgz", sha256: "{digest}", every: 2m}, within: 6h}
          - {id: docs, arrival: {url: "https://docs.example.test/", contains: "Version {version}"}}
          - {id: tag, arrival: {tag: "v{version}"}}
          - {id: image, arrival: {image: "registry.example.test:5000/team/hello:{version}"}}
          - {id: version, arrival: {get: /version, contains: "{version}"}}
        environments:
          staging: {target: {type: process, command: [java]}}
          production: {target: {type: process, command: [java]}}
        """;

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String from, String to) {
        String yaml = POLICY.replace(from, to);
        assertThat(yaml).isNotEqualTo(POLICY);
        assertThat(read(yaml)).as(yaml).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) read(yaml)).findings().getFirst().toString();
    }

    @Test
    void each_is_read_as_it_is_written_and_stands_after_production() {
        List<Gate> gates = ((PolicyReading.Accepted) read(POLICY)).policy().gates();

        assertThat(gates.subList(1, 6)).extracting(Gate::stage).containsOnly(Stage.ARRIVAL);
        Gate download = gates.get(1);
        Arrival file = Objects.requireNonNull(download.arrival());
        assertThat(download.within()).isEqualTo(Duration.ofHours(6));
        assertThat(file.every()).isEqualTo(Duration.ofMinutes(2));
        assertThat(file.sha256()).isEqualTo("{digest}");
        assertThat(file.host()).contains("downloads.example.test");
        Arrival image = Objects.requireNonNull(gates.get(4).arrival());
        assertThat(image.every()).isEqualTo(Arrival.EVERY_DEFAULT);
        assertThat(image.host()).contains("registry.example.test:5000");
        assertThat(image.reference()).containsExactly("team/hello", "{version}");
        assertThat(gates.get(5).ruleText()).isEqualTo("production's /version answers 200 with {version}");
        assertThat(gates.getFirst().arrival()).isNull();
    }

    @Test
    void an_address_that_anybody_on_the_way_may_change_or_whose_host_is_not_said_is_refused() {
        assertThat(refusal("https://docs.example.test/", "http://docs.example.test/"))
                .contains("arrival.url must be https:");
        assertThat(refusal("https://docs.example.test/", "https://{version}.example.test/"))
                .contains("whose host is written out");
        assertThat(refusal("https://docs.example.test/", "https://ada:secret@docs.example.test/"))
                .contains("without user");
        assertThat(read(POLICY.replace("https://docs.example.test/", "http://127.0.0.1:8000/")))
                .isInstanceOf(PolicyReading.Accepted.class);
    }

    @Test
    void what_does_not_belong_together_is_refused() {
        assertThat(refusal("tag: \"v{version}\"", "tag: v1, url: \"https://a.example.test/\""))
                .contains("exactly one of url, get, tag and image");
        assertThat(refusal("get: /version", "get: /version, sha256: \"{digest}\""))
                .contains("sha256 is for url");
        assertThat(refusal("sha256: \"{digest}\"", "sha256: abc")).contains("64 hexadecimal digits");
        assertThat(refusal("{tag: \"v{version}\"}}", "{tag: \"v{version}\"}, stage: production}"))
                .contains("its stage must be arrival");
        assertThat(refusal("evidence: junit,", "evidence: junit, stage: arrival,"))
                .contains("in which arrival: alone says what is looked for");
    }

    @Test
    void a_placeholder_that_a_release_does_not_know_is_refused_with_the_nearest() {
        assertThat(refusal("Version {version}", "Version {versio}")).contains("did you mean {version}?");
        assertThat(refusal("Version {version}", "Version {port}")).contains("{port}, which is not known");
        assertThat(read(POLICY.replace("\"{digest}\"", "\"{digests.handbook}\"")))
                .isInstanceOf(PolicyReading.Accepted.class);
    }

    @Test
    void nobody_waives_it() {
        assertThat(refusal("environments:", "waivers: [{gates: [tag], roles: [devops], longest: 1d}]\nenvironments:"))
                .contains("no gate \"tag\" may be waived");
    }
}
