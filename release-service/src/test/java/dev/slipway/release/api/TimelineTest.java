package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.ReleaseView.TimelineEntry;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.MessagingJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class TimelineTest {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private static JournalEntry entry(long version, String input, String changed, @Nullable String reason) {
        ObjectNode set = (ObjectNode) MessagingJson.mapper().readTree(changed);
        return new JournalEntry(
                version, "w" + version, START.plusSeconds(version), "user:ada", input, reason, set, List.of());
    }

    @Test
    void an_entry_shows_the_state_that_it_led_to_or_left_in_place() {
        List<TimelineEntry> timeline = ReleaseViews.timeline(
                List.of(
                        entry(1, "Launched", "{\"state\": {\"type\": \"PROPOSED\"}}", "A release was proposed."),
                        entry(2, "Approve", "{\"approvals\": []}", null),
                        entry(3, "Abort", "{\"state\": {\"type\": \"ENDED\", \"phase\": \"ABORTED\"}}", "Enough.")),
                false);

        assertThat(timeline)
                .containsExactly(
                        new TimelineEntry(
                                1, START.plusSeconds(1), "user:ada", "Launched", "PROPOSED", "A release was proposed."),
                        new TimelineEntry(2, START.plusSeconds(2), "user:ada", "Approve", "PROPOSED", ""),
                        new TimelineEntry(3, START.plusSeconds(3), "user:ada", "Abort", "ABORTED", "Enough."));
    }

    @Test
    void that_people_were_told_is_shown_only_on_request() {
        List<JournalEntry> journal = List.of(
                entry(1, "Launched", "{\"state\": {\"type\": \"PROPOSED\"}}", null),
                entry(2, "Told", "{\"deliveries\": []}", null),
                entry(3, "Told", "{\"deliveries\": [], \"state\": {\"type\": \"VALIDATING\"}}", null));

        assertThat(ReleaseViews.timeline(journal, false))
                .extracting(TimelineEntry::version)
                .containsExactly(1L, 3L);
        assertThat(ReleaseViews.timeline(journal, true)).hasSize(3);
    }

    @Test
    void what_has_no_journal_has_no_timeline() {
        assertThat(ReleaseViews.timeline(List.of(), false)).isEmpty();
    }
}
