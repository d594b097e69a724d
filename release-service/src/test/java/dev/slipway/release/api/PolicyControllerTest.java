package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.contracts.release.ReleaseView.PolicyAnswer;
import dev.slipway.git.Places;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.wiring.Examples;
import dev.slipway.testkit.ServiceInMemory;
import dev.slipway.web.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.ErrorResponseException;

final class PolicyControllerTest {
    private static final String YAML = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            owner: devops
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """;

    private final ServiceInMemory service = new ServiceInMemory("release-service");
    private final Aggregates<Application, ApplicationInput> applications = service.recipe()
            .aggregates(
                    "application",
                    Application.class,
                    ApplicationInput.class,
                    new ApplicationCore(Examples.APPLICATION_LIMITS))
            .build();
    private final PolicyController controller = new PolicyController(
            new PolicyReader(10_000),
            new Places(List.of("/srv"), List.of("git.example.test")),
            applications,
            service.clock());

    private static Jwt token(String email) {
        return Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .subject("someone")
                .claim("email", email)
                .claim("email_verified", true)
                .build();
    }

    private PolicyAnswer put(String yaml) {
        return controller.put("hello", yaml.getBytes(StandardCharsets.UTF_8), token("Admin@example.test"));
    }

    private ErrorResponseException refused(String yaml) {
        ErrorResponseException refused = catchThrowableOfType(ErrorResponseException.class, () -> put(yaml));
        assertThat(refused).isNotNull();
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(applications.find("hello")).isEmpty();
        return refused;
    }

    @Test
    void a_policy_is_put_and_shown_with_who_put_it() {
        PolicyAnswer answer = put(YAML);

        Application.PolicyInForce policy = controller.get("hello");
        assertThat(answer).isEqualTo(new PolicyAnswer("hello", policy.hash(), List.of()));
        assertThat(policy.hash()).matches("[0-9a-f]{64}");
        assertThat(policy.by()).isEqualTo("admin@example.test");
        assertThat(policy.at()).isEqualTo(service.clock().instant());
    }

    @Test
    void the_same_again_is_answered_the_same_and_written_once() {
        PolicyAnswer first = put(YAML);
        PolicyAnswer again = put("# a comment\n" + YAML);

        assertThat(again).isEqualTo(first);
        assertThat(applications.journal("hello"))
                .extracting(JournalEntry::input)
                .containsExactly("PutPolicy");
        assertThat(applications.journal("hello"))
                .extracting(JournalEntry::actor)
                .containsExactly("user:admin@example.test");
    }

    @Test
    void another_one_takes_its_place() {
        put(YAML);
        PolicyAnswer other = put(YAML + "approvals: {required: 3}\n");

        assertThat(controller.get("hello").hash()).isEqualTo(other.policyHash());
        assertThat(controller.get("hello").policy().approvals().required()).isEqualTo(3);
    }

    @Test
    void a_refused_one_leaves_the_one_before() {
        PolicyAnswer first = put(YAML);

        assertThatThrownBy(() -> put(YAML + "surprise: 1\n")).isInstanceOf(ErrorResponseException.class);

        assertThat(controller.get("hello").hash()).isEqualTo(first.policyHash());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application: hello      | application: other          | application is other, but the address says hello
            file:/srv/hello.git     | https://example.test/x.git  | example.test is not among the hosts
            file:/srv/hello.git     | https://a:b@git.example.test/x | slipway.git.credentials
            file:/srv/hello.git     | file:hello.git              | an absolute path
            file:/srv/hello.git     | file:../hello.git           | an absolute path
            file:/srv/hello.git     | file:/home/hello.git        | lies outside of /srv
            required: 1             | required: 21                | approvals.required
            """)
    void what_does_not_fit_is_said(String good, String bad, String why) {
        String yaml = (YAML + "approvals: {required: 1}\n").replace(good, bad);

        ErrorResponseException refused = refused(yaml);

        assertThat(refused.getBody().getType()).hasToString("urn:slipway:problem:invalid-policy");
        assertThat(refused.getBody().getDetail()).contains(why);
    }

    @Test
    void a_repository_on_a_host_of_the_list_is_taken() {
        put(YAML.replace("file:/srv/hello.git", "https://git.example.test/hello.git"));

        assertThat(controller.get("hello").policy().source().repository())
                .isEqualTo("https://git.example.test/hello.git");
    }

    @Test
    void many_findings_are_told_up_to_a_limit() {
        StringBuilder yaml = new StringBuilder(YAML);
        for (int i = 0; i < 100; i++) {
            yaml.append("surprise").append(i).append(": 1\n");
        }

        ErrorResponseException refused = refused(yaml.toString());

        assertThat(refused.getBody().getProperties())
                .isNotNull()
                .extractingByKey("findings")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(10);
        assertThat(refused.getBody().getDetail()).contains("surprise9").doesNotContain("surprise10 ");
    }

    @Test
    void a_document_beyond_the_limit_is_refused_unread() {
        assertThat(refused(YAML + "#" + "x".repeat(10_000)).getBody().getDetail())
                .contains("at most 10000 bytes");
    }

    @Test
    void an_application_without_a_policy_and_a_name_that_is_none_are_told_apart() {
        ErrorResponseException none = catchThrowableOfType(ErrorResponseException.class, () -> controller.get("hello"));

        assertThat(none.getStatusCode().value()).isEqualTo(404);
        assertThatThrownBy(() -> controller.get("Hello")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_of_a_request_is_of_its_caller_and_its_action() {
        Caller ada = new Caller("1", "ada@example.test");
        Caller ben = new Caller("2", "ben@example.test");

        String key = RequestKey.of(ada, "abort", "k");

        assertThat(key).matches("[0-9a-f]{32}").isEqualTo(RequestKey.of(ada, "abort", "k"));
        assertThat(List.of(
                        String.valueOf(RequestKey.of(ben, "abort", "k")),
                        String.valueOf(RequestKey.of(ada, "pause", "k")),
                        String.valueOf(RequestKey.of(ada, "abort", "k2"))))
                .doesNotContain(key)
                .doesNotHaveDuplicates();
        assertThat(RequestKey.of(ada, "abort", null)).isNull();
        for (String illegal : List.of("", "k".repeat(201), "a\nb")) {
            assertThatThrownBy(() -> RequestKey.of(ada, "abort", illegal)).hasMessageContaining("Idempotency-Key");
        }
    }
}
