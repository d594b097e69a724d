package dev.slipway.validation.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.VersionStrings;
import dev.slipway.contracts.policy.VersionStrings.Candidates;
import dev.slipway.contracts.policy.VersionStrings.VersionString;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.files.FilesRecord.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Version strings of files are held against the released version, each told with file and line. */
final class VersionsTest {
    private static final VersionString NPM = new VersionString("package.json", "$.version", null, null);
    private static final VersionString MAVEN = new VersionString("pom.xml", null, "/project/version", null);
    private static final VersionString SPHINX = new VersionString("docs/conf.py", null, null, "release = '(.+)'");
    private static final VersionString WHOLE = new VersionString("VERSION", null, null, null);

    private static FilesRule says(String expected, Candidates candidates, VersionString... places) {
        return FilesRule.of(new VersionStrings(List.of(places), candidates, expected));
    }

    private static FilesRule says(String expected, VersionString... places) {
        return says(expected, Candidates.EXACT, places);
    }

    private static Revisions all(String version) {
        return Revisions.with("package.json", "{", "\t\"name\": \"a\",", "\t\"version\": \"" + version + "\"", "}")
                .and(
                        "pom.xml",
                        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">",
                        "  <parent><version>7</version></parent>",
                        "  <version>" + version + "</version>",
                        "</project>")
                .and("docs/conf.py", "# release", "release = '" + version + "'")
                .and("VERSION", version);
    }

    @Test
    void files_that_all_say_the_version_pass_and_each_is_told_with_its_line() {
        Judged judged = all("1.4.0").judged(says("1.4.0", NPM, MAVEN, SPHINX, WHOLE));

        assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judged.observed())
                .isEqualTo("package.json:3 1.4.0, pom.xml:3 1.4.0, docs/conf.py:2 1.4.0, VERSION:1 1.4.0");
        assertThat(judged.cause()).isEqualTo("4 places say 1.4.0");
        assertThat(Revisions.places(judged, "pom.xml")).containsExactly("line 3: 1.4.0");
    }

    @Test
    void another_version_fails_and_says_where_it_stands() {
        Judged judged = all("1.3.9").and("VERSION", "1.4.0").judged(says("1.4.0", MAVEN, WHOLE));

        assertThat(judged.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judged.cause()).isEqualTo("pom.xml:3 says 1.3.9, and 1.4.0 is released");
        assertThat(judged.facts().values()).hasToString("{versions.places=2, versions.other=1}");
    }

    @Test
    void a_file_that_is_not_there_fails_and_one_that_says_nothing_there_is_inconclusive() {
        Judged absent = new Revisions().judged(says("1.4.0", NPM));
        Judged silent = Revisions.with("package.json", "{\"name\": \"a\"}").judged(says("1.4.0", NPM));

        assertThat(absent.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(absent.cause()).startsWith("package.json is not in the revision");
        assertThat(silent.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(silent.cause()).isEqualTo("package.json says no version at $.version");
    }

    @Test
    void a_place_that_says_several_versions_fails_and_the_same_one_twice_passes() {
        Judged different = Revisions.with("docs/conf.py", "release = '1.4.0'", "release = '1.4'")
                .judged(says("1.4.0", SPHINX));
        Judged same = Revisions.with("docs/conf.py", "release = '1.4.0'", "release = '1.4.0'")
                .judged(says("1.4.0", SPHINX));

        assertThat(different.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(different.cause()).isEqualTo("docs/conf.py:2 says 1.4, and 1.4.0 is released");
        assertThat(same.verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void what_cannot_be_read_is_inconclusive_in_a_word() {
        for (Kind kind : List.of(Kind.LINK, Kind.BINARY, Kind.TOO_LARGE, Kind.FOLDER, Kind.SUBMODULE)) {
            Judged judged = new Revisions().and("package.json", kind).judged(says("1.4.0", NPM));
            assertThat(judged.verdict()).as("%s", kind).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judged.cause()).startsWith("package.json is ");
        }
        assertThat(Revisions.with("package.json", "{", "\"version\": }")
                        .judged(says("1.4.0", NPM))
                        .cause())
                .startsWith("package.json:2 is no JSON");
        assertThat(Revisions.with("pom.xml", "<project>", "<version>1.4.0</project>")
                        .judged(says("1.4.0", MAVEN))
                        .cause())
                .startsWith("pom.xml:2 is no XML");
        assertThat(Revisions.with("VERSION", "version https://git-lfs.github.com/spec/v1")
                        .judged(says("1.4.0", WHOLE))
                        .cause())
                .contains("Git LFS");
    }

    @Test
    void an_entity_from_outside_is_not_read() {
        Judged judged = Revisions.with(
                        "pom.xml",
                        "<!DOCTYPE project [<!ENTITY v SYSTEM \"file:/etc/hostname\">]>",
                        "<project><version>&v;</version></project>")
                .judged(says("1.4.0", MAVEN));

        assertThat(judged.verdict()).isNotEqualTo(Verdict.PASSED);
        assertThat(judged.facts().values().get("versions.places")).isNotNull();
        assertThat(judged.observed()).doesNotContain("hostname");
    }

    @Test
    void yaml_says_a_version_as_it_is_written_and_an_attribute_says_one_too() {
        VersionString chart = new VersionString("Chart.yaml", "$.deps[0].version", null, null);
        VersionString plugin = new VersionString("plugin.xml", null, "/plugin/@version", null);

        Judged judged = Revisions.with("Chart.yaml", "deps:", "  - version: 1.10")
                .and("plugin.xml", "<plugin id=\"a\"", "  version=\"1.10\"/>")
                .judged(says("1.10", chart, plugin));

        assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judged.observed()).isEqualTo("Chart.yaml:2 1.10, plugin.xml:2 1.10");
    }

    @Test
    void a_candidate_says_its_base_only_where_the_policy_lets_it() {
        Revisions base = Revisions.with("VERSION", "2.1.0");

        assertThat(base.judged(says("2.1.0-rc.1", Candidates.EXACT, WHOLE)).verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(base.judged(says("2.1.0-rc.1", Candidates.BASE, WHOLE)).verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(base.judged(says("2.1.0-rc.1", Candidates.EITHER, WHOLE)).verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_verdict_rests_on_the_record_and_on_each_content_once() {
        FilesRule rule = says("1.4.0", NPM, MAVEN, new VersionString("gone", null, null, null));
        RevisionFiles files = all("1.4.0").files(rule);

        assertThat(files.inputs())
                .hasSize(3)
                .first()
                .isEqualTo(Digest.of(files.record().bytes()));
        assertThat(FilesRecord.read(files.record().bytes())).contains(files.record());
        assertThat(files.record().entries())
                .extracting(FilesRecord.Entry::path, FilesRecord.Entry::kind)
                .containsExactly(
                        tuple("gone", Kind.ABSENT), tuple("package.json", Kind.FILE), tuple("pom.xml", Kind.FILE));
    }
}
