package dev.slipway.cli.first;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.first.PolicyDraft.Contact;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Step;
import dev.slipway.validation.simulation.UsualRollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDraftTest {
    private static final Surroundings NOTHING =
            new Surroundings("shop", Optional.of("file:."), "main", "released", Optional.empty(), Optional.empty());

    @TempDir
    Path folder = Path.of("");

    @Test
    void what_is_drafted_is_a_policy_that_says_the_same() {
        PolicyDraft draft = new Interview(NOTHING, Interview.Prompt.NOBODY)
                .draft(given("technical-lead:Ada:ada@example.test:#shop"));

        Policy policy =
                PolicyCheck.of(folder.resolve("slipway.yaml"), draft.yaml()).policy();

        assertThat(policy.application().value()).isEqualTo("shop");
        assertThat(policy.source().repository())
                .isEqualTo("file:" + folder.toUri().getRawPath());
        assertThat(policy.source().to()).isEqualTo("released");
        assertThat(policy.contacts())
                .containsExactly(new Policy.Contact("technical-lead", "Ada", "ada@example.test", "#shop"));
        assertThat(policy.staffed().owner()).isEqualTo("technical-lead");
        assertThat(policy.approvals().required()).isEqualTo(1);
        assertThat(policy.checks()).containsExactly("build");
        assertThat(policy.gates())
                .extracting(gate -> gate.id())
                .containsExactly("unit-tests", "merge", "smoke", "way-back");
        assertThat(policy.gates().getFirst().ruleText())
                .isEqualTo("run.exit == 0, tests.passed >= 1, tests.failed == 0");
        assertThat(policy.environments().production().target().command()).containsExactly("python3", "{artifact}");
        assertThat(policy.environments().production().canary().traffic()).isEqualTo(Canary.Traffic.PROBE);
        assertThat(policy.environments().production().bake()).isEqualTo(Duration.ofSeconds(30));
    }

    /** The published table, and what is simulated where no policy is named, stand for what is written here. */
    @Test
    void a_canary_is_judged_by_the_rules_that_simulations_go_by_and_its_comment_advises_their_holds() {
        PolicyDraft draft = new Interview(NOTHING, Interview.Prompt.NOBODY)
                .draft(given("technical-lead:Ada:ada@example.test:#shop"));

        Policy.Environments.Production written = PolicyCheck.of(folder.resolve("slipway.yaml"), draft.yaml())
                .policy()
                .environments()
                .production();

        assertThat(written.canary())
                .usingRecursiveComparison()
                .ignoringFields("traffic") // whose requests they are changes nothing in how they are judged
                .isEqualTo(UsualRollout.RULES);
        assertThat(draft.yaml()).contains("a real service\n").contains("holds 5m and bakes 10m");
        List<Step> advised = written.steps().stream()
                .map(step -> step.hold().isZero() ? step : new Step(step.traffic(), Duration.ofMinutes(5)))
                .toList();
        assertThat(Step.held(advised, Duration.ofMinutes(10))).isEqualTo(UsualRollout.HELD);
    }

    @Test
    void what_people_type_stays_a_value_whatever_it_holds() {
        PolicyDraft draft = new Interview(NOTHING, Interview.Prompt.NOBODY)
                .draft(given("lead} \"x\", {#1 \\:A \"B\" # C:a'b@example.test"));

        Policy policy =
                PolicyCheck.of(folder.resolve("slipway.yaml"), draft.yaml()).policy();

        assertThat(policy.contacts()).hasSize(1);
        assertThat(policy.contacts().getFirst().name()).isEqualTo("A \"B\" # C");
        assertThat(policy.staffed().owner())
                .as("without a technical lead whoever was named first answers for releases")
                .isEqualTo(policy.contacts().getFirst().role());
    }

    @Test
    void a_flag_with_an_illegal_value_is_refused_by_what_the_policy_reader_says() {
        PolicyDraft draft =
                new Interview(NOTHING, Interview.Prompt.NOBODY).draft(given("devops:Ben:ben@example.test", "soon"));

        assertThatThrownBy(() -> PolicyCheck.of(folder.resolve("slipway.yaml"), draft.yaml()))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("environments.production.bake must be a duration");
    }

    @Test
    void answers_take_the_place_of_what_is_proposed() {
        Interview.Prompt person = (question, proposed) -> question.startsWith("Name of") ? "till" : proposed;

        PolicyDraft draft = new Interview(NOTHING, person).draft(given("devops:Ben:ben@example.test"));

        assertThat(draft.application()).isEqualTo("till");
        assertThat(draft.health()).isEqualTo("/health");
        assertThat(draft.smoke()).containsExactly("/health");
    }

    @Test
    void a_program_that_speaks_of_the_address_version_is_proposed_to_say_the_released_one() throws IOException {
        Files.writeString(folder.resolve("app.py"), "if self.path == '/version': pass");

        Surroundings found = Surroundings.of(folder);
        Surroundings around = new Surroundings(
                "shop",
                Optional.of("file:."),
                "main",
                "released",
                Optional.empty(),
                found.program(),
                found.saysVersion());
        PolicyDraft draft = new Interview(around, Interview.Prompt.NOBODY).draft(given("devops:Ben:ben@example.test"));

        assertThat(draft.smoke()).containsExactly("/health", "/version::{version}");
        assertThat(draft.yaml())
                .contains("{get: \"/health\", status: 200}, {get: \"/version\", status: 200, contains: \"{version}\"}")
                .contains(".slipway/secrets/" + draft.application() + "/db-password");
        assertThat(PolicyCheck.of(folder.resolve("slipway.yaml"), draft.yaml()).hash())
                .isNotBlank();
        Files.writeString(folder.resolve("app.py"), "# reads /proc/version");
        assertThat(Surroundings.of(folder).saysVersion()).isFalse();
    }

    @Test
    void what_nobody_can_know_is_asked_for_by_its_flag() {
        Interview interview = new Interview(NOTHING, Interview.Prompt.NOBODY);

        assertThatThrownBy(() -> interview.draft(given(null, List.of("devops:Ben:ben@example.test"), "10s")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("--program python3");
        assertThatThrownBy(() -> interview.draft(given(List.of("python3", "{artifact}"), List.of(), "10s")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("--contact technical-lead:Ada:ada@example.test");
        assertThatThrownBy(() -> interview.draft(
                        given(List.of("python3", "app.py"), List.of("devops:Ben:ben@example.test"), "10s")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("{artifact}");
        assertThatThrownBy(() -> Contact.parse("Ada")).hasMessageContaining("ROLE:NAME:EMAIL");
    }

    private static Interview.Given given(String contact) {
        return given(contact, "30s");
    }

    private static Interview.Given given(String contact, String bake) {
        return given(List.of("python3", "{artifact}"), List.of(contact), bake);
    }

    private static Interview.Given given(
            @org.jspecify.annotations.Nullable List<String> command, List<String> contacts, String bake) {
        return new Interview.Given(
                null,
                null,
                null,
                null,
                contacts.stream().map(Contact::parse).toList(),
                null,
                null,
                null,
                command,
                null,
                "PORT",
                null,
                null,
                "probe",
                "10s",
                bake);
    }
}
