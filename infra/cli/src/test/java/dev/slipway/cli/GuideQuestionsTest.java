package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.guide.DefaultGuide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What nothing of a policy answers is asked, and what is answered becomes part of the policy. */
class GuideQuestionsTest {
    private static final Path FIRST =
            Path.of(System.getProperty("slipway.guides", "../../../shared/vectors/guides"), "first-guide.md");

    private static final String MARKDOWN = """
            # Releasing
            ## Before
            - [ ] Run all tests
            - [ ] Verify that the security scan is clean
            - [ ] Support: ask the help desk whether anything burns, within two days (major only)
            - [ ] Write the highlights of the upgrade
            - Technical lead: [name]
            - Community manager: [name]
            ## After the release
            - [ ] Discuss what the operators learned about the servers
            """;

    @TempDir
    Path folder = Path.of("");

    private AskedShell shell;
    private Path policy;

    @BeforeEach
    void start() throws IOException {
        shell = new AskedShell(folder);
        policy = Files.writeString(folder.resolve("hello.yaml"), DemoPolicy.sample());
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @Test
    void each_line_that_nothing_answers_is_asked_with_what_this_policy_has_for_it() throws IOException {
        Path guide = write("RELEASE.md", MARKDOWN);

        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString(), "--json"))
                .as(shell.err())
                .isZero();

        JsonNode questions = JsonMapper.shared().readTree(shell.out()).path("questions");
        assertThat(question(questions, "Run all tests"))
                .as("of reports of tests there is one gate")
                .containsExactly("gate:unit-tests", "duty:technical-lead", "duty:devops", "duty:support");
        assertThat(question(questions, "Verify that the security scan"))
                .as("a linter's report is no scan's")
                .startsWith("duty:devops")
                .endsWith("gate:style");
        assertThat(question(questions, "Support: ask")).first().isEqualTo("duty:support");
        assertThat(question(questions, "Write the highlights")).first().isEqualTo("document:notes");
        assertThat(question(questions, "Community manager")).isEmpty();
        assertThat(questions).as("the technical lead is a contact").hasSize(6);

        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString()))
                .isZero();
        assertThat(shell.out())
                .contains(
                        "    3  Run all tests: what answers it?", "1  gate:unit-tests", "(proposed)", "--accept takes")
                .contains("who is it? contact:NAME <EMAIL>");
    }

    @Test
    void what_is_taken_is_written_into_the_policy_and_every_other_line_of_it_stays() throws IOException {
        Path guide = write("RELEASE.md", MARKDOWN);
        String manager = id(guide, "Community manager");

        assertThat(run(
                        "guide",
                        "import",
                        guide.toString(),
                        "--policy",
                        policy.toString(),
                        "--accept",
                        "--decide",
                        manager + "=contact:Mia <mia@example.test>"))
                .as(shell.err())
                .isZero();

        Policy now = PolicyCheck.of(policy).policy();
        assertThat(answers()).doesNotContain(By.UNANSWERED);
        Duty asked = duty(now, "Support: ask the help desk whether anything burns, within two days (major only)");
        assertThat(asked.by()).isEqualTo("support");
        assertThat(asked.before()).isEqualTo(Duty.Before.STAGING);
        assertThat(asked.within()).isEqualTo(Duration.ofDays(2));
        assertThat(asked.when()).containsExactly(ReleaseKind.MAJOR);
        Duty later = duty(now, "Discuss what the operators learned about the servers");
        assertThat(later.by()).isEqualTo("devops");
        assertThat(later.moment()).as("nothing waits for it").isEqualTo("after end");
        assertThat(line("Community manager: [name]").answer())
                .isEqualTo(new GuideAnswer(By.VALUE, "contacts[3].name", "Mia"));
        assertThat(line("Technical lead: [name]").answer())
                .isEqualTo(new GuideAnswer(By.VALUE, "contacts[0].name", "Ada"));
        assertThat(shell.out()).contains("added  duty support-ask", "added  contact community-manager");
        List<String> before = DemoPolicy.sample()
                .lines()
                .takeWhile(each -> !each.startsWith("guide:"))
                .toList();
        assertThat(Files.readAllLines(policy)).containsSubsequence(before);
    }

    @Test
    void a_rerun_keeps_what_people_decided_and_shows_the_difference_by_the_policy_alone() throws IOException {
        Path guide = write("RELEASE.md", MARKDOWN);
        run("guide", "import", guide.toString(), "--policy", policy.toString(), "--accept");
        int duties = PolicyCheck.of(policy).policy().duties().size();

        write(
                "RELEASE.md",
                MARKDOWN.replace("Run all tests", "Run all the tests")
                        .replace("- [ ] Discuss what the operators learned about the servers\n", ""));
        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString()))
                .isZero();

        assertThat(line("Run all the tests").answer()).isEqualTo(new GuideAnswer(By.GATE, "unit-tests"));
        assertThat(PolicyCheck.of(policy).policy().duties()).hasSize(duties);
        assertThat(shell.out())
                .contains("changed   Run all the tests (was: Run all tests)")
                .contains("gone      Discuss what the operators learned")
                .contains("idle   duty discuss-what-the-operators")
                .doesNotContain("new       Before", "added  duty");
    }

    @Test
    void an_announcement_answers_where_the_policy_has_one() throws IOException {
        Path guide = write("RELEASE.md", "# Release\n- [ ] Announce the release on the blog\n");
        run("guide", "import", guide.toString(), "--policy", policy.toString(), "--json");
        assertThat(question(JsonMapper.shared().readTree(shell.out()).path("questions"), "Announce"))
                .as("of nothing that is announced")
                .doesNotContain("document:announcement");

        Files.writeString(
                policy,
                DemoPolicy.sample() + "announcements: [{id: users, channel: mail, to: [users@example.test]}]\n");
        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString(), "--accept"))
                .as(shell.err())
                .isZero();
        assertThat(line("Announce the release on the blog").answer())
                .isEqualTo(new GuideAnswer(By.DOCUMENT, "announcement"));
    }

    /** Nobody but the team knows how long others take. */
    @Test
    void a_wait_on_others_is_asked_for_its_times_and_written_with_what_is_said() throws IOException {
        Path guide = write("RELEASE.md", "# Release\n- [ ] Wait for the app store to review the build\n");

        run("guide", "import", guide.toString(), "--policy", policy.toString());
        assertThat(shell.out())
                .contains(
                        "how long does it usually take, and how long may it? wait:ROLE:EXPECTED:LONGEST",
                        ":24h:72h",
                        "no time ends it");

        String line = id(guide, "Wait for the app store");
        String[] decide = {"guide", "import", guide.toString(), "--policy", policy.toString(), "--decide", ""};
        for (String wrong :
                List.of("wait", "wait:devops", "wait:devops:soon:72h", "wait:devops:72h:24h", "wait:devops:1h:99d")) {
            decide[6] = line + "=" + wrong;
            assertThat(run(decide)).as(wrong).isEqualTo(2);
            assertThat(shell.err()).as(wrong).containsAnyOf("wait:devops:24h:72h", "write 30m, 24h or 3d");
        }
        decide[6] = line + "=wait:devops:2h:3d";
        assertThat(run(decide)).as(shell.err()).isZero();

        Duty wait = duty(PolicyCheck.of(policy).policy(), "Wait for the app store to review the build");
        assertThat(wait.by()).isEqualTo("devops");
        assertThat(wait.within()).isEqualTo(Duration.ofDays(3));
        assertThat(Objects.requireNonNull(wait.waits()).on()).isEqualTo("app store to review the build");
        assertThat(wait.waits().expected()).isEqualTo(Duration.ofHours(2));
        assertThat(wait.waits().ends()).containsExactly("the word of a person");
        assertThat(answers()).doesNotContain(By.UNANSWERED);
    }

    @Test
    void who_cannot_be_asked_is_refused_and_the_policy_left_as_it_was() throws IOException {
        Path guide = write("RELEASE.md", MARKDOWN);
        String scan = id(guide, "Verify that the security scan");

        assertThat(run(
                        "guide",
                        "import",
                        guide.toString(),
                        "--policy",
                        policy.toString(),
                        "--decide",
                        scan + "=duty:press-office"))
                .isEqualTo(2);

        assertThat(shell.err())
                .contains("press-office", "(line 4)", "a role of contacts", "technical-lead, devops, support");
        assertThat(Files.readString(policy)).isEqualTo(DemoPolicy.sample());
        assertThat(run("guide", "import", guide.toString(), "--accept")).isEqualTo(2);
        assertThat(shell.err()).contains("add --policy");
        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString(), "--ask"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--ask needs a terminal");
    }

    @Test
    void the_shipped_guide_leaves_no_line_of_the_demo_open() throws IOException {
        assertNoLineOpen(write("RELEASE.md", DefaultGuide.markdown()));
    }

    @Test
    void the_guide_that_this_project_began_with_leaves_no_line_of_the_demo_open() throws IOException {
        assumeTrue(
                Files.isRegularFile(FIRST),
                "skipped: no guide at " + FIRST.toAbsolutePath().normalize());

        assertNoLineOpen(FIRST);

        assertThat(PolicyCheck.of(policy).policy().guide()).isNotNull();
        assertThat(lines()).as("its 62 lines").hasSize(62);
        assertThat(run("guide", "import", FIRST.toString(), "--policy", policy.toString()))
                .isZero();
        assertThat(shell.out()).doesNotContain("asked:", "changed since", "added  ");
    }

    private void assertNoLineOpen(Path guide) {
        assertThat(run("guide", "import", guide.toString(), "--policy", policy.toString(), "--accept"))
                .as(shell.err())
                .isZero();
        assertThat(lines())
                .filteredOn(line -> line.answer().by() == By.UNANSWERED)
                .as(shell.out())
                .isEmpty();
        assertThat(answers()).contains(By.GATE, By.DUTY, By.DOCUMENT, By.ACTION, By.VALUE, By.NOTHING);
        Policy now = PolicyCheck.of(policy).policy();
        assertThat(now.duties())
                .isNotEmpty()
                .allSatisfy(duty -> assertThat(lines())
                        .anyMatch(line -> line.answer().equals(new GuideAnswer(By.DUTY, duty.id()))));
    }

    private static List<String> question(JsonNode questions, String text) {
        return questions
                .valueStream()
                .filter(one -> one.path("text").asString("").startsWith(text))
                .flatMap(one -> one.path("choices").valueStream())
                .map(choice -> choice.path("answer").asString(""))
                .toList();
    }

    private String id(Path guide, String text) {
        run("guide", "import", guide.toString(), "--json");
        return JsonMapper.shared()
                .readTree(shell.out())
                .path("lines")
                .valueStream()
                .filter(line -> line.path("text").asString("").startsWith(text))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString("");
    }

    private static Duty duty(Policy policy, String text) {
        return policy.duties().stream()
                .filter(duty -> duty.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private List<GuideLine> lines() {
        Guide guide = Objects.requireNonNull(PolicyCheck.of(policy).policy().guide());
        return guide.lines();
    }

    private List<By> answers() {
        return lines().stream().map(line -> line.answer().by()).toList();
    }

    private GuideLine line(String text) {
        return lines().stream()
                .filter(line -> line.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String... arguments) {
        return shell.run(arguments);
    }
}
