package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.OpenFor;
import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy may say of approvals, and where it is told what it may not. */
final class ApprovalRulesTest {
    private static final String CALENDARS = "calendars: [{name: office, zone: Europe/Berlin}]\n";

    private static PolicyReading read(String approvals) {
        String yaml = Examples.demoYaml().replace("{required: 2, within: 72h}", approvals) + CALENDARS;
        return new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static PolicyReading.Accepted accepted(String approvals) {
        PolicyReading reading = read(approvals);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return (PolicyReading.Accepted) reading;
    }

    private static Policy.Approvals approvals(String written) {
        return accepted(written).policy().approvals();
    }

    @Test
    void a_vote_is_open_for_a_time_or_for_working_days_of_a_calendar_and_kinds_of_release() {
        assertThat(approvals("{openFor: 72h}").openFor()).isEqualTo(new OpenFor(Duration.ofHours(72)));
        assertThat(approvals("{openFor: {time: 3d}}").openFor()).isEqualTo(new OpenFor(Duration.ofHours(72)));

        OpenFor named =
                Objects.requireNonNull(approvals("{openFor: {time: 72h, calendar: office, when: [major, minor]}}")
                        .openFor());
        assertThat(Objects.requireNonNull(named.calendar()).name()).isEqualTo("office");
        assertThat(named.when()).containsExactly(ReleaseKind.MAJOR, ReleaseKind.MINOR);
        assertThat(named.words()).isEqualTo("72 h of working days (office), for major, minor");
    }

    @Test
    void roles_are_a_list_or_say_how_many_of_each_and_the_order_of_keys_makes_no_difference() {
        assertThat(approvals("{roles: {support: 1, devops: 1}}"))
                .isEqualTo(approvals("{required: 2, roles: [devops, support]}"));
        assertThat(accepted("{roles: {support: 1, devops: 1}}").hash())
                .isEqualTo(accepted("{roles: {devops: 1, support: 1}}").hash());
        assertThat(approvals("{veto: [devops]}").veto()).containsExactly("devops");
        assertThat(accepted("{required: 2, within: 72h}").hash())
                .as("nothing is said of it")
                .isEqualTo(PolicyReader.hash(Examples.demoPolicy().policy()));
    }

    @Test
    void changed_files_name_who_has_to_approve_them_and_a_guide_may_say_so() {
        assertThat(approvals("{paths: [{files: [\"deploy/**\"], by: devops}, {files: [a, b], by: [BEN@example.test]}]}")
                        .paths())
                .containsExactly(
                        new PathReview(List.of("deploy/**"), List.of("devops")),
                        new PathReview(List.of("a", "b"), List.of("ben@example.test")));
        String guided = Examples.demoYaml().replace("{required: 2, within: 72h}", "{paths: [{files: [a], by: devops}]}")
                + "guide: {lines: [{id: a, text: Scripts are reviewed, approval: paths}]}\n";
        assertThat(new PolicyReader(100_000).read(guided.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PolicyReading.Accepted.class);
        assertThat(new PolicyReader(100_000)
                        .read(guided.replace("paths: [{files: [a], by: devops}]", "required: 1")
                                .getBytes(StandardCharsets.UTF_8)))
                .as("there is none to answer it")
                .isInstanceOf(PolicyReading.Refused.class);
    }

    @Test
    void a_role_by_number_is_one_that_a_guide_and_a_timetable_may_name() {
        String yaml = Examples.demoYaml().replace("{required: 2, within: 72h}", "{roles: {devops: 1, support: 1}}")
                + CALENDARS
                + "timetable: [{approval: devops, by: support, due: {days: -1}}]\n"
                + "guide: {lines: [{id: a, text: DevOps says yes, approval: devops}]}\n";

        assertThat(new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PolicyReading.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {required: 2, roles: {devop: 1}}                | 9:34 | approvals.roles.devop      | no contact of role "devop" has an email, and people are known by theirs; did you mean devops?
            {required: 3, roles: {devops: 3}}               | 9:42 | approvals.roles.devops     | wants 3 people of role "devops", and the contacts name 1; name another one, or want fewer
            {required: 2, roles: [devops, devops]}          | 9:42 | approvals.roles[1]         | wants 2 people of role "devops", and the contacts name 1
            {required: 1, roles: [devops, support]}         | 9:23 | approvals.required         | is fewer than the 2 that approvals.roles want; say 2, or fewer roles
            {veto: [devops, boss]}                          | 9:28 | approvals.veto[1]          | no contact of role "boss" has an email
            {paths: [{files: [a], by: devop}]}              | 9:38 | approvals.paths[0].by      | no contact of role "devop" has an email, and people are known by theirs; did you mean devops?
            {paths: [{files: [a], by: [devops, x@y.test]}]} | 9:47 | approvals.paths[0].by[1]   | is the email of no contact, so that nobody could ask them
            {required: 0, paths: [{files: [a], by: devops}]} | 9:23 | approvals.required        | asks nobody, and approvals.paths has changed files approved by somebody; say 1 or more
            {paths: [{files: ["../a"], by: devops}]}        | 9:21 | approvals.paths[0]         | must be a path from the top of the repository
            {paths: [{files: [a]}]}                         | 9:21 | approvals.paths[0]         | by
            {openFor: {time: 72h, calendar: offce}}         | 9:44 | approvals.openFor.calendar | is no calendar of this policy; did you mean office?
            {openFor: {time: 72h, when: [majr]}}            | 9:41 | approvals.openFor.when[0]  | is no kind of release; did you mean major?
            {openFor: {time: 72h, when: kind.major == 1}}   | 9:40 | approvals.openFor.when     | takes kinds of release
            {openFor: {calendar: office}}                   | 9:22 | approvals.openFor          | time
            {openFor: soon}                                 | 9:22 | approvals.openFor          | must be a duration such as
            {openFor: 999ms}                                | 9:22 | approvals.openFor          | 1 s to 30 d
            {openFor: 31d}                                  | 9:22 | approvals.openFor          | 1 s to 30 d
            {roles: {devops: 0}}                            | 9:29 | approvals.roles.devops     | 1
            """)
    void what_is_wrong_is_told_where_it_stands(String written, String place, String path, String why) {
        PolicyReading reading = read(written);

        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        assertThat(((PolicyReading.Refused) reading).findings()).anySatisfy(finding -> {
            assertThat("%d:%d".formatted(finding.line(), finding.column())).isEqualTo(place);
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.message()).contains(why);
        });
    }

    @ParameterizedTest
    @CsvSource({"1s, true", "30d, true", "999ms, false", "31d, false"})
    void staging_has_a_release_for_a_time_that_has_a_range(String time, boolean taken) {
        String yaml = Examples.demoYaml()
                .replace(
                        "health: /health}}\n  production",
                        "health: /health}, atLeast: %s}\n  production".formatted(time));

        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));

        assertThat(reading instanceof PolicyReading.Accepted).isEqualTo(taken);
    }

    @Test
    void a_policy_without_calendars_has_none_to_count_by() {
        String yaml =
                Examples.demoYaml().replace("{required: 2, within: 72h}", "{openFor: {time: 72h, calendar: office}}");

        assertThat(((PolicyReading.Refused) new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8)))
                        .findings())
                .extracting(Finding::message)
                .containsExactly(
                        "is no calendar, as this policy has none, such as calendars: [{name: office, zone: Europe/Berlin}]");
    }
}
