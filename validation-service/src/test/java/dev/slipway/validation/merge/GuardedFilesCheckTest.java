package dev.slipway.validation.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SchemaFiles;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.VersionStrings;
import dev.slipway.contracts.policy.VersionStrings.Candidates;
import dev.slipway.contracts.policy.VersionStrings.VersionString;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.git.Answers.FileBounds;
import dev.slipway.git.Git;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.testkit.git.TestRepository;
import dev.slipway.validation.assessment.FilesCheck;
import dev.slipway.validation.assessment.Finding;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.verdicts.ChainedVerdicts;
import dev.slipway.validation.verdicts.Explaining;
import dev.slipway.validation.verdicts.Explanation;
import dev.slipway.validation.verdicts.Verification;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a real repository become a verdict, evidence that is kept, and a record that anybody can go over again. */
final class GuardedFilesCheckTest {
    private static final ApplicationName HELLO = new ApplicationName("hello");

    @TempDir
    Path folder;

    private final Git adapter = new Git(GitProgram.find(), GitOptions.ofThisUser());
    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final EvidenceBytes shelf = new EvidenceBytes() {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            kept.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // everything stays
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    };
    private final EvidenceReaders readers = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private TestRepository git;
    private GuardedFilesCheck check;

    @BeforeEach
    void start() {
        git = TestRepository.in(folder.resolve("hello"));
        check = new GuardedFilesCheck(
                adapter,
                new Guarded(
                        "git",
                        CircuitBreakerRegistry.of(Map.of("git", CircuitBreakerConfig.ofDefaults())),
                        BulkheadRegistry.ofDefaults(),
                        TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                                .timeoutDuration(Duration.ofMinutes(2))
                                .build())),
                shelf,
                new FileBounds(1_000, 20, 10_000, 50_000, 10));
    }

    @AfterEach
    void stop() {
        check.close();
        adapter.close();
    }

    private static Gate versions(String expected) {
        return gate(FilesRule.of(new VersionStrings(
                List.of(
                        new VersionString("package.json", "$.version", null, null),
                        new VersionString("docs/conf.py", null, null, "release = '(.+)'")),
                Candidates.EXACT,
                expected)));
    }

    private static Gate gate(FilesRule rule) {
        return Gate.of("files", "", Stage.PRE_RELEASE, rule, List.of(), Duration.ofMinutes(1));
    }

    private Finding looked(Gate gate, String sha) {
        Policy.Source source = new Policy.Source(git.url(), "main", "main");
        return check.look(new FilesCheck.Reading(0, HELLO, source, new Sha(sha), gate));
    }

    private List<String> faults(Gate gate, String sha, Finding finding, Verdict said) {
        return new Verification(readers, shelf)
                .faultsApart(List.of(ChainedVerdicts.first(HELLO, new Sha(sha), gate, finding.inputs(), said)));
    }

    private Explanation explained(Gate gate, String sha, Finding finding) {
        return new Explaining(readers, shelf)
                .of(new Explaining.Asked(
                        "hello@1.4.0",
                        "hello@1.4.0/assess-pre-release/1",
                        new Sha(sha),
                        gate,
                        finding.verdict(),
                        finding.cause(),
                        finding.observed(),
                        null,
                        finding.inputs(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void versions_are_read_at_the_revision_kept_and_judged_the_same_again() {
        git.write("package.json", "{\n  \"version\": \"1.4.0\"\n}\n");
        String released = git.commit("docs/conf.py", "release = '1.4.0'\n");
        git.commit("package.json", "{\"version\": \"1.5.0\"}");
        Gate gate = versions("1.4.0");

        Finding finding = looked(gate, released);

        assertThat(finding.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(finding.settled()).isTrue();
        assertThat(finding.observed()).isEqualTo("package.json:2 1.4.0, docs/conf.py:1 1.4.0");
        assertThat(finding.inputs())
                .hasSize(3)
                .allSatisfy(digest -> assertThat(kept).containsKey(digest));
        assertThat(faults(gate, released, finding, Verdict.PASSED)).isEmpty();
        assertThat(faults(gate, released, finding, Verdict.FAILED))
                .singleElement()
                .satisfies(fault -> assertThat(fault).endsWith("the rule says PASSED now, said FAILED then"));
        Explanation why = explained(gate, released, finding);
        assertThat(why.parts())
                .hasSize(2)
                .allSatisfy(part -> assertThat(part.holds()).isTrue());
        assertThat(why.sources())
                .extracting(Explanation.Source::file)
                .containsExactly("which files there were", "docs/conf.py", "package.json");
        assertThat(why.toPass()).isEmpty();
    }

    @Test
    void a_file_that_was_exchanged_after_the_verdict_is_told() {
        git.write("package.json", "{\"version\": \"1.4.0\"}");
        String released = git.commit("docs/conf.py", "release = '1.4.0'\n");
        Gate gate = versions("1.4.0");
        Finding finding = looked(gate, released);

        kept.put(finding.inputs().getLast(), "{\"version\": \"1.4.0\" }".getBytes(StandardCharsets.UTF_8));

        assertThat(faults(gate, released, finding, Verdict.PASSED))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("is gone or changed"));
    }

    @Test
    void what_failed_says_what_has_to_change_with_file_and_line() {
        git.write("config/schema.json", "{\"properties\": {\"port\": {\"type\": \"integer\"}}}");
        String released = git.commit("config/app.yaml", "prot: 1\nport: x\n");
        Gate gate = gate(
                FilesRule.ofSchema(List.of(new SchemaFiles(List.of("config/*.yaml"), "config/schema.json", null))));

        Finding finding = looked(gate, released);
        Explanation why = explained(gate, released, finding);

        assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(why.toPass())
                .singleElement()
                .satisfies(change -> assertThat(change).startsWith("config/app.yaml line 2, /port: "));
        assertThat(why.sources().get(1).places())
                .satisfiesExactly(
                        error -> assertThat(error).startsWith("line 2, /port: "),
                        key -> assertThat(key).isEqualTo("line 1, /prot: is not known; did you mean port?"));
        assertThat(faults(gate, released, finding, Verdict.FAILED)).isEmpty();
    }

    @Test
    void links_are_followed_to_what_the_revision_holds_and_judged_the_same_again() {
        git.write("docs/guide.md", "# Way\n");
        String broken = git.commit("README.md", "[a](docs/guide.md#way) [b](LICENSE)\n");
        String whole = git.commit("LICENSE", "Apache-2.0\n");
        Gate gate = gate(FilesRule.ofLinks(List.of("**/*.md")));

        Finding failed = looked(gate, broken);
        Finding passed = looked(gate, whole);

        assertThat(failed.cause()).isEqualTo("README.md:1 LICENSE is not in the revision");
        assertThat(faults(gate, broken, failed, Verdict.FAILED)).isEmpty();
        assertThat(passed.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(faults(gate, whole, passed, Verdict.PASSED)).isEmpty();
    }

    @Test
    void a_revision_that_is_not_there_yet_is_tried_again_and_too_much_of_one_is_not() {
        String released = git.commit("large/" + "d/".repeat(20) + "package.json", "{}");

        Finding missing = looked(versions("1.4.0"), "0123456789".repeat(4));
        Finding deep = looked(gate(FilesRule.ofLinks(List.of("**/*.json"))), released);
        Finding elsewhere = check.look(new FilesCheck.Reading(
                0,
                HELLO,
                new Policy.Source("file:" + folder.resolve("nowhere"), "main", "main"),
                new Sha(released),
                versions("1.4.0")));

        assertThat(missing.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(missing.settled()).isFalse();
        assertThat(deep.settled()).isTrue();
        assertThat(deep.cause()).contains("too deep to be read");
        assertThat(elsewhere.cause()).contains("There is no Git repository at");
    }
}
