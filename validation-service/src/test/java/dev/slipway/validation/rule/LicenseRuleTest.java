package dev.slipway.validation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.LicenseList;
import dev.slipway.contracts.policy.LicenseList.WhenUnknown;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.Inventory.Licensed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LicenseRuleTest {
    private static final LicenseList LIST = list(WhenUnknown.INCONCLUSIVE);

    private static LicenseList list(WhenUnknown unknown, String... except) {
        return new LicenseList(
                List.of(
                        "Apache-2.0",
                        "MIT",
                        "LGPL-2.1-or-later",
                        "GPL-2.0-only WITH Classpath-exception-2.0",
                        "LicenseRef-ours",
                        "The Fine License"),
                unknown,
                List.of(except));
    }

    private static Facts facts(Licensed... licensed) {
        return new Facts(List.of(), new Inventory(List.of(licensed), 0, List.of(), List.of(), false, List.of(), false));
    }

    private static Licensed one(String license, String... components) {
        return new Licensed(license, false, components.length, List.of(components));
    }

    private static Ruling judge(LicenseList list, Licensed... licensed) {
        Gate gate = new Gate(
                "licences",
                "",
                Stage.PRE_RELEASE,
                "cyclonedx",
                null,
                List.of(),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                list,
                null,
                null);
        return Rules.judge(gate, facts(licensed));
    }

    @ParameterizedTest
    @CsvSource({
        "MIT, true",
        "mit, true",
        "GPL-3.0-only, false",
        "MIT OR GPL-3.0-only, true",
        "GPL-3.0-only or MIT, true",
        "MIT AND GPL-3.0-only, false",
        "MIT AND Apache-2.0, true",
        "MIT AND GPL-3.0-only OR Apache-2.0, true", // AND binds more than OR
        "MIT AND (GPL-3.0-only OR Apache-2.0), true",
        "GPL-3.0-only AND (MIT OR Apache-2.0), false",
        "(MIT), true",
        "((MIT) OR (GPL-3.0-only)), true",
        "Apache-2.0+, true", // the version itself may be chosen
        "LGPL-2.1-or-later, true",
        "LGPL-2.1+, true",
        "LGPL-2.1-only, true",
        "LGPL-2.1, true",
        "LGPL-3.0-only, true", // a later one of those that are allowed
        "LGPL-2.0-only, false",
        "AGPL-3.0-only, false",
        "GPL-2.0-only WITH Classpath-exception-2.0, true",
        "GPL-2.0 WITH Classpath-exception-2.0, true",
        "GPL-2.0-only, false",
        "GPL-2.0-only WITH GCC-exception-3.1, false",
        "Apache-2.0 WITH LLVM-exception, true", // an exception only permits more
        "LicenseRef-ours, true",
        "LicenseRef-theirs, false",
        "DocumentRef-x:LicenseRef-ours, false",
        "The Fine License, true",
        "the fine license, true"
    })
    void an_expression_is_allowed_if_it_can_be_used_with_what_is_allowed(String expression, boolean allowed) {
        assertThat(judge(LIST, one(expression, "pkg:npm/a@1")) instanceof Ruling.Holds)
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MIT OR",
                "OR",
                "(MIT",
                "MIT)",
                "MIT Apache-2.0",
                "MIT WITH",
                "MIT & ISC",
                "NONE",
                "NOASSERTION",
                "MIT AND NOASSERTION",
                "MIT AND AND ISC"
            })
    void what_is_no_licence_is_not_known(String text) {
        assertThat(judge(LIST, one(text, "pkg:npm/a@1"))).isInstanceOf(Ruling.Unknown.class);
        assertThat(judge(list(WhenUnknown.FAIL), one(text, "pkg:npm/a@1"))).isInstanceOf(Ruling.Breaks.class);
    }

    @Test
    void what_breaks_it_names_component_and_licence() {
        Ruling ruling = judge(
                LIST, one("MIT", "pkg:npm/a@1"), one("GPL-3.0-only", "pkg:npm/b@1"), one("ISC AND MIT", "pkg:npm/c@1"));

        assertThat(ruling)
                .isEqualTo(new Ruling.Breaks(
                        "2 licences are not allowed: pkg:npm/b@1 (GPL-3.0-only), pkg:npm/c@1 (ISC AND MIT); allowed are"
                                + " licences among Apache-2.0, MIT, LGPL-2.1-or-later,"
                                + " GPL-2.0-only WITH Classpath-exception-2.0, LicenseRef-ours and 1 more",
                        false));
    }

    @Test
    void what_nobody_knows_names_the_component() {
        assertThat(judge(LIST, one("", "pkg:npm/a@1", "b@2")))
                .isEqualTo(new Ruling.Unknown("Nobody knows the licences of pkg:npm/a@1, b@2"));
    }

    @Test
    void a_licence_that_is_forbidden_weighs_more_than_one_that_is_not_known() {
        assertThat(judge(LIST, one("", "pkg:npm/a@1"), one("ISC", "pkg:npm/b@1")))
                .isInstanceOf(Ruling.Breaks.class);
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:npm/a@1, true",
        "pkg:npm/a, true",
        "pkg:npm/*, true",
        "pkg:npm/a@2, false",
        "pkg:npm/b, false",
        "pkg:pypi/a, false"
    })
    void an_exception_needs_no_licence(String except, boolean excepted) {
        LicenseList list = list(WhenUnknown.FAIL, except);

        assertThat(judge(list, one("GPL-3.0-only", "pkg:npm/a@1")) instanceof Ruling.Holds)
                .isEqualTo(excepted);
        assertThat(judge(list, one("", "pkg:npm/a@1")) instanceof Ruling.Holds).isEqualTo(excepted);
        assertThat(judge(list, one("GPL-3.0-only", "pkg:npm/a@1", "pkg:maven/x/y@1")))
                .isInstanceOf(Ruling.Breaks.class);
    }

    @Test
    void of_components_that_are_not_listed_nobody_can_say_that_they_are_exceptions() {
        Licensed many = new Licensed("GPL-3.0-only", false, 3, List.of("pkg:npm/a@1", "pkg:npm/a@2"));

        assertThat(judge(list(WhenUnknown.FAIL, "pkg:npm/*"), many))
                .isInstanceOfSatisfying(
                        Ruling.Breaks.class, broken -> assertThat(broken.why()).startsWith("1 licence is not allowed"));
    }

    @Test
    void without_components_there_is_nothing_to_pass() {
        assertThat(judge(LIST)).isInstanceOf(Ruling.Unknown.class);
        assertThat(Rules.judge(
                        new Gate(
                                "licences",
                                "",
                                Stage.PRE_RELEASE,
                                "spdx",
                                null,
                                List.of(),
                                null,
                                null,
                                List.of(),
                                Duration.ofMinutes(1),
                                List.of(),
                                null,
                                LIST,
                                null,
                                null),
                        Facts.NONE))
                .isInstanceOf(Ruling.Unknown.class);
    }

    @Test
    void more_licences_than_are_kept_never_pass() {
        Facts facts = new Facts(
                List.of(),
                new Inventory(List.of(one("MIT", "pkg:npm/a@1")), 7, List.of(), List.of(), false, List.of(), false));

        assertThat(LicenseRule.judge(LIST, facts))
                .isEqualTo(new Ruling.Unknown("There are more different licences than are kept; 7 are not looked at"));
    }

    @Test
    void parentheses_have_a_limit() {
        String deep = "(".repeat(60) + "MIT" + ")".repeat(60);

        assertThat(judge(LIST, one(deep, "pkg:npm/a@1"))).isInstanceOf(Ruling.Unknown.class);
    }

    @Test
    void a_name_that_nobody_allows_is_known_and_not_allowed() {
        Licensed named = new Licensed("Some Other License", true, 1, List.of("pkg:npm/a@1"));

        assertThat(judge(LIST, named)).isInstanceOf(Ruling.Breaks.class);
    }
}
