package dev.slipway.contracts.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.RunbookView.Person;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactsTest {
    private static final Policy.Contact LEAD =
            new Policy.Contact("technical-lead", "Ada", "ada@example.test", "#hello");
    private static final Policy.Contact DEVOPS = new Policy.Contact("devops", "Ben", null, "#ops");
    private static final Policy.Contact SUPPORT = new Policy.Contact("support", "Cy", "cy@example.test", null);
    private static final Policy.Contact LEGAL = new Policy.Contact("legal", "Dee", "dee@example.test", null);

    @Test
    void they_are_technical_lead_devops_and_support_in_this_order_whatever_that_of_the_policy() {
        assertThat(Contacts.of(List.of(LEGAL, SUPPORT, DEVOPS, LEAD)))
                .extracting(Person::name)
                .containsExactly("Ada", "Ben", "Cy");
    }

    @Test
    void where_a_policy_names_none_of_these_it_is_whom_it_names() {
        assertThat(Contacts.of(List.of(LEGAL))).extracting(Person::role).containsExactly("legal");
        assertThat(Contacts.of(List.of())).isEmpty();
    }

    @Test
    void each_is_named_with_how_to_reach_them_and_many_are_counted() {
        assertThat(Contacts.line(Contacts.of(List.of(LEAD, DEVOPS, SUPPORT))))
                .isEqualTo(
                        "technical-lead Ada (ada@example.test, #hello); devops Ben (#ops); support Cy (cy@example.test)");
        assertThat(Contacts.line(Contacts.of(Collections.nCopies(12, DEVOPS)))).endsWith("; and 2 more");
        assertThat(Contacts.line(List.of())).isEmpty();
    }
}
