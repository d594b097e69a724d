package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Announcing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a policy has releases announced to. */
final class AnnouncingPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: support, name: Clara, email: clara@example.test}, {role: qa, name: Q, slack: "#qa"}]
        announcements:
          - {id: users, channel: mail, to: [users@example.test], reviewedBy: support}
          - {id: status, channel: chat, to: ["#status"], after: rolled-back}
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
    void each_is_read_as_it_is_written() {
        assertThat(((PolicyReading.Accepted) read(POLICY)).policy().announcements())
                .containsExactly(
                        new Announcing(
                                "users",
                                Announcing.Over.MAIL,
                                List.of("users@example.test"),
                                Announcing.After.COMPLETED,
                                "support"),
                        new Announcing(
                                "status",
                                Announcing.Over.CHAT,
                                List.of("#status"),
                                Announcing.After.ROLLED_BACK,
                                null));
    }

    @Test
    void receivers_that_are_none_and_reviewers_whom_nobody_knows_are_refused() {
        assertThat(refusal("users@example.test", "users")).contains("must be email addresses");
        assertThat(refusal("\"#status\"", "\"a b\"")).contains("must be Slack channels");
        assertThat(refusal("reviewedBy: support", "reviewedBy: qa")).contains("no contact of role \"qa\" has an email");
        assertThat(refusal("id: status", "id: users")).contains("each id");
        assertThat(refusal("[users@example.test]", "[users@example.test, users@example.test]"))
                .contains("only unique items");
    }
}
