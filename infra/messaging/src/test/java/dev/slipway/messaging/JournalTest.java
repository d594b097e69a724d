package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a journal holds of lists that only grow, and what it adds up to. */
final class JournalTest {
    private static JsonNode json(String text) {
        return MessagingJson.mapper().readTree(text.replace('\'', '"'));
    }

    private static JournalEntry entry(String set, @Nullable String added, String... unset) {
        return new JournalEntry(
                1,
                "w",
                Instant.EPOCH,
                "user:ada",
                "Said",
                null,
                (ObjectNode) json(set),
                List.of(unset),
                added == null ? null : (ObjectNode) json(added),
                null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-          | ['a']          | ['a']",
                "['a']      | ['a','b']      | ['b']",
                "['a']      | ['a','b','c']  | ['b','c']",
                "['a','b']  | ['b','c','d']  | -",
                "['a','b']  | ['a']          | -",
                "['a']      | ['a']          | -",
                "['a']      | {'a':1}        | -",
                "{'a':1}    | ['a']          | -",
                "-          | []             | -",
            })
    void what_was_added_to_a_list_is_all_that_stands_behind_what_was_there(
            @Nullable String before, @Nullable String after, @Nullable String added) {
        assertThat(Journal.added(before == null ? null : json(before), after == null ? null : json(after)))
                .isEqualTo(added == null ? null : json(added));
    }

    @Test
    void entries_of_before_that_hold_whole_lists_and_those_that_hold_what_was_added_fold_together() {
        List<JournalEntry> journal = List.of(
                entry("{'said':['a'],'on':true}", null),
                entry("{'said':['a','b']}", null),
                entry("{}", "{'said':['c']}"),
                entry("{'on':false}", "{'said':['d'],'other':['x']}"),
                entry("{'said':['z']}", null, "on"),
                entry("{}", "{'said':['y']}"));

        assertThat(Journal.fold(journal.subList(0, 4)))
                .isEqualTo(json("{'said':['a','b','c','d'],'on':false,'other':['x']}"));
        assertThat(Journal.fold(journal)).isEqualTo(json("{'said':['z','y'],'other':['x']}"));
        assertThat(journal.getFirst().set()).as("is left as it was").isEqualTo(json("{'said':['a'],'on':true}"));
    }

    @Test
    void an_entry_to_which_nothing_was_added_is_written_as_before() {
        assertThat(MessagingJson.mapper().writeValueAsString(entry("{'on':true}", null)))
                .doesNotContain("added");
    }
}
